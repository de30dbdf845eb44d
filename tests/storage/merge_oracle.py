"""What a set of entries means, worked out anew from chapter 4 of docs/FORMAT.md: slow, plain, and from bytes alone.

It shares no code with the program, so that both can only agree if both are right.
"""

import hashlib
import json
from itertools import groupby

KNOWN_TYPES = {
    "visit": {
        "plan": "home",
        "custody": "home",
        "header": "holder",
        "answer/": "holder",
        "observation/": "holder",
        "signature/": "holder",
        "review": "home",
    },
    "evidence": {"original": "holder", "note": "holder", "metadata": "holder"},
    "site": {"facts": "finder"},
}
BORN_ANYWHERE = {"visit", "evidence", "site"}
WITH_OWNER = {"evidence"}
FACTS = {"reason", "spans"}


def read(copies):
    """{hash: entry} from the bytes and parts that came, whatever package they came in."""
    entries = {}
    for signed in copies:
        digest = hashlib.sha256(b"mingcha-entry-v1\0" + signed.data).hexdigest()
        entry = entries.setdefault(digest, json.loads(signed.data) | {"hash": digest, "content": {}})
        entry["node"] = entry["stream"].split(".")[0]
        entry["content"] |= {name: part.data for name, part in signed.parts.items() if part.data is not None}
    return entries


class Oracle:
    """The state that ``copies`` have where ``offices`` are known."""

    def __init__(self, copies, offices):
        self.entries = read(copies)
        self.offices = set(offices)
        places = sorted((e["stream"], e["seq"]) for e in self.entries.values())
        self.forked = {place[0] for place, same in groupby(places) if len(list(same)) > 1}
        self.saw = {e["hash"]: self.seen_by(e["ctx"]) for e in self.entries.values()}
        self.voids = self.active_voids()

    # ------------------------------------------------------------------ what was seen

    def line(self, seq, digest):
        """The places of a forked stream on the way back from one of them, as far as entries are known."""
        while True:
            yield seq, digest
            if digest not in self.entries or seq == 1:
                return
            seq, digest = seq - 1, self.entries[digest]["prev"]

    def reaches(self, stream, head, entry):
        if entry["stream"] != stream or head[0] < entry["seq"]:
            return False
        if head[0] == entry["seq"] or stream in self.forked:
            return (entry["seq"], entry["hash"]) in self.line(*head)
        return True

    def seen_by(self, ctx):
        return {
            e["hash"]
            for e in self.entries.values()
            if any(self.reaches(stream, head, e) for stream, heads in ctx.items() for head in heads)
        }

    def named_in(self, fact, key):
        return json.loads(fact["content"].get("spans", b"{}")).get(key, [])

    def entries_named(self, fact):
        return {
            e["hash"]
            for e in self.entries.values()
            for stream, first, last, tip in self.named_in(fact, "spans")
            if first <= e["seq"] <= last and self.reaches(stream, (last, tip), e)
        }

    def active_voids(self):
        lifted = {
            (e["node"], self.named_in(e, "void")) for e in self.entries.values() if e["kind"] == "unvoid"
            if self.named_in(e, "void")
        }  # fmt: skip
        return [
            (e["node"], self.entries_named(e))
            for e in self.entries.values()
            if e["kind"] == "void" and (e["node"], e["hash"]) not in lifted
        ]

    # ------------------------------------------------------------------ who counts

    def log(self, record_id):
        return [e for e in self.entries.values() if e["rec"] == record_id and e["kind"] != "log"]

    def statements(self, record_id):
        return [e for e in self.log(record_id) if e["kind"] in ("write", "resolve")]

    def birth(self, record_id):
        births = [e for e in self.log(record_id) if is_birth(e) and e.get("home")]
        births.sort(key=lambda e: (e["home"] not in self.offices, e["node"] != e["home"], e["hash"]))
        return births[0] if births else None

    def holders(self, record_id, seen):
        birth = self.birth(record_id)
        if birth is None:
            return set()
        moves = [
            e
            for e in self.statements(record_id)
            if e["hash"] in seen
            and "custody" in e["parts"]
            and (
                e["node"] == birth["home"]
                or (is_birth(e) and e["node"] == birth["node"] and named_holders(e) == {e["node"]})
            )
        ]
        last = [e for e in moves if not any(e["hash"] in self.saw[o["hash"]] for o in moves if o is not e)]
        return set().union(*map(named_holders, last)) if last else set()

    def holders_for(self, entry, birth):
        if birth["type"] in WITH_OWNER:
            owner = entry.get("owner")
            if owner is None or owner["rec"] != birth.get("owner", {}).get("rec"):
                return set()
            seen = self.seen_by(owner["ctx"])
            pasts = [owner["ctx"]] + [e["ctx"] for e in self.log(owner["rec"]) if e["hash"] in seen]
            here = {(e["stream"], e["seq"], e["hash"]) for e in self.log(owner["rec"])}
            named = {(s, *head) for past in pasts for s, heads in past.items() for head in heads}
            return self.holders(owner["rec"], seen) if named <= here else set()
        if is_birth(entry):
            return named_holders(entry)
        return self.holders(entry["rec"], self.saw[entry["hash"]])

    def speaks(self, entry):
        birth = self.birth(entry["rec"])
        if birth is None or birth["home"] not in self.offices or entry["type"] != birth["type"]:
            return False
        is_home = entry["node"] == birth["home"]
        if entry["kind"] == "resolve":
            return is_home and "reason" in entry["parts"]
        writers = KNOWN_TYPES.get(birth["type"])
        if writers is None:
            return is_home
        is_first = is_birth(entry) and entry["node"] == birth["node"] and entry.get("home") == birth["home"]
        if is_birth(entry) and not is_home and not (is_first and birth["type"] in BORN_ANYWHERE):
            return False
        is_holder = entry["node"] in self.holders_for(entry, birth)
        if "del" in entry and not is_home and not is_holder:
            return False
        for name in set(entry["parts"]) - FACTS:
            writer = writers.get(name.split("/")[0] + ("/" if "/" in name else ""))
            may = {
                None: is_home or is_holder,
                "holder": is_holder,
                "home": is_home
                or (name == "custody" and is_first and named_holders(entry) == {entry["node"]}),
                "finder": is_home or is_birth(entry),
            }
            if not may[writer]:
                return False
        return True

    # ------------------------------------------------------------------ the state of a record

    def record(self, record_id):
        """(row of the record table without its id, {part: candidates}, {part: value shown})."""
        state = _Record(self, record_id)
        birth = self.birth(record_id) or {}
        values = {part: state.shown(part) for part in state.parts()}
        contests, is_deleted = state.contests()
        row = {
            "type": birth.get("type") or "",
            "home": birth.get("home"),
            "owner_id": birth.get("owner", {}).get("rec"),
            "ctx": self.joined(record_id),
            "heads": hashes(state.last(state.live)),
            "held": hashes(e for e in state.statements if not state.is_released(e)),
            "contested": sorted(contests),
            "missing": self.missing(record_id),
            "is_deleted": int(is_deleted),
            "is_empty": int(not state.live),
        }
        return row, contests, values

    def joined(self, record_id):
        heads = {(s, *head) for e in self.log(record_id) for s, list_ in e["ctx"].items() for head in list_}
        heads |= {(e["stream"], e["seq"], e["hash"]) for e in self.log(record_id)}
        newest = {}
        for stream, seq, digest in sorted(heads):
            place = {"stream": stream, "seq": seq, "hash": digest}
            others = [o for o in heads if o[0] == stream and o != (stream, seq, digest)]
            if not any(self.reaches(stream, other[1:], place) for other in others):
                newest.setdefault(stream, []).append([seq, digest])
        return newest

    def missing(self, record_id):
        here = {(e["stream"], e["seq"], e["hash"]) for e in self.log(record_id)}
        named = {(s, *head) for e in self.log(record_id) for s, heads in e["ctx"].items() for head in heads}
        return len(named - here)


class _Record:
    def __init__(self, oracle, record_id):
        self.saw, self.statements = oracle.saw, oracle.statements(record_id)
        birth = oracle.birth(record_id)
        self.home = birth["home"] if birth and birth["home"] in oracle.offices else None
        facts = [e for e in oracle.log(record_id) if e["node"] == self.home]
        self.accepts, self.holds = (
            [(e["hash"], oracle.entries_named(e)) for e in facts if e["kind"] == kind]
            for kind in ("accept", "hold")
        )
        self.right = {e["hash"]: oracle.speaks(e) for e in self.statements}
        resolves = {e["hash"]: e for e in self.statements if e["kind"] == "resolve"}
        for digest in sorted(resolves, key=lambda r: (len(self.saw[r] & resolves.keys()), r)):
            self.right[digest] = self.right[digest] and self.settles(resolves[digest])
        undone = set().union(*(named for node, named in oracle.voids if node == self.home))
        self.live = [e for e in self.statements if self.is_released(e) and e["hash"] not in undone]

    def facts_about(self, facts, entry, seen=None):
        return {fact for fact, named in facts if entry["hash"] in named and (seen is None or fact in seen)}

    def is_released(self, entry, seen=None):
        """Whether nothing holds the entry back; with ``seen``, whether nothing did for one who had seen that."""
        accepts = self.facts_about(self.accepts, entry, seen)
        holds = self.facts_about(self.holds, entry, seen)
        is_lifted = all(any(hold in self.saw[accept] for accept in accepts) for hold in holds)
        return is_lifted and (self.right[entry["hash"]] or bool(accepts))

    def in_force_for(self, entry, later):
        seen = self.saw[later["hash"]]
        return later is not entry and entry["hash"] in seen and self.is_released(entry, seen)

    def is_replaced(self, entry, later):
        if entry["hash"] not in self.saw[later["hash"]] or later["hash"] in self.saw[entry["hash"]]:
            return False
        return later is not entry and (entry["node"] == later["node"] or self.in_force_for(entry, later))

    def last(self, entries):
        entries = list(entries)
        return [e for e in entries if not any(self.is_replaced(e, o) for o in entries)] or entries

    def settles(self, resolve):
        return all(
            len(self.last(e for e in self.statements if part in e["parts"] and self.in_force_for(e, resolve)))
            > 1
            for part in set(resolve["parts"]) - FACTS
        )

    def parts(self):
        return {part for e in self.live for part in e["parts"]} - FACTS

    def writers(self, part):
        return self.last(e for e in self.live if part in e["parts"])

    def shown(self, part):
        writer = max(self.writers(part), key=lambda e: (e["node"] == self.home, e["hlc"], e["hash"]))
        return json.loads(writer["content"].get(part, b"{}"))

    def contests(self):
        found = {}
        for part in self.parts():
            writers = self.writers(part)
            if len({e["content"].get(part, e["parts"][part]) for e in writers}) > 1:
                found[part] = hashes(writers)
        words = self.last(e for e in self.live if "del" in e)
        deletes = [e for e in words if e["del"]]
        is_deleted = bool(deletes) and deletes == words
        for e in self.live:
            is_deleted = is_deleted and any(d is e or self.is_replaced(e, d) for d in deletes)
        if deletes and not is_deleted:
            found["del"] = hashes(words)
        return found, is_deleted


def is_birth(entry):
    return entry["kind"] == "write" and not entry["ctx"]


def named_holders(entry):
    holders = json.loads(entry["content"].get("custody", b"{}")).get("holders")
    return {node for node in holders if isinstance(node, str)} if isinstance(holders, list) else set()


def hashes(entries):
    return sorted(e["hash"] for e in entries)
