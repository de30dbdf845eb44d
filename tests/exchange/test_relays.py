import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.manifest import MAX_INDEX_BYTES
from desktop.exchange.record_reader import read_records
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.relays import TITLE, RelayReader, encode_relays
from tests.exchange.packages import FIELD_KEY, INDEX, OTHER_KEY, make_manifest, raw_key, sign_manifest
from tests.exchange.signed_entries import chain, entry_objects

ENTRIES = chain(3)
INDEX_OF_ENTRIES = entry_objects(ENTRIES)[1][2]


def relay(**changes):
    data = make_manifest(entry_objects(ENTRIES), **changes).encode()
    return data, sign_manifest(data), INDEX_OF_ENTRIES


def read(data, size=1000):
    return list(read_records(RelayReader(), (data[at : at + size] for at in range(0, len(data), size))))


def refusal_of(data):
    with pytest.raises(PackageRefusedError) as refused:
        read(data)
    return refused.value


@given(st.integers(0, 3), st.integers(1, 3000))
def test_manifests_come_back_whatever_the_pieces(count, size):
    sent = [relay(seq=n + 1) for n in range(count)]

    relayed = read(b"".join(encode_relays(sent)), size)

    assert [(r.signed.manifest_bytes, r.signed.signature, r.index) for r in relayed] == sent
    assert all(r.signed.signer_key == raw_key(FIELD_KEY) for r in relayed)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda m, s, _: (m, s, INDEX), Refusal.BAD_CONTENT),
        (lambda m, s, i: (m, s, i[:-1]), Refusal.BAD_CONTENT),
        (lambda m, s, i: (m.replace(b'"seq":1', b'"seq":2'), s, i), Refusal.BAD_SIGNATURE),
        (lambda m, _, i: (m, sign_manifest(m, OTHER_KEY), i), Refusal.WRONG_SIGNER),
        (lambda m, _, i: (m, sign_manifest(m, namespace="mingcha-card@v1"), i), Refusal.OTHER_PURPOSE),
        (lambda m, _, i: (m + b" ", sign_manifest(m + b" "), i), Refusal.BAD_MANIFEST),
    ],
    ids=["other index", "cut index", "changed manifest", "other signer", "other namespace", "no manifest"],
)
def test_relay_that_proves_nothing_is_refused(spoil, reason):
    assert refusal_of(b"".join(encode_relays([spoil(*relay())]))).reason is reason


def test_index_that_was_signed_but_is_none_is_refused():
    nonsense = INDEX_OF_ENTRIES + INDEX_OF_ENTRIES[64:]
    entries, (role, mime, _) = entry_objects(ENTRIES)
    data = make_manifest((entries, (role, mime, nonsense))).encode()

    assert "ascending" in refusal_of(b"".join(encode_relays([(data, sign_manifest(data), nonsense)]))).place


@pytest.mark.parametrize("length", [0, (16 << 20) + 1, 2**32 - 1])
def test_length_out_of_bounds_is_refused_before_anything_is_held(length):
    assert f"a length of {length} for a manifest" in refusal_of(TITLE + struct.pack(">I", length)).place


def test_index_over_the_limit_is_refused_before_it_is_held():
    data, signature, _ = relay()
    start = b"".join(encode_relays([(data, signature)]))

    assert "for an index" in refusal_of(start + struct.pack(">I", MAX_INDEX_BYTES + 1)).place


def test_other_title_is_refused():
    assert "begin" in refusal_of(TITLE.replace(b"v1", b"v2")).place


def test_object_that_ends_early_is_refused_wherever():
    whole = b"".join(encode_relays([relay()]))
    for end in [*range(0, len(whole), 97), len(TITLE) + 4, len(whole) - 1]:
        assert "end early" in refusal_of(whole[:end]).place
