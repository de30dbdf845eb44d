import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.domain.canonical import MAX_DEPTH, MAX_INTEGER, NotCanonicalError

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


@given(VALUES)
def test_what_is_written_is_read_back_and_written_alike(value):
    data = canonical.encode(value)

    assert canonical.decode(data) == value
    assert canonical.encode(canonical.decode(data)) == data


@given(VALUES)
def test_any_json_reader_reads_it(value):
    assert json.loads(canonical.encode(value)) == value


@given(st.binary(max_size=30) | VALUES.map(lambda value: json.dumps(value).encode()))
def test_foreign_bytes_are_read_exactly_or_refused(data):
    try:
        value = canonical.decode(data)
    except NotCanonicalError:
        return

    assert canonical.encode(value) == data


@pytest.mark.parametrize(
    ("value", "data"),
    [
        ({"b": 1, "a": [None, True, False]}, b'{"a":[null,true,false],"b":1}'),
        ({"Z": 0, "a": 0, "_": 0, "1": 0}, b'{"1":0,"Z":0,"_":0,"a":0}'),
        ("督查 \U0001f600", '"督查 \U0001f600"'.encode()),
        ("\u00e9", b'"\xc3\xa9"'),
        ("e\u0301", b'"e\xcc\x81"'),
        ('"\\/\b\f\n\r\t\x00\x1f\x7f', b'"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f"'),
        (MAX_INTEGER, b"9007199254740991"),
        (-MAX_INTEGER, b"-9007199254740991"),
        ("", b'""'),
        ({}, b"{}"),
        ((1, 2), b"[1,2]"),
    ],
)
def test_every_value_has_one_form(value, data):
    assert canonical.encode(value) == data


@pytest.mark.parametrize(
    "value",
    [
        0.5,
        math.nan,
        -0.0,
        MAX_INTEGER + 1,
        -MAX_INTEGER - 1,
        b"bytes",
        {"键": 1},
        {1: 1},
        "\ud800",
        {"a": ["\udfff"]},
        {1, 2},
        nested(MAX_DEPTH + 1),
    ],
)
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical.encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" 1",
        b"1 ",
        b"[1, 2]",
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'"\\u7763"',
        b'"\\/"',
        b'"\\u0008"',
        b"1.0",
        b"1e2",
        b"NaN",
        b"Infinity",
        b"-0",
        b"01",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 5000,
        b'"\\ud800"',
        b"\xef\xbb\xbf1",
        b"\xff",
        '{"键":1}'.encode(),
        b"[" * 100_000,
        b"[" * 100 + b"]" * 100,
        b"null null",
    ],
)
def test_other_bytes_are_refused(data):
    with pytest.raises(NotCanonicalError):
        canonical.decode(data)


def test_text_is_not_normalised():
    composed, decomposed = canonical.encode("\u00e9"), canonical.encode("e\u0301")

    assert canonical.decode(composed) != canonical.decode(decomposed)


def test_empty_text_and_nothing_stay_different():
    assert canonical.encode({"a": ""}) != canonical.encode({"a": None}) != canonical.encode({})


def test_nesting_is_bounded():
    assert canonical.decode(canonical.encode(nested(MAX_DEPTH))) == nested(MAX_DEPTH)


def test_an_object_is_asked_for():
    assert canonical.decode_object(b'{"a":1}') == {"a": 1}
    with pytest.raises(NotCanonicalError):
        canonical.decode_object(b"[]")
