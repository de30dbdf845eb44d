import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.domain.canonical import NotCanonicalError
from desktop.domain.entry import (
    MAX_HEADS,
    MAX_PARTS,
    Kind,
    Part,
    decode_ctx,
    decode_entry,
    encode_ctx,
    encode_entry,
    entry_hash,
    part_hash,
)
from tests.domain.pen import ANNA, BERT, OFFICE, VISIT, Pen

STREAM = f"{ANNA}.{'0' * 16}"
GOOD = canonical.decode_object(
    Pen(ANNA).photo({"note": {"caption": "x"}}, {STREAM: ((3, "d" * 64),)}, home=OFFICE, is_delete=True).data
)
FIELDS = st.sampled_from(sorted(GOOD))


def bytes_with(**changes):
    """The bytes of a good entry with members changed; an ellipsis takes the member away."""
    body = {name: value for name, value in {**GOOD, **changes}.items() if value is not ...}
    return canonical.encode(body)


def reason(data):
    with pytest.raises(NotCanonicalError) as caught:
        decode_entry(data)
    return str(caught.value)


def test_an_entry_is_read_from_the_bytes_it_was_written_in():
    entry = decode_entry(bytes_with())

    assert encode_entry(entry) == bytes_with()
    assert entry.hash == entry_hash(bytes_with())
    assert (entry.node, entry.record_id, entry.record_type, entry.home) == (
        ANNA,
        GOOD["rec"],
        "evidence",
        OFFICE,
    )
    assert (entry.owner.record_id, entry.is_delete, entry.kind) == (VISIT, True, Kind.WRITE)


def test_members_that_say_nothing_are_left_out():
    pen = Pen(ANNA)
    signed = [pen.visit(), pen.visit()]

    bodies = [canonical.decode_object(s.data) for s in signed]

    assert not bodies[0].keys() & {"home", "owner", "del"}
    assert [body["prev"] for body in bodies] == [None, signed[0].entry.hash]
    assert [decode_entry(s.data) for s in signed] == [s.entry for s in signed]


def test_members_of_a_newer_program_are_kept_and_hashed():
    data = bytes_with(mood="gut")

    entry = decode_entry(data)

    assert entry.hash == entry_hash(data) != entry_hash(bytes_with())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"v": 2}, "entry version is not 1"),
        ({"v": True}, "v is not a positive integer"),
        ({"v": ...}, "v is not a positive integer"),
        ({"stream": ANNA}, "stream is not well formed"),
        ({"stream": STREAM + "\n"}, "stream is not well formed"),
        ({"stream": None}, "stream is not text"),
        ({"seq": 0}, "seq is not a positive integer"),
        ({"seq": True}, "seq is not a positive integer"),
        ({"seq": "1"}, "seq is not a positive integer"),
        ({"schema": -1}, "schema is not a positive integer"),
        ({"prev": "D" * 64}, "prev is not well formed"),
        ({"prev": 1}, "prev is not text"),
        ({"kind": "erase"}, "unknown kind 'erase'"),
        ({"kind": ...}, "kind is not text"),
        ({"rec": 5}, "rec is not text"),
        ({"type": []}, "type is not text"),
        ({"by": None}, "by is not text"),
        ({"role": ...}, "role is not text"),
        ({"del": 1}, "del is not a boolean"),
        ({"home": "office"}, "home is not well formed"),
        ({"ctx": []}, "ctx is not an object"),
        ({"ctx": ...}, "ctx is not an object"),
        ({"ctx": {"x": [[1, "d" * 64]]}}, "ctx is not well formed"),
        ({"ctx": {STREAM: []}}, "ctx does not list heads"),
        ({"ctx": {STREAM: {}}}, "ctx does not list heads"),
        ({"ctx": {STREAM: [[n, "d" * 64] for n in range(1, MAX_HEADS + 2)]}}, "ctx does not list heads"),
        ({"ctx": {STREAM: [1]}}, "ctx does not name [seq, hash]"),
        ({"ctx": {STREAM: [[1]]}}, "ctx does not name [seq, hash]"),
        ({"ctx": {STREAM: [[1, 2]]}}, "ctx does not name [seq, hash]"),
        ({"ctx": {STREAM: [[0, "d" * 64]]}}, "ctx is not a positive integer"),
        ({"ctx": {STREAM: [[1, "d"]]}}, "ctx is not well formed"),
        ({"ctx": {STREAM: [[2, "d" * 64], [1, "d" * 64]]}}, "heads are not in order"),
        ({"ctx": {STREAM: [[1, "d" * 64], [1, "d" * 64]]}}, "heads are not in order"),
        ({"owner": []}, "owner does not name a record"),
        ({"owner": {"ctx": {}}}, "owner does not name a record"),
        ({"owner": {"rec": VISIT}}, "ctx is not an object"),
        ({"hlc": [1]}, "hlc is not [ms, n]"),
        ({"hlc": [1, -1]}, "hlc is not [ms, n]"),
        ({"hlc": [True, 1]}, "hlc is not [ms, n]"),
        ({"hlc": 5}, "hlc is not [ms, n]"),
        ({"parts": []}, "parts is not an object of bounded size"),
        ({"parts": {f"a/{n}": "d" * 64 for n in range(MAX_PARTS + 1)}}, "parts is not an object of bounded size"),
        ({"parts": {"": "d" * 64}}, "part name is not well formed"),
        ({"parts": {"answer/": "d" * 64}}, "part name is not well formed"),
        ({"parts": {"answer/../x": "d" * 64}}, "part name is not well formed"),
        ({"parts": {"Answer": "d" * 64}}, "part name is not well formed"),
        ({"parts": {"del": "d" * 64}}, "part name is not well formed"),
        ({"parts": {"note": 1}}, "a part hash is not text"),
        ({"parts": {"note": "d"}}, "part hash is not well formed"),
    ],
)  # fmt: skip
def test_malformed_entries_are_refused_with_the_member_that_is_wrong(changes, expected):
    assert reason(bytes_with(**changes)) == expected


def test_a_part_may_begin_like_the_name_for_deletes():
    data = bytes_with(parts={"delay": "d" * 64, "del/1": "d" * 64})

    assert set(decode_entry(data).parts) == {"delay", "del/1"}


def test_what_is_no_canonical_object_is_no_entry():
    assert reason(b"[]") == "not an object"
    assert reason(bytes_with() + b" ") == "not in canonical form"


@given(FIELDS, st.none() | st.booleans() | st.integers(-2, 2) | st.text("a/0", max_size=3) | st.just([]))
def test_a_wrong_member_never_crashes_the_reader(name, value):
    data = bytes_with(**{name: value})

    try:
        entry = decode_entry(data)
    except NotCanonicalError:
        return
    assert decode_entry(encode_entry(entry)) == entry


def test_an_entry_without_ctx_makes_a_record_unless_it_decides_one():
    pen = Pen(ANNA)

    assert pen.visit().entry.is_birth
    assert not pen.visit({}, {STREAM: ((1, "d" * 64),)}).entry.is_birth
    assert not pen.visit(kind=Kind.RESOLVE).entry.is_birth


def test_ctx_keeps_every_branch_in_order():
    other = f"{BERT}.{'0' * 16}"
    ctx = {STREAM: ((2, "e" * 64), (1, "f" * 64)), other: ((9, "a" * 64),)}

    assert encode_ctx(ctx) == {STREAM: [[1, "f" * 64], [2, "e" * 64]], other: [[9, "a" * 64]]}
    assert decode_ctx(canonical.decode(canonical.encode(encode_ctx(ctx)))) == {
        STREAM: ((1, "f" * 64), (2, "e" * 64)),
        other: ((9, "a" * 64),),
    }


def test_a_part_is_hashed_with_its_salt():
    part = Part(b"s" * 16, b'{"a":1}')

    assert part.hash == part_hash(b"s" * 16, b'{"a":1}') != part_hash(b"t" * 16, b'{"a":1}')
    assert part.value == {"a": 1}


def test_a_withheld_part_says_nothing():
    part = Part(b"", None)

    assert part.value == {}
    with pytest.raises(ValueError, match="withheld"):
        _ = part.hash


@pytest.mark.parametrize("data", [b"[]", b"{", b'{"a": 1}', b"\xff"])
def test_a_part_that_is_no_object_says_nothing(data):
    assert Part(b"s" * 16, data).value == {}
