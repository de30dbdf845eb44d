import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.exchange.receipts import Receipt, ReceiptState, encode_receipts, receipt_reader
from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError
from tests.exchange.packages import FIELD_STREAM

HASH = "ab" * 32
RECEIPT = Receipt(FIELD_STREAM, 3, HASH, ReceiptState.APPLIED, wanted=("cd" * 32,), held=(HASH, "ef" * 32))

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
hash_lists = st.sets(hashes, max_size=3).map(sorted).map(tuple)
receipts = st.builds(
    Receipt,
    st.just(FIELD_STREAM),
    st.integers(1, 2**53 - 1),
    hashes,
    st.sampled_from(ReceiptState),
    hash_lists,
    hash_lists,
)


def read(data):
    return list(read_records(receipt_reader(), [data]))


@given(st.lists(receipts, max_size=5))
def test_receipts_come_back(expected):
    assert read(b"".join(encode_receipts(expected))) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"},
        {"state": None},
        {"seq": 0},
        {"stream": "x"},
        {"manifest": HASH.upper()},
        {"wanted": None},
        {"held": [HASH, HASH]},
    ],
    ids=repr,
)
def test_receipt_that_is_not_well_formed_is_refused_and_named(changes):
    title, line = b"".join(encode_receipts([RECEIPT])).splitlines()
    body = canonical.decode_object(line) | changes

    with pytest.raises(PackageRefusedError) as refused:
        read(title + b"\n" + canonical.encode(body) + b"\n")

    assert refused.value.place.startswith(f"receipts, line 2: the line.{next(iter(changes))} ")


def test_members_that_a_newer_program_adds_are_left_alone():
    title, line = b"".join(encode_receipts([RECEIPT])).splitlines()

    data = title + b"\n" + canonical.encode(canonical.decode_object(line) | {"mood": "good"}) + b"\n"

    assert read(data) == [RECEIPT]
