"""Who counts: whether an entry may speak for its record, judged on what its own author had seen.

The verdict depends only on the entry, its causal past and the node that made it, never on what the reader knows
by now or on the role a person claims; so every node comes to the same verdict in any order of arrival. An entry
that may not speak is kept and *held* until the home office accepts it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.ancestry import Ancestry
from desktop.domain.entry import Ctx, Entry, Kind, SignedEntry
from desktop.domain.registry import CUSTODY, FACT_PARTS, REASON, RECORD_TYPES, RecordType, Writer


@dataclass(frozen=True)
class Authority:
    """What is needed to judge entries.

    ``offices``: the nodes known to be offices. ``log_of``: the write and resolve entries of another record, for
    children that hang on it.
    """

    offices: frozenset[str]
    ancestry: Ancestry
    log_of: Callable[[str], Sequence[SignedEntry]]

    def may_speak(self, signed: SignedEntry, home: str | None, log: Sequence[SignedEntry]) -> bool:
        """Whether ``signed`` counts, given the ``home`` office and the ``log`` of its own record."""
        entry = signed.entry
        if home is None or home not in self.offices:
            return False
        if entry.kind is Kind.RESOLVE:
            return entry.node == home and self._settles_a_conflict(entry, log)
        record_type = RECORD_TYPES.get(entry.record_type or "")
        if record_type is None:
            return entry.node == home
        if entry.is_birth and entry.node != home and not record_type.is_born_anywhere:
            return False
        holders = self._holders(signed, log)
        names = [name for name in entry.parts if name not in FACT_PARTS]
        if entry.is_delete is not None and entry.node != home and entry.node not in holders:
            return False
        return all(self._may_write(name, signed, record_type, home, holders) for name in names)

    def _may_write(
        self, name: str, signed: SignedEntry, record_type: RecordType, home: str, holders: frozenset[str]
    ) -> bool:
        entry = signed.entry
        part = record_type.part(name)
        # A part this version does not know comes from a newer program: kept and forwarded, shown nowhere yet.
        if part is None:
            return entry.node == home or entry.node in holders
        if part.writer is Writer.HOLDER:
            return entry.node in holders
        if entry.node == home:
            return True
        if name == CUSTODY:
            return entry.is_birth and _named_holders(signed) == {entry.node}
        return part.writer is Writer.FINDER and entry.is_birth

    def _holders(self, signed: SignedEntry, log: Sequence[SignedEntry]) -> frozenset[str]:
        entry = signed.entry
        if entry.owner is not None:
            return self.holders_in(entry.owner.ctx, self.log_of(entry.owner.record_id))
        if entry.is_birth:
            return frozenset(_named_holders(signed))
        return self.holders_in(entry.ctx, log)

    def holders_in(self, ctx: Ctx, log: Sequence[SignedEntry]) -> frozenset[str]:
        """The nodes that hold the record, as one with this ``ctx`` had seen it; several if custody conflicts."""
        home = home_office(log)
        seen = [
            signed
            for signed in log
            if CUSTODY in signed.entry.parts
            and self.ancestry.covers(ctx, signed.entry)
            and (signed.entry.node == home or signed.entry.is_birth)
        ]
        holders: set[str] = set()
        for signed in self._newest(seen):
            holders |= _named_holders(signed)
        return frozenset(holders)

    def _settles_a_conflict(self, entry: Entry, log: Sequence[SignedEntry]) -> bool:
        if REASON not in entry.parts:
            return False
        names = [name for name in entry.parts if name not in FACT_PARTS]
        return all(len(self._writers_seen(name, entry.ctx, log)) >= 2 for name in names)

    def _writers_seen(self, name: str, ctx: Ctx, log: Sequence[SignedEntry]) -> list[SignedEntry]:
        seen = [
            signed
            for signed in log
            if name in signed.entry.parts
            and signed.entry.kind in (Kind.WRITE, Kind.RESOLVE)
            and self.ancestry.covers(ctx, signed.entry)
        ]
        return self._newest(seen)

    def _newest(self, entries: Sequence[SignedEntry]) -> list[SignedEntry]:
        return [
            signed
            for signed in entries
            if not any(
                other is not signed and self.ancestry.covers(other.entry.ctx, signed.entry)
                for other in entries
            )
        ]


def birth_of(log: Iterable[SignedEntry]) -> Entry | None:
    """The entry that made the record; None until it has arrived.

    Should two births claim one record, the one with the smaller hash counts, everywhere alike.
    """
    births = [signed.entry for signed in log if signed.entry.is_birth and signed.entry.home is not None]
    return min(births, key=lambda entry: entry.hash, default=None)


def home_office(log: Iterable[SignedEntry]) -> str | None:
    """The office that answers for the record, named in its birth."""
    birth = birth_of(log)
    return birth.home if birth else None


def _named_holders(signed: SignedEntry) -> set[str]:
    part = signed.parts.get(CUSTODY)
    if part is None or part.data is None:
        return set()
    holders = part.value.get("holders")
    return {node for node in holders if isinstance(node, str)} if isinstance(holders, list) else set()
