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
class Origin:
    """What its birth settles about a record for good.

    ``home``: the office that answers for it. ``node``: who made it. ``owner_id``: the record it hangs on.
    """

    type: str
    home: str | None
    node: str
    owner_id: str | None


@dataclass(frozen=True)
class Authority:
    """What is needed to judge entries.

    ``offices``: the nodes known to be offices. ``log_of``: every entry of another record, for children that hang
    on it.
    """

    offices: frozenset[str]
    ancestry: Ancestry
    log_of: Callable[[str], Sequence[SignedEntry]]

    def origin_of(self, log: Iterable[SignedEntry]) -> Origin | None:
        """Where the record comes from; None until its birth has arrived.

        Should several births claim one record, that of the office it names goes before any other, then the one
        with the smallest hash: everywhere alike, and nobody takes over what an office has made.
        """
        births = [signed.entry for signed in log if signed.entry.is_birth and signed.entry.home is not None]
        birth = min(births, key=self._claim, default=None)
        return None if birth is None else origin_of_birth(birth)

    def may_speak(self, signed: SignedEntry, origin: Origin | None, log: Sequence[SignedEntry]) -> bool:
        """Whether ``signed`` counts, given the ``origin`` and the ``log`` of its record.

        A ``resolve`` also has to settle something, which the fold judges.
        """
        entry = signed.entry
        if origin is None or origin.home not in self.offices or entry.record_type != origin.type:
            return False
        if entry.kind is Kind.RESOLVE:
            return entry.node == origin.home and REASON in entry.parts
        record_type = RECORD_TYPES.get(origin.type)
        if record_type is None:
            return entry.node == origin.home
        if entry.is_birth and not _may_make(entry, origin, record_type):
            return False
        holders = self._holders(signed, origin, record_type, log)
        if entry.is_delete is not None and entry.node != origin.home and entry.node not in holders:
            return False
        names = [name for name in entry.parts if name not in FACT_PARTS]
        return all(_may_write(name, signed, record_type, origin, holders) for name in names)

    def holders_in(self, ctx: Ctx, log: Sequence[SignedEntry]) -> frozenset[str]:
        """The nodes that hold the record, as one with this ``ctx`` had seen it; several if custody conflicts."""
        origin = self.origin_of(log)
        seen = [
            signed
            for signed in log
            if CUSTODY in signed.entry.parts
            and self.ancestry.covers(ctx, signed.entry)
            and _moves_custody(signed, origin)
        ]
        newest = [
            signed
            for signed in seen
            if not any(
                other is not signed and self.ancestry.covers(other.entry.ctx, signed.entry) for other in seen
            )
        ]
        return frozenset(node for signed in newest for node in _named_holders(signed))

    def _claim(self, birth: Entry) -> tuple[bool, bool, str]:
        return birth.home not in self.offices, birth.node != birth.home, birth.hash

    def _holders(
        self, signed: SignedEntry, origin: Origin, record_type: RecordType, log: Sequence[SignedEntry]
    ) -> frozenset[str]:
        entry = signed.entry
        if record_type.has_owner:
            if entry.owner is None or entry.owner.record_id != origin.owner_id:
                return frozenset()
            owner_log = self.log_of(entry.owner.record_id)
            if not self._is_past_known(entry.owner.ctx, owner_log):
                return frozenset()
            return self.holders_in(entry.owner.ctx, owner_log)
        if entry.is_birth:
            return frozenset(_named_holders(signed))
        return self.holders_in(entry.ctx, log)

    def _is_past_known(self, ctx: Ctx, log: Sequence[SignedEntry]) -> bool:
        """Whether every entry that this past names has arrived: custody may have moved in one that has not."""
        known = {(signed.entry.stream, signed.entry.seq, signed.entry.hash) for signed in log}
        past = [ctx, *(s.entry.ctx for s in log if self.ancestry.covers(ctx, s.entry))]
        return all(
            (stream, *head) in known for seen in past for stream, heads in seen.items() for head in heads
        )


def origin_of_birth(birth: Entry) -> Origin:
    owner_id = birth.owner.record_id if birth.owner else None
    return Origin(birth.record_type or "", birth.home, birth.node, owner_id)


def _may_make(birth: Entry, origin: Origin, record_type: RecordType) -> bool:
    if birth.node == origin.home:
        return True
    # The node that made the record may do so twice: where its folder was copied, both branches count.
    return record_type.is_born_anywhere and birth.node == origin.node and birth.home == origin.home


def _may_write(
    name: str, signed: SignedEntry, record_type: RecordType, origin: Origin, holders: frozenset[str]
) -> bool:
    entry = signed.entry
    part = record_type.part(name)
    # A part this version does not know comes from a newer program: kept and forwarded, shown nowhere yet.
    if part is None:
        return entry.node == origin.home or entry.node in holders
    if part.writer is Writer.HOLDER:
        return entry.node in holders
    if entry.node == origin.home:
        return True
    if name == CUSTODY:
        return _moves_custody(signed, origin)
    return part.writer is Writer.FINDER and entry.is_birth


def _moves_custody(signed: SignedEntry, origin: Origin | None) -> bool:
    """The home office says who holds a record; who makes one that nobody planned holds it alone."""
    entry = signed.entry
    if origin is None or entry.kind not in (Kind.WRITE, Kind.RESOLVE):
        return False
    is_own_birth = entry.is_birth and entry.node == origin.node and _named_holders(signed) == {entry.node}
    return entry.node == origin.home or is_own_birth


def _named_holders(signed: SignedEntry) -> set[str]:
    part = signed.parts.get(CUSTODY)
    if part is None or part.data is None:
        return set()
    holders = part.value.get("holders")
    return {node for node in holders if isinstance(node, str)} if isinstance(holders, list) else set()
