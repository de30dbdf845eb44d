"""Random stories of an office and two laptops: who wrote what after seeing what, and the packages they made of it.

A script is a list of (operation, node, x, y) with small numbers, so that a failing story shrinks well. There are only
two records, a visit with custody and a photo that hangs on it, so that writes meet all the time.
"""

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from desktop.domain.ancestry import Ancestry
from desktop.domain.entry import Kind, Owner, Part, SignedEntry
from tests.domain.pen import ANNA, BERT, OFFICE, OTHER_OFFICE, PHOTO, VISIT, Pen, custody

NODES = (OFFICE, ANNA, BERT)
OWN_VISIT = "01900000-0000-7000-8000-000000000009"
TYPE_OF = {VISIT: "visit", OWN_VISIT: "visit", PHOTO: "evidence"}
WITHHELD = Part(b"", None)
OFFICE_PARTS = ("review", "plan")
FINDINGS = ("answer/1", "answer/1", "answer/2", "header", "mood")
PHOTO_PARTS = ("note", "note", "original", "metadata")
FIELD_OF = {
    "header": "remark",
    "review": "remark",
    "plan": "planned_on",
    "note": "caption",
    "original": "name",
    "metadata": "status",
}
HOLDERS = ((ANNA, BERT), (ANNA,), (BERT,), (ANNA, BERT), (OFFICE, ANNA), ())

WEIGHTS = {
    "edit": 12,
    "receive": 8,
    "meet": 3,
    "export": 7,
    "follow": 4,
    "open": 2,
    "delete": 2,
    "custody": 2,
    "resolve": 3,
    "hold": 2,
    "accept": 3,
    "void": 2,
    "unvoid": 2,
    "restore": 1,
    "fork": 1,
    "clock": 1,
    "log": 1,
    "steal": 2,
    "lie": 1,
}
HONEST = frozenset(WEIGHTS) - {"steal", "lie"}
UNFORKED = HONEST - {"restore", "fork"}
CALM = frozenset({"edit", "follow", "receive", "meet", "export", "open", "delete", "clock", "log"})
"""What ordinary offices do: most of it takes the fast path."""


def scripts(operations=frozenset(WEIGHTS), max_size=30):
    names = [name for name, weight in WEIGHTS.items() if name in operations for _ in range(weight)]
    step = st.tuples(st.sampled_from(names), st.integers(0, 2), st.integers(0, 9), st.integers(0, 9))
    return st.tuples(st.integers(0, 7), st.lists(step, min_size=3, max_size=max_size))


@dataclass
class Node:
    """``known``: {hash: entry with the parts that came}. ``opened``: what was seen when a draft was begun."""

    pen: Pen
    known: dict = field(default_factory=dict)
    exported: int = 0
    opened: dict = field(default_factory=dict)
    past: list = field(default_factory=list)

    def ancestry(self):
        chains, places = {}, {}
        for signed in self.known.values():
            entry = signed.entry
            chains.setdefault(entry.stream, {})[entry.hash] = (entry.seq, entry.prev)
            places.setdefault((entry.stream, entry.seq), set()).add(entry.hash)
        forked = {stream for (stream, _), hashes in places.items() if len(hashes) > 1}
        return Ancestry({stream: chains[stream] for stream in forked})

    def ctx(self, record_id):
        ancestry, ctx = self.ancestry(), {}
        for signed in self.known.values():
            entry = signed.entry
            if entry.record_id == record_id and entry.kind is not Kind.LOG:
                ctx = ancestry.joined(ctx, entry.ctx)
                ctx = ancestry.joined(ctx, {entry.stream: ((entry.seq, entry.hash),)})
        return ctx

    def learn(self, signed):
        earlier = self.known.get(signed.entry.hash)
        brought = {name: part for name, part in signed.parts.items() if part.data is not None}
        self.known[signed.entry.hash] = (
            replace(earlier, parts={**earlier.parts, **brought}) if earlier else signed
        )

    def own(self):
        return [s for s in self.known.values() if s.entry.stream == self.pen.author.stream]

    def of(self, record_id, *kinds):
        return [s for s in self.known.values() if s.entry.record_id == record_id and s.entry.kind in kinds]


class Story:
    """Plays a script. ``entries``: every entry ever written, in that order; ``packages``: what was handed over."""

    def __init__(self, script, clock_step=1, role="督查员", is_born_once=False):
        self.entries, self.packages = [], []
        self._clock_step = clock_step
        self._is_born_once = is_born_once
        self.nodes = [Node(Pen(node)) for node in NODES]
        for node in self.nodes:
            node.pen.author._role = role
        self._begin(script[0])
        for operation, node, x, y in script[1]:
            getattr(self, f"_{operation}")(self.nodes[node], x, y)
        for node in self.nodes:
            self._pack(node.known.values())

    def all_copies(self):
        """Every entry as each package carried it."""
        return [signed for package in self.packages for signed in package]

    def _begin(self, start):
        """The visit is planned for one, for both, or found by a laptop; it is known to all, or to its maker only."""
        maker = self.nodes[1 if start == 2 else 0]
        holders = (ANNA,) if start in (1, 2) else (ANNA, BERT)
        self.write(maker, VISIT, custody(*holders), home=OFFICE)
        self._pack(maker.own())
        maker.exported = 1
        if start > 0:
            for node in self.nodes:
                self._receive(node, 0, 0)

    def write(self, node, record_id, parts=None, kind=Kind.WRITE, ctx=None, **more):
        node.past.append((node.pen.author.head, node.pen.author.hlc, dict(node.known), node.exported))
        node.pen.now_ms += self._clock_step
        record_type = more.pop("record_type", TYPE_OF.get(record_id))
        seen = node.ctx(record_id) if ctx is None else ctx
        if record_id == PHOTO and kind in (Kind.WRITE, Kind.RESOLVE):
            more.setdefault("owner", Owner(VISIT, node.ctx(VISIT)))
        if record_id and not seen and kind is Kind.WRITE:
            more.setdefault("home", OFFICE)
        signed = node.pen.write(record_id, record_type, parts, seen, kind, **more)
        self.entries.append(signed)
        node.learn(signed)
        return signed

    def _pack(self, entries):
        if entries:
            self.packages.append(tuple(entries))

    def _edit(self, node, x, y):
        """Laptops write findings and the office what is the office's; now and then they try the other."""
        is_office = (node.pen.node == OFFICE) != (y > 7)
        record_id = PHOTO if x % 3 == 2 and not is_office else VISIT
        ctx = node.opened.pop(record_id, None)
        if not node.ctx(record_id):
            if self._is_born_once and (
                record_id == VISIT or any(s.entry.record_id == PHOTO for s in self.entries)
            ):
                return
            ctx = {}
        names = PHOTO_PARTS if record_id == PHOTO else OFFICE_PARTS if is_office else FINDINGS
        chosen = {names[(x + y) % len(names)], names[y % len(names)]} if y % 2 else {names[x % len(names)]}
        parts = {name: {FIELD_OF.get(name, "facts"): f"值{y % 3}"} for name in sorted(chosen)}
        if record_id == VISIT and not node.ctx(VISIT):
            parts |= custody(node.pen.node)
        self.write(node, record_id, parts, ctx=ctx)

    def _follow(self, node, x, y):
        """A laptop that has heard everything changes what was changed last, or most often."""
        node = node if y == 9 else self.nodes[1 + x % 2]
        for other in self.nodes:
            for signed in list(other.known.values()):
                node.learn(signed)
        record_id = (VISIT, PHOTO)[x % 3 == 2]
        names = [
            n for s in node.of(record_id, Kind.WRITE) for n in s.entry.parts if n in FINDINGS + PHOTO_PARTS
        ]
        for name in sorted(names, key=names.count)[-1:] if y % 2 else names[-1:]:
            self.write(node, record_id, {name: {FIELD_OF.get(name, "facts"): f"值{y % 3}"}})

    def _open(self, node, x, _y):
        record_id = (VISIT, PHOTO)[x % 2]
        if ctx := node.ctx(record_id):
            node.opened[record_id] = ctx

    def _delete(self, node, x, y):
        record_id = (VISIT, PHOTO)[x % 2]
        if node.ctx(record_id):
            self.write(node, record_id, ctx=node.opened.pop(record_id, None), is_delete=y % 3 > 0)

    def _custody(self, node, x, y):
        node = self.nodes[0] if x % 4 else node
        if ctx := node.ctx(VISIT):
            self.write(node, VISIT, custody(*HOLDERS[y % len(HOLDERS)], n=x), ctx=ctx)

    def _resolve(self, node, x, y):
        """Mostly of what has two writers, by the office and with a reason; now and then of something else."""
        node = self.nodes[0] if y % 4 else node
        record_id = (VISIT, PHOTO)[x % 3 == 2]
        names = ("answer/1", "answer/2", "custody") if record_id == VISIT else ("note", "original")
        written = [name for s in node.of(record_id, Kind.WRITE, Kind.RESOLVE) for name in s.entry.parts]
        disputed = [name for name in names if written.count(name) > 1] or list(names)[: y == 8]
        for name in disputed[:1] if x % 2 else disputed[-1:]:
            value = (
                custody(ANNA)["custody"] if name == "custody" else {FIELD_OF.get(name, "facts"): f"值{y % 3}"}
            )
            parts = {name: value} | ({} if y == 9 else {"reason": {"text": "核对"}})
            self.write(node, record_id, parts, Kind.RESOLVE, is_delete=False if y == 5 else None)

    def _hold(self, node, x, y, kind=Kind.HOLD):
        node = self.nodes[0] if y % 4 else node
        record_id = (VISIT, PHOTO)[x % 3 == 2]
        named = node.of(record_id, Kind.WRITE, Kind.RESOLVE)
        if named:
            self.write(node, record_id, spans_of([named[-1 - y % len(named)], named[x % len(named)]]), kind)

    def _accept(self, node, x, y):
        self._hold(node, x, y, Kind.ACCEPT)

    def _void(self, node, x, y):
        node = self.nodes[0] if y % 4 else node
        self.write(node, None, spans_of(self.packages[x % len(self.packages)]), Kind.VOID, ctx={})

    def _unvoid(self, node, x, y):
        node = self.nodes[0] if y % 4 else node
        if voids := [s for s in node.known.values() if s.entry.kind is Kind.VOID]:
            named = voids[x % len(voids)].entry.hash
            self.write(node, None, {"spans": {"void": named}}, Kind.UNVOID, ctx={})

    def _export(self, node, x, y):
        own, known = node.own(), list(node.known.values())
        if x < 4:
            self._pack(own[node.exported :])
            node.exported = len(own)
        elif x < 6:
            self._pack(known)
        elif x < 8:
            self._pack([s for s in known if s.entry.record_id == (VISIT, PHOTO)[y % 2]])
        else:
            self._pack([without(s, f"answer/{y % 3}", "note", "spans" if y == 7 else "") for s in known])

    def _receive(self, node, x, _y):
        for signed in self.packages[-1 - x % len(self.packages)]:
            node.learn(signed)

    def _meet(self, node, x, _y):
        """Everything is handed over, to all or to one."""
        for each in self.nodes:
            self._pack(each.own())
        for each in self.nodes if x % 3 else [node]:
            for signed in self.all_copies():
                each.learn(signed)

    def _restore(self, node, x, _y):
        """The folder of a machine is put back to what it was before one of its last entries."""
        if node.past:
            del node.past[len(node.past) - x % len(node.past) :]
            node.pen.author.head, node.pen.author.hlc, known, node.exported = node.past.pop()
            node.known, node.opened = dict(known), {}

    def _fork(self, node, x, y):
        """What was written last is handed over; then the machine is put back and goes on differently."""
        self._edit(node, x, y)
        self._pack(node.own())
        self._restore(node, x % 3, y)
        self._edit(node, x, y + 1)

    def _clock(self, node, x, _y):
        node.pen.now_ms += (x - 5) * 1000 * self._clock_step

    def _log(self, node, x, _y):
        self.write(node, (VISIT, PHOTO, None)[x % 3], {"event": {"event": "printed"}}, Kind.LOG, ctx={})

    def _steal(self, node, x, y):
        """Ways to speak without a right: make the visit again, call it something else, hang the photo elsewhere."""
        parts = {**custody(node.pen.node), "answer/1": {"facts": f"值{y % 3}"}}
        if x < 4:
            self.write(node, VISIT, parts, ctx={}, home=(OFFICE, OTHER_OFFICE, node.pen.node)[x % 3])
        elif x < 7:
            self.write(node, VISIT, {("review", "answer/1")[x % 2]: {"facts": "值"}}, record_type="evidence")
        else:
            for signed in self.all_copies():
                node.learn(signed)
            own = self.write(node, OWN_VISIT, parts, ctx={}, home=OFFICE if x == 7 else node.pen.node)
            self.write(node, OWN_VISIT, spans_of([own]), Kind.ACCEPT)
            elsewhere = Owner(OWN_VISIT, {own.entry.stream: ((own.entry.seq, own.entry.hash),)})
            self.write(node, PHOTO, {"note": {"caption": f"值{y % 3}"}}, owner=elsewhere)

    def _lie(self, node, x, y):
        """An entry that claims to have seen what nobody has written yet."""
        stream = self.nodes[x % 3].pen.author.stream
        ctx = {**node.ctx(VISIT), stream: ((10 + x, "f" * 64),)}
        self.write(node, VISIT, {"answer/1": {"facts": f"值{y % 3}"}}, ctx=ctx)


def without(signed, *names):
    """The entry with these parts withheld."""
    parts = {name: WITHHELD if name in names else part for name, part in signed.parts.items()}
    return SignedEntry(signed.data, signed.entry, parts)


def spans_of(entries):
    """The parts of a fact about exactly these entries: ranges that follow each other, named with their tip."""
    spans = []
    for signed in sorted(entries, key=lambda s: (s.entry.stream, s.entry.seq, s.entry.hash)):
        entry = signed.entry
        for span in spans:
            if span[0] == entry.stream and span[3] == entry.prev:
                span[2:] = [entry.seq, entry.hash]
                break
        else:
            spans.append([entry.stream, entry.seq, entry.seq, entry.hash])
    return {"spans": {"spans": spans}}


def long_merge():
    """The packages of one long merge, always the same: a story, and many new units between."""
    names = ("edit", "export", "receive", "edit", "void", "receive", "accept", "custody")
    story = Story((1, [(names[n % 8], n % 3, n * 3 % 10, n * 7 % 10) for n in range(40)]))
    pen = Pen(OFFICE, "e" * 16)
    packages = list(story.packages)
    for first in range(0, 1500, 100):
        ids = [f"01900000-0000-7000-9000-{n:012}" for n in range(first, first + 100)]
        units = [pen.write(unit, "unit", {"facts": {"name": unit}}, home=OFFICE) for unit in ids]
        packages.insert(first * 7 % len(packages), tuple(units))
    return packages
