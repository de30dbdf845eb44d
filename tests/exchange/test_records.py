import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.domain.entry import Part, SignedEntry
from desktop.exchange.manifest import PackageKind
from desktop.exchange.record_reader import read_records
from desktop.exchange.records import EntryReader, encode_entries
from desktop.exchange.refusal import PackageRefusedError, Refusal
from tests.exchange.packages import FIELD_STREAM, make_manifest
from tests.exchange.signed_entries import chain, entry_objects, manifest_of, signed_entry

OTHER_STREAM = "9" * 32 + ".0000000000000001"
TITLE = b'{"object":"entries","v":1}\n'

values = st.dictionaries(
    st.sampled_from(["note", "met", "n"]), st.text() | st.booleans() | st.integers(0, 99), max_size=3
)
part_names = st.sampled_from(["header", "answer/a1", "answer/a2", "reason"])


@st.composite
def entry_lists(draw):
    """Entries of a few streams, in the order of the index, some parts withheld."""
    entries = []
    for stream in draw(st.sets(st.sampled_from([FIELD_STREAM, OTHER_STREAM]))):
        prev = None
        for seq in range(1, draw(st.integers(0, 4)) + 1):
            parts = draw(st.dictionaries(part_names, values, max_size=3))
            withheld = draw(st.sets(part_names))
            entries.append(signed_entry(seq, prev, stream, parts, withheld))
            prev = entries[-1].entry.hash
    return sorted(entries, key=lambda signed: (signed.entry.stream, signed.entry.seq))


def read(data, manifest):
    return list(read_records(EntryReader(manifest), [data]))


def refusal_of(data, manifest):
    with pytest.raises(PackageRefusedError) as refused:
        read(data, manifest)
    assert refused.value.reason is Refusal.BAD_CONTENT
    return refused.value.place


def line(signed, **changes):
    body = {
        "e": base64.b64encode(signed.data).decode(),
        "p": {
            name: [base64.b64encode(part.salt).decode(), base64.b64encode(part.data).decode()]
            for name, part in signed.parts.items()
        },
    }
    return TITLE + canonical.encode(body | changes) + b"\n"


@given(entry_lists(), st.integers(1, 300))
def test_entries_come_back_whatever_the_pieces(entries, size):
    data = b"".join(encode_entries(entries))
    pieces = (data[at : at + size] for at in range(0, len(data), size))

    assert list(read_records(EntryReader(manifest_of(entries)), pieces)) == entries


@given(st.binary(max_size=30), st.data())
def test_changed_bytes_are_refused(noise, data):
    entries = chain(2)
    changed = bytearray(b"".join(encode_entries(entries)))
    at = data.draw(st.integers(0, len(changed)))
    changed[at : at + data.draw(st.integers(0, 30))] = noise
    if bytes(changed) == b"".join(encode_entries(entries)):
        return

    refusal_of(bytes(changed), manifest_of(entries))


def test_line_is_the_bytes_of_entry_and_parts_as_base64():
    (signed,) = chain(1)

    assert b"".join(encode_entries([signed])) == line(signed)


def test_withheld_part_travels_without_its_salt():
    whole = signed_entry(parts={"header": {"n": 1}, "reason": {"text": "a short one"}})
    salt = whole.parts["reason"].salt
    kept_salt = SignedEntry(whole.data, whole.entry, whole.parts | {"reason": Part(salt, None)})

    data = b"".join(encode_entries([kept_salt]))

    assert base64.b64encode(salt) not in data
    assert b'"reason":null' in data
    assert read(data, manifest_of([whole]))[0].parts["reason"] == Part(b"", None)


def test_part_that_was_never_here_is_sent_as_withheld():
    whole = signed_entry(parts={"header": {"n": 1}, "reason": {"text": "x"}})
    data = b"".join(encode_entries([SignedEntry(whole.data, whole.entry, {"header": whole.parts["header"]})]))

    assert read(data, manifest_of([whole]))[0].parts == {
        "header": whole.parts["header"],
        "reason": Part(b"", None),
    }


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({}, "exactly the members"),
        ({"header": None, "answer/a9": None}, "exactly the members"),
        ({"header": "AAAA"}, "is not a list"),
        ({"header": ["AAAA"]}, "is not a pair"),
        ({"header": ["AAAA", None]}, "missing or not well formed"),
        ({"header": ["AAAA", "!"]}, "not base64"),
        ({"header": ["AAAA", "AAAA"]}, "not the part that was signed"),
    ],
    ids=["missing", "unnamed", "no list", "no pair", "null data", "no base64", "other bytes"],
)
def test_parts_that_are_not_those_of_the_entry_are_refused(parts, problem):
    signed = signed_entry(parts={"header": {"n": 1}})

    assert problem in refusal_of(line(signed, p=parts), manifest_of([signed]))


def test_part_with_a_salt_of_another_length_is_refused():
    # The hash covers salt and content without a border: moving it must not make other content of the same hash.
    signed = signed_entry(parts={"header": {"n": 1}})
    part = signed.parts["header"]
    moved = [base64.b64encode(half).decode() for half in (part.salt + part.data[:1], part.data[1:])]

    assert "not the part" in refusal_of(line(signed, p={"header": moved}), manifest_of([signed]))


def test_part_that_is_not_canonical_json_is_refused(monkeypatch):
    monkeypatch.setattr("tests.exchange.signed_entries.part_of", lambda *_: Part(bytes(16), b'{"n": 1}'))
    signed = signed_entry(parts={"header": {}})

    assert "not in canonical form" in refusal_of(line(signed), manifest_of([signed]))


@pytest.mark.parametrize("extra", [{"x": 1}, {"e": "AAAA"}, {"e": None}, {"p": None}])
def test_line_with_other_members_or_without_an_entry_is_refused(extra):
    signed = signed_entry(parts={"header": {"n": 1}})

    assert refusal_of(line(signed, **extra), manifest_of([signed]))


def test_entries_out_of_the_order_of_the_index_are_neither_written_nor_read():
    first, second = chain(2)
    both = [TITLE, line(second).removeprefix(TITLE), line(first).removeprefix(TITLE)]

    with pytest.raises(ValueError, match="ascending"):
        b"".join(encode_entries([second, first]))
    assert "order of the index" in refusal_of(b"".join(both), manifest_of([first, second]))


@pytest.mark.parametrize("listed", [[], [0], [0, 1, 2]])
def test_entries_that_are_not_those_of_the_index_are_refused(listed):
    entries = chain(3)
    manifest = make_manifest(entry_objects(entries[:2], index=[entries[n] for n in listed]))

    assert "not those of the index" in refusal_of(b"".join(encode_entries(entries[:2])), manifest)


def test_broken_link_in_the_senders_stream_is_refused():
    first, second = chain(2)[0], signed_entry(2, "ab" * 32)

    assert "does not follow" in refusal_of(
        b"".join(encode_entries([first, second])), manifest_of([first, second])
    )


@pytest.mark.parametrize(("seq", "prev"), [(1, "ab" * 32), (2, None)])
def test_only_the_first_entry_of_the_senders_stream_follows_none(seq, prev):
    signed = signed_entry(seq, prev)

    assert "does not follow" in refusal_of(b"".join(encode_entries([signed])), manifest_of([signed]))


def test_gap_in_the_senders_stream_is_accepted():
    first, _, third = chain(3)

    assert read(b"".join(encode_entries([first, third])), manifest_of([first, third])) == [first, third]


def test_both_branches_of_a_fork_are_accepted():
    first = chain(1)[0]
    left, right = (signed_entry(2, first.entry.hash, parts={"header": {"n": n}}) for n in (1, 2))
    after = signed_entry(3, right.entry.hash)
    entries = sorted([first, left, right, after], key=lambda signed: (signed.entry.seq, signed.entry.hash))

    assert read(b"".join(encode_entries(entries)), manifest_of(entries)) == entries


@pytest.mark.parametrize(
    ("kind", "stream"), [(PackageKind.MISSION, FIELD_STREAM), (PackageKind.RESULT, OTHER_STREAM)]
)
def test_links_of_a_selection_are_not_judged(kind, stream):
    entries = [signed_entry(1, None, stream), signed_entry(2, "ab" * 32, stream)]

    assert read(b"".join(encode_entries(entries)), manifest_of(entries, kind=kind)) == entries
