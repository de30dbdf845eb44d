import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.entry_index import HEADER, IndexDigest, IndexReader, IndexRow, encode_index, encode_row
from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError, Refusal

STREAM = "0123456789abcdef" * 2 + ".00000000000000ff"
ROW = IndexRow(STREAM, 258, "ab" * 32)

rows = st.builds(
    IndexRow,
    st.sampled_from([STREAM, "f" * 32 + "." + "1" * 16, "0" * 32 + "." + "2" * 16]),
    st.integers(1, 2**53 - 1),
    st.binary(min_size=32, max_size=32).map(bytes.hex),
)
sorted_rows = st.sets(rows, max_size=30).map(sorted)


def pieces(data, size):
    return [data[at : at + size] for at in range(0, len(data), size)]


def refusal_of(data):
    with pytest.raises(PackageRefusedError) as refused:
        list(read_records(IndexReader(), pieces(data, 50)))
    assert refused.value.reason is Refusal.BAD_CONTENT
    return refused.value.place


def test_row_has_64_bytes_that_anybody_can_read():
    assert (
        encode_row(ROW).hex() == "0123456789abcdef" * 2 + "00000000000000ff" + "0000000000000102" + "ab" * 32
    )


@given(sorted_rows, st.integers(1, 200))
def test_rows_come_back_whatever_the_pieces(expected, size):
    data = b"".join(encode_index(expected))

    assert len(data) == 64 + 64 * len(expected)
    assert list(read_records(IndexReader(), pieces(data, size))) == expected


@given(sorted_rows)
def test_digest_of_rows_seen_one_by_one_is_the_hash_of_the_index(expected):
    digest = IndexDigest()

    assert all(digest.add(row) for row in expected)
    assert digest.hash == hashlib.sha256(b"".join(encode_index(expected))).hexdigest()


@given(sorted_rows, st.data())
def test_changed_index_is_read_as_written_or_refused(expected, data):
    noise = bytearray(b"".join(encode_index(expected)))
    at = data.draw(st.integers(0, len(noise)))
    noise[at : at + data.draw(st.integers(0, 70))] = data.draw(st.binary(max_size=70))

    try:
        found = list(read_records(IndexReader(), pieces(bytes(noise), 33)))
    except PackageRefusedError:
        return

    assert b"".join(encode_index(found)) == noise


@pytest.mark.parametrize(
    "wrong", [[ROW, ROW], [ROW._replace(seq=259), ROW], [ROW._replace(hash="ac" * 32), ROW]]
)
def test_rows_out_of_order_are_neither_written_nor_read(wrong):
    with pytest.raises(ValueError, match="ascending"):
        list(encode_index(wrong))
    assert "ascending" in refusal_of(HEADER + b"".join(map(encode_row, wrong)))
    digest = IndexDigest()
    assert [digest.add(row) for row in wrong] == [True, False]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "ends early"),
        (HEADER[:-1], "ends early"),
        (HEADER + encode_row(ROW)[:-1], "ends early"),
        (encode_row(ROW), "does not begin"),
        (HEADER + encode_row(ROW._replace(seq=0)), "ascending"),
    ],
    ids=["empty", "half a header", "half a row", "no header", "seq 0"],
)
def test_what_is_no_index_is_refused(data, problem):
    assert problem in refusal_of(data)
