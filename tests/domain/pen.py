"""Nodes that write entries for tests; the clock stands still where a test does not move it, and salts only count."""

import itertools

from desktop.domain.author import Author, Statement
from desktop.domain.entry import Kind, Owner

OFFICE = "a" * 32
OTHER_OFFICE = "0" * 32
ANNA = "b" * 32
BERT = "c" * 32

VISIT = "01900000-0000-7000-8000-000000000001"
PHOTO = "01900000-0000-7000-8000-000000000002"
SITE = "01900000-0000-7000-8000-000000000003"


class Pen:
    """Writes one stream of ``node``; ``fork`` is what a copied folder does: it goes on in the same stream."""

    def __init__(self, node, epoch="0" * 16, now_ms=1000, salts=None):
        self.now_ms = now_ms
        self._salts = itertools.count(int(node[0], 16) << 32) if salts is None else salts
        self.author = Author(
            f"{node}.{epoch}",
            None,
            (0, 0),
            by="01900000-0000-7000-8000-00000000000f",
            role="督查员",
            clock_ms=lambda: self.now_ms,
            random_bytes=self._salt,
        )

    @property
    def node(self):
        return self.author.node

    def fork(self):
        twin = Pen(self.node, now_ms=self.now_ms, salts=self._salts)
        twin.author.stream, twin.author.head, twin.author.hlc = (
            self.author.stream,
            self.author.head,
            self.author.hlc,
        )
        return twin

    def write(self, record_id, record_type, parts=None, ctx=None, kind=Kind.WRITE, **more):
        return self.author.write(Statement(kind, record_id, record_type, parts or {}, ctx or {}, **more))

    def visit(self, parts=None, ctx=None, **more):
        return self.write(VISIT, "visit", parts, ctx, **more)

    def photo(self, parts=None, ctx=None, owner_ctx=None, **more):
        return self.write(PHOTO, "evidence", parts, ctx, owner=Owner(VISIT, owner_ctx or {}), **more)

    def speak_of(self, kind, *entries, record_id=VISIT, ctx=None):
        """A hold, accept or void of whole entries."""
        rows = [[s.entry.stream, s.entry.seq, s.entry.seq, s.entry.hash] for s in entries]
        return self.write(record_id, None, {"spans": {"spans": rows}}, ctx, kind)

    def resolve(self, parts, ctx, reason="核对原始记录", **more):
        reasons = {} if reason is None else {"reason": {"text": reason}}
        return self.visit({**parts, **reasons}, ctx, kind=Kind.RESOLVE, **more)

    def _salt(self, size):
        return next(self._salts).to_bytes(size, "big")


def seen(*entries):
    """The ctx of somebody who has seen exactly the newest of these in each stream, in streams that never forked."""
    heads = {}
    for signed in entries:
        place = (signed.entry.seq, signed.entry.hash)
        heads[signed.entry.stream] = max(heads.get(signed.entry.stream, place), place)
    return {stream: (head,) for stream, head in heads.items()}


def custody(*nodes, n=1):
    return {"custody": {"holders": list(nodes), "n": n}}
