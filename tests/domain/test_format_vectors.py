"""The vectors of docs/FORMAT.md: what a stranger computes from the text alone, and what the program computes."""

import base64
import hashlib
import json
from functools import partial

import pytest

from desktop.datafiles import SCHEMA
from desktop.domain import canonical
from desktop.domain.ancestry import Ancestry
from desktop.domain.authority import Authority
from desktop.domain.canonical import NotCanonicalError
from desktop.domain.digest import digest
from desktop.domain.draw_record import Redrawn, decode_draw, encode_draw, record_hash, redraw
from desktop.domain.entry import Kind, Part, SignedEntry, decode_entry, encode_ctx, encode_entry, part_hash
from desktop.domain.fold import Void, fold, read_spans
from tests.storage.merge_oracle import Oracle

VECTORS = json.loads((SCHEMA.parent / "docs" / "format-vectors.json").read_text(encoding="utf-8"))
LOG = VECTORS["log"]
DRAW = VECTORS["draw"]


def unpacked(text):
    return base64.b64decode(text)


def sha256(label, *pieces):
    return hashlib.sha256(b"".join([label.encode(), b"\0", *pieces])).hexdigest()


def strangers_canonical(value):
    """Chapter 2 in one line, for values that have a canonical form."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def the_log():
    """The entries of the log as they come out of a package."""
    entries = []
    for line in LOG["entries"]:
        given = {
            name: [b"", None] if pair is None else map(unpacked, pair) for name, pair in line["p"].items()
        }
        data = unpacked(line["e"])
        entries.append(
            SignedEntry(data, decode_entry(data), {name: Part(*pair) for name, pair in given.items()})
        )
    return entries


def folded():
    """{record id: what the program makes of the log}."""
    logs, chains = {}, {}
    for signed in the_log():
        logs.setdefault(signed.entry.record_id, []).append(signed)
        chains.setdefault(signed.entry.stream, []).append(signed.entry)
    forked = {
        stream: {e.hash: (e.seq, e.prev) for e in chain}
        for stream, chain in chains.items()
        if len({e.seq for e in chain}) < len(chain)
    }
    voids = [Void(s.entry.node, read_spans(s)) for s in logs.pop(None) if s.entry.kind is Kind.VOID]
    logs = {rec: [s for s in log if s.entry.kind is not Kind.LOG] for rec, log in logs.items()}
    authority = Authority(frozenset(LOG["offices"]), Ancestry(forked), lambda rec: logs.get(rec, []))
    return {rec: (fold(log, voids, authority), {s.entry.hash: s for s in log}) for rec, log in logs.items()}


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["bytes"])
def test_canonical_bytes(vector):
    value, data = vector["value"], unpacked(vector["bytes"])

    assert canonical.encode(value) == strangers_canonical(value) == data
    assert canonical.decode(data) == json.loads(data) == value


@pytest.mark.parametrize("vector", VECTORS["not_canonical"])
def test_bytes_that_are_not_canonical(vector):
    with pytest.raises(NotCanonicalError):
        canonical.decode(unpacked(vector))


@pytest.mark.parametrize("vector", VECTORS["parts"], ids=lambda vector: vector["hash"][:8])
def test_hashes_of_parts(vector):
    salt, content = bytes.fromhex(vector["salt"]), unpacked(vector["content"])

    assert part_hash(salt, content) == sha256("mingcha-part-v1", salt, content) == vector["hash"]


@pytest.mark.parametrize("line", LOG["entries"], ids=lambda line: line["hash"][:8])
def test_hashes_of_entries_and_their_parts(line):
    data = unpacked(line["e"])
    body = json.loads(data)

    assert decode_entry(data).hash == sha256("mingcha-entry-v1", data) == line["hash"]
    assert encode_entry(decode_entry(data)) == strangers_canonical(body) == data
    assert line["p"].keys() == body["parts"].keys()
    for name, pair in line["p"].items():
        assert pair is None or sha256("mingcha-part-v1", *map(unpacked, pair)) == body["parts"][name]


def test_entries_name_the_one_before():
    bodies = {line["hash"]: json.loads(unpacked(line["e"])) for line in LOG["entries"]}
    for body in bodies.values():
        before = bodies.get(body["prev"])
        assert (body["prev"] is None) == (body["seq"] == 1)
        assert before is None or (before["stream"], before["seq"]) == (body["stream"], body["seq"] - 1)


def test_the_log_shows_what_the_text_speaks_of():
    records = LOG["records"].values()
    kinds = {json.loads(unpacked(line["e"]))["kind"] for line in LOG["entries"]}

    assert kinds >= {"write", "resolve", "accept", "void", "log"}
    for member in ("held", "contested", "missing", "is_deleted", "owner_id"):
        assert any(record[member] for record in records)
    assert any(pair is None for line in LOG["entries"] for pair in line["p"].values())


def test_the_program_comes_to_the_state_of_the_vectors():
    found = folded()

    assert found.keys() == LOG["records"].keys()
    for rec, expected in LOG["records"].items():
        state, by_hash = found[rec]
        values = {name: by_hash[digest].parts[name].value for name, digest in state.values.items()}
        assert expected == {
            "type": state.type,
            "home": state.home,
            "owner_id": state.owner_id,
            "ctx": encode_ctx(state.ctx),
            "heads": list(state.heads),
            "held": list(state.held),
            "contested": sorted(contest.part for contest in state.contests),
            "missing": state.missing,
            "is_deleted": state.is_deleted,
            "is_empty": state.is_empty,
            "candidates": {contest.part: list(contest.candidates) for contest in state.contests},
            "values": values,
        }


def test_a_stranger_comes_to_the_state_of_the_vectors():
    oracle = Oracle(the_log(), LOG["offices"])
    for rec, expected in LOG["records"].items():
        row, candidates, values = oracle.record(rec)
        assert expected == {**row, "candidates": candidates, "values": values}


def test_the_digest_of_the_vectors():
    foreign = [
        line["hash"]
        for line in LOG["entries"]
        if not json.loads(unpacked(line["e"]))["stream"].startswith(LOG["own_node"])
    ]
    rows = [(rec, r["heads"], r["held"], r["contested"]) for rec, r in LOG["records"].items()]
    text = strangers_canonical(["mingcha-digest-v1", [list(row) for row in sorted(rows)], sorted(foreign)])

    assert digest(rows, foreign) == hashlib.sha256(text).hexdigest() == LOG["digest"]


def test_a_stranger_comes_to_the_draw_of_the_vectors():
    record, tickets = DRAW["record"], DRAW["tickets"]

    def ticket(*ids):
        return hashlib.sha256(",".join([record["algorithm"], record["seed"], *ids]).encode()).hexdigest()

    rows = [
        [unit["unit"], unit["name"], [[site["site"], site["name"]] for site in unit["sites"]]]
        for unit in record["population"]
    ]
    sites = {unit["unit"]: [site["site"] for site in unit["sites"]] for unit in record["population"]}
    assert tickets == {unit: ticket(unit) for unit in sites}
    assert record["result"] == [
        {"unit": unit, "site": min(sites[unit], key=partial(ticket, unit), default="")}
        for unit in sorted(sites, key=tickets.__getitem__)[: record["count"]]
    ]
    assert record["population_sha256"] == sha256("mingcha-population-v1", strangers_canonical(rows))
    assert DRAW["hash"] == sha256("mingcha-draw-record-v1", strangers_canonical(record))


def test_the_program_comes_to_the_draw_of_the_vectors():
    record = decode_draw(DRAW["record"])

    assert redraw(record) is Redrawn.SAME
    assert encode_draw(record) == DRAW["record"]
    assert record_hash(DRAW["record"]) == DRAW["hash"]
