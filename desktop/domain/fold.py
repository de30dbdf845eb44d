"""The fold: what a record is, as a pure function of the set of entries known about it.

Nothing here depends on the order of arrival, on clocks (they only break ties for display) or on how entries were
grouped into packages; so merging is set union, and the same set gives the same office everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop.domain.ancestry import Span
from desktop.domain.authority import Authority
from desktop.domain.entry import Ctx, Entry, Kind, SignedEntry
from desktop.domain.registry import FACT_PARTS, SPANS

DELETED = "del"
"""The name under which a delete that met an unseen edit stands among the contested parts."""


@dataclass(frozen=True)
class Void:
    """An undone import: entries that no longer write. It counts only for records of the office ``node``."""

    node: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Contest:
    """A part with more than one value, and the hashes of the entries that wrote them, sorted."""

    part: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Folded:
    """The state of one record.

    ``ctx``: what somebody who edits now has seen. ``heads``: the live entries nothing live came after.
    ``values``: {part: hash of the entry whose value is shown}. ``missing``: entries that are named but have not
    arrived. ``is_empty``: nothing of it is live (all undone or held).
    """

    type: str
    home: str | None
    owner_id: str | None
    ctx: Ctx
    heads: tuple[str, ...]
    held: tuple[str, ...]
    contests: tuple[Contest, ...]
    missing: int
    is_deleted: bool
    values: Mapping[str, str]
    is_empty: bool


def fold(entries: Sequence[SignedEntry], voids: Sequence[Void], authority: Authority) -> Folded:
    """Fold every known entry of one record; ``voids`` are all undone imports that are in force."""
    return _Fold(entries, voids, authority).result()


class _Fold:
    def __init__(self, entries: Sequence[SignedEntry], voids: Sequence[Void], authority: Authority) -> None:
        self._authority = authority
        self._ancestry = authority.ancestry
        self._log = [signed for signed in entries if signed.entry.kind in (Kind.WRITE, Kind.RESOLVE)]
        self._origin = authority.origin_of(self._log)
        # Nothing counts until the office is known: a node that names itself is not one.
        named = self._origin.home if self._origin else None
        self._home = named if named in authority.offices else None
        self._all = entries
        self._voids = [span for void in voids if void.node == self._home for span in void.spans]
        self._holds = self._facts(Kind.HOLD)
        self._accepts = self._facts(Kind.ACCEPT)
        self._speaks = {s.entry.hash: authority.may_speak(s, self._origin, self._log) for s in self._log}
        for resolve in self._resolves_in_order():
            self._speaks[resolve.hash] = self._speaks[resolve.hash] and self._settles_a_conflict(resolve)

    def result(self) -> Folded:
        contests = [contest for part in self._parts if (contest := self._contest(part))]
        is_deleted, delete_contest = self._deletion()
        if delete_contest:
            contests.append(delete_contest)
        origin = self._origin
        return Folded(
            type=origin.type if origin else "",
            owner_id=origin.owner_id if origin else None,
            home=origin.home if origin else None,
            ctx=self._ctx(),
            heads=tuple(sorted(signed.entry.hash for signed in self._frontier(self._live))),
            held=tuple(sorted(s.entry.hash for s in self._log if not self._is_released(s.entry))),
            contests=tuple(contests),
            missing=self._missing(),
            is_deleted=is_deleted,
            values={part: self._winner(part).entry.hash for part in self._parts},
            is_empty=not self._live,
        )

    @cached_property
    def _live(self) -> list[SignedEntry]:
        return [
            signed
            for signed in self._log
            if self._is_released(signed.entry) and not self._ancestry.spans_cover(self._voids, signed.entry)
        ]

    @cached_property
    def _parts(self) -> list[str]:
        return sorted({name for s in self._live for name in s.entry.parts if name not in FACT_PARTS})

    def _facts(self, kind: Kind) -> list[tuple[Entry, tuple[Span, ...]]]:
        return [
            (signed.entry, read_spans(signed))
            for signed in self._all
            if self._home and signed.entry.kind is kind and signed.entry.node == self._home
        ]

    def _is_released(self, entry: Entry) -> bool:
        """Whether nothing holds the entry back: it may speak or was accepted, and every hold was lifted."""
        accepts = self._accepts_of(entry)
        if not self._speaks[entry.hash] and not accepts:
            return False
        return all(self._is_lifted(hold, accepts) for hold in self._holds_of(entry))

    def _accepts_of(self, entry: Entry) -> list[Entry]:
        return [fact for fact, spans in self._accepts if self._ancestry.spans_cover(spans, entry)]

    def _holds_of(self, entry: Entry) -> list[Entry]:
        return [fact for fact, spans in self._holds if self._ancestry.spans_cover(spans, entry)]

    def _is_lifted(self, hold: Entry, accepts: Sequence[Entry]) -> bool:
        return any(self._ancestry.covers(accept.ctx, hold) for accept in accepts)

    def _resolves_in_order(self) -> list[Entry]:
        """Each after those its author had seen: who has seen another has seen all that the other had, and it too."""
        resolves = [signed.entry for signed in self._log if signed.entry.kind is Kind.RESOLVE]
        return sorted(
            resolves,
            key=lambda r: (sum(self._ancestry.covers(r.ctx, other) for other in resolves), r.hash),
        )

    def _settles_a_conflict(self, resolve: Entry) -> bool:
        """Whether the author of a ``resolve`` had seen two writers of each part it decides."""
        for name in (name for name in resolve.parts if name not in FACT_PARTS):
            seen = [s for s in self._log if name in s.entry.parts and self._was_in_force(s.entry, resolve)]
            if len(self._frontier(seen)) < 2:
                return False
        return True

    def _came_before(self, entry: Entry, later: Entry) -> bool:
        """Whether ``later`` replaces ``entry``: its author had seen it, and seen it in force.

        A node always sees what it wrote itself. Two that both claim to have seen the other cannot be told apart.
        """
        if entry is later or not self._ancestry.covers(later.ctx, entry):
            return False
        if self._ancestry.covers(entry.ctx, later):
            return False
        return entry.node == later.node or self._was_in_force(entry, later)

    def _was_in_force(self, entry: Entry, later: Entry) -> bool:
        """Whether ``entry`` was seen by the author of ``later``, and not held then.

        A ctx cannot say "saw 9, not 7": what was held when the later author looked is replaced only by those who
        had also seen it accepted.
        """
        if entry is later or not self._ancestry.covers(later.ctx, entry):
            return False
        seen_accepts = [a for a in self._accepts_of(entry) if self._ancestry.covers(later.ctx, a)]
        if not self._speaks[entry.hash] and not seen_accepts:
            return False
        seen_holds = [h for h in self._holds_of(entry) if self._ancestry.covers(later.ctx, h)]
        return all(self._is_lifted(hold, seen_accepts) for hold in seen_holds)

    def _frontier(self, entries: Sequence[SignedEntry]) -> list[SignedEntry]:
        last = [s for s in entries if not any(self._came_before(s.entry, o.entry) for o in entries)]
        # Nothing is last only where several lie about what they had seen; then all of them are shown.
        return last or list(entries)

    def _writers(self, part: str) -> list[SignedEntry]:
        return self._frontier([signed for signed in self._live if part in signed.entry.parts])

    def _winner(self, part: str) -> SignedEntry:
        # Provisional where the part is contested; only the home office outranks, no claimed role does.
        return max(self._writers(part), key=lambda s: (s.entry.node == self._home, s.entry.hlc, s.entry.hash))

    def _contest(self, part: str) -> Contest | None:
        writers = self._writers(part)
        if len({_content(signed, part) for signed in writers}) < 2:
            return None
        return Contest(part, tuple(sorted(signed.entry.hash for signed in writers)))

    def _deletion(self) -> tuple[bool, Contest | None]:
        last_words = self._frontier([s for s in self._live if s.entry.is_delete is not None])
        deletes = [signed for signed in last_words if signed.entry.is_delete]
        if not deletes:
            return False, None
        is_agreed = len(deletes) == len(last_words) and all(
            any(delete is signed or self._came_before(signed.entry, delete.entry) for delete in deletes)
            for signed in self._live
        )
        if is_agreed:
            return True, None
        return False, Contest(DELETED, tuple(sorted(signed.entry.hash for signed in last_words)))

    def _ctx(self) -> Ctx:
        ctx: Ctx = {}
        for signed in self._all:
            entry = signed.entry
            ctx = self._ancestry.joined(ctx, entry.ctx)
            ctx = self._ancestry.joined(ctx, {entry.stream: ((entry.seq, entry.hash),)})
        return ctx

    def _missing(self) -> int:
        known = {(signed.entry.stream, signed.entry.seq, signed.entry.hash) for signed in self._all}
        named: set[tuple[str, int, str]] = {
            (stream, *head)
            for signed in self._all
            for stream, heads in signed.entry.ctx.items()
            for head in heads
        }
        return len(named - known)


def read_spans(signed: SignedEntry) -> tuple[Span, ...]:
    """The entry ranges that a void, hold or accept names; none where the part was withheld or is malformed."""
    part = signed.parts.get(SPANS)
    rows = part.value.get(SPANS) if part is not None and part.data is not None else None
    spans = []
    for row in rows if isinstance(rows, list) else ():
        match row:
            case [str(stream), int(first), int(last), str(tip)]:
                spans.append(Span(stream, first, last, tip))
    return tuple(spans)


def _content(signed: SignedEntry, part: str) -> bytes | str:
    """What two writers of a part are compared by: its bytes, never its salted hash, unless it was withheld."""
    held = signed.parts.get(part)
    return signed.entry.parts[part] if held is None or held.data is None else held.data
