"""What came before what, inside one stream.

A stream is a chain: entry ``seq`` names the hash of the one before it. Where only selections of a stream have
arrived, the chain has holes, so in a stream that never forked the number alone decides. Once two entries claim
one number (a restored or copied machine), number 5 may stand on either branch, and only the chain itself says
which; where it is broken the entries count as concurrent, which shows both instead of hiding one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.domain.entry import Ctx, Entry, Head


@dataclass(frozen=True)
class Span:
    """The entries ``first`` to ``last`` of a stream, on the branch that ends in the entry ``tip``."""

    stream: str
    first: int
    last: int
    tip: str


@dataclass(frozen=True)
class Ancestry:
    """``forked``: for each stream known to have forked, every known entry: {hash: (seq, prev)}."""

    forked: Mapping[str, Mapping[str, tuple[int, str | None]]] = field(default_factory=dict)

    def reaches(self, stream: str, head: Head, place: Head) -> bool:
        """Whether ``place`` is ``head`` or came before it in ``stream``."""
        if head[0] == place[0]:
            return head[1] == place[1]
        if head[0] < place[0]:
            return False
        if stream not in self.forked:
            return True
        return self._walks_to(self.forked[stream], head, place)

    def covers(self, ctx: Ctx, entry: Entry) -> bool:
        """Whether an author with this ``ctx`` had seen ``entry``."""
        place = (entry.seq, entry.hash)
        return any(self.reaches(entry.stream, head, place) for head in ctx.get(entry.stream, ()))

    def spans_cover(self, spans: Iterable[Span], entry: Entry) -> bool:
        return any(
            span.stream == entry.stream
            and span.first <= entry.seq <= span.last
            and self.reaches(entry.stream, (span.last, span.tip), (entry.seq, entry.hash))
            for span in spans
        )

    def joined(self, first: Ctx, second: Ctx) -> dict[str, tuple[Head, ...]]:
        """The least ctx that has seen what both have seen."""
        joined = dict(first)
        for stream, heads in second.items():
            joined[stream] = self._newest(stream, (*joined.get(stream, ()), *heads))
        return joined

    def _newest(self, stream: str, heads: Iterable[Head]) -> tuple[Head, ...]:
        distinct = sorted(set(heads))
        return tuple(
            head
            for head in distinct
            if not any(other != head and self.reaches(stream, other, head) for other in distinct)
        )

    @staticmethod
    def _walks_to(chain: Mapping[str, tuple[int, str | None]], head: Head, place: Head) -> bool:
        seq, hash_ = head
        while seq > place[0] and hash_ in chain:
            prev = chain[hash_][1]
            if prev is None:
                return False
            seq, hash_ = seq - 1, prev
        return (seq, hash_) == place
