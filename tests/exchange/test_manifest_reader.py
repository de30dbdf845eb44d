import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.exchange import manifest_reader
from desktop.exchange.manifest import (
    MAX_INDEX_BYTES,
    MAX_OBJECT_BYTES,
    Manifest,
    ObjectInfo,
    PackageKind,
    Role,
    Sender,
)
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError, Refusal
from tests.exchange.packages import FIELD_NODE, FIELD_STREAM, body_of, make_manifest

HASH = "ab" * 32

hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
nodes = st.binary(min_size=16, max_size=16).map(bytes.hex)
streams = st.builds("{}.{}".format, nodes, st.binary(min_size=8, max_size=8).map(bytes.hex))
seqs = st.integers(1, canonical.MAX_INTEGER)
words = st.from_regex(r"[a-z][a-z0-9_.-]{0,20}", fullmatch=True)
sorted_hashes = st.sets(hashes, max_size=4).map(sorted).map(tuple)


@st.composite
def objects(draw):
    roles = [
        Role.ENTRIES,
        Role.INDEX,
        *draw(st.sets(st.sampled_from([Role.TRUST, Role.RECEIPTS, Role.MANIFESTS]))),
    ]
    roles += [Role.EVIDENCE] * draw(st.integers(0, 3))
    names = draw(st.lists(hashes, min_size=len(roles), max_size=len(roles), unique=True))
    sizes = st.integers(0, 1 << 20)
    return tuple(
        ObjectInfo(name, draw(sizes), role, "image/jpeg") for name, role in zip(names, roles, strict=True)
    )


@st.composite
def manifests(draw):
    stream, seq = draw(streams), draw(seqs)
    return Manifest(
        package_id=draw(nodes),
        kind=draw(st.sampled_from(PackageKind)),
        sender=Sender(stream[:32], stream, draw(hashes)),
        dest=draw(nodes),
        recipients=draw(st.sets(hashes, min_size=1, max_size=3).map(sorted).map(tuple)),
        seq=seq,
        prev=None if seq == 1 else draw(st.none() | hashes),
        created=draw(st.datetimes().map(lambda t: f"{t:%Y}".rjust(4, "0") + f"-{t:%m-%dT%H:%M:%S}Z")),
        clock_state=draw(words),
        app=draw(st.from_regex(r"[ -~]{1,64}", fullmatch=True)),
        schema=draw(seqs),
        objects=draw(objects()),
        heads=draw(st.dictionaries(streams, st.tuples(seqs, hashes), max_size=3)),
        counts=draw(st.dictionaries(words, st.integers(0, 10**9), max_size=3)),
        covers=tuple(sorted(draw(st.sets(st.integers(1, seq - 1), max_size=3)))) if seq > 1 else (),
        have=draw(st.dictionaries(streams, seqs, max_size=3)),
        wanted=draw(sorted_hashes),
        digest=draw(st.none() | hashes),
        durable=draw(st.none() | st.dictionaries(streams, seqs, max_size=3)),
    )


def refusal_of(data):
    with pytest.raises(PackageRefusedError) as refused:
        decode_manifest(data)
    return refused.value


def spoiled(path, value):
    """Return manifest bytes with another value at ``path``; KeyError as a value takes the member away."""
    body = body_of(make_manifest(seq=2, prev=HASH, heads={FIELD_STREAM: (3, HASH)}, have={FIELD_STREAM: 3}))
    *parents, last = path
    inner = body
    for key in parents:
        inner = inner[key]
    if value is KeyError:
        del inner[last]
    else:
        inner[last] = value
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@given(manifests())
def test_what_was_encoded_is_read_back(manifest):
    assert decode_manifest(manifest.encode()) == manifest


@given(manifests(), st.data())
def test_changed_bytes_never_crash_the_reader(manifest, data):
    noise = bytearray(manifest.encode())
    at = data.draw(st.integers(0, len(noise) - 1))
    noise[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))

    # Whatever it is, it is a manifest or a refusal, and never another exception.
    with suppress(PackageRefusedError):
        decode_manifest(bytes(noise))


def test_unknown_members_are_left_alone():
    body = body_of()
    body["mood"] = {"of": ["the", "sender"]}
    body["sender"]["shoe_size"] = 42

    assert decode_manifest(canonical.encode(body)) == make_manifest()


@pytest.mark.parametrize("member", sorted(body_of()))
def test_every_member_has_to_be_there(member):
    refused = refusal_of(spoiled([member], KeyError))

    assert refused.reason is Refusal.BAD_MANIFEST
    assert member in refused.place


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["format"], "mingcha"),
        (["format"], "mingcha/01"),
        (["format"], 1),
        (["suite"], "a1"),
        (["package_id"], "AB" * 16),
        (["package_id"], "ab" * 17),
        (["kind"], "letter"),
        (["kind"], "result\n"),
        (["sender"], "me"),
        (["sender", "node"], FIELD_NODE[:-1]),
        (["sender", "stream"], "0" * 32 + ".00000000000000aa"),
        (["sender", "fingerprint"], None),
        (["dest"], "office"),
        (["recipients"], []),
        (["recipients"], [HASH, HASH]),
        (["recipients"], ["cd" * 32, HASH]),
        (["recipients"], [1]),
        (["recipients"], HASH),
        (["seq"], 0),
        (["seq"], True),
        (["seq"], "1"),
        (["seq"], 1),
        (["prev"], "none"),
        (["covers"], [2]),
        (["covers"], [0]),
        (["covers"], [1, 1]),
        (["covers"], ["1"]),
        (["created"], "2026-11-20"),
        (["created"], "2026-02-30T00:00:00Z"),
        (["created"], "2026-11-20T08:00:00+08:00"),
        (["clock"], None),
        (["clock", "state"], "Gone mad!"),
        (["app"], "版本一"),
        (["app"], ""),
        (["schema"], 0),
        (["heads"], []),
        (["heads", "stream"], [1, HASH]),
        (["heads", FIELD_STREAM], [1]),
        (["heads", FIELD_STREAM], [1, HASH, 0]),
        (["heads", FIELD_STREAM], [0, HASH]),
        (["heads", FIELD_STREAM], [1, "x"]),
        (["heads", FIELD_STREAM], {"1": HASH}),
        (["have", FIELD_STREAM], 0),
        (["have", "stream"], 1),
        (["durable"], 7),
        (["digest"], "x"),
        (["wanted"], [HASH, HASH]),
        (["wanted"], None),
        (["counts", "Bytes"], 1),
        (["counts", "bytes"], -1),
        (["features"], ["UPPER"]),
        (["features"], "none"),
        (["volumes"], 0),
        (["volumes"], 10_000),
        (["objects"], []),
        (["objects"], {}),
        (["objects", 0], HASH),
        (["objects", 0, "h"], "../x"),
        (["objects", 0, "size"], -1),
        (["objects", 0, "size"], MAX_OBJECT_BYTES + 1),
        (["objects", 0, "vol"], 2),
        (["objects", 0, "vol"], 0),
        (["objects", 0, "mime"], "photo"),
        (["objects", 0, "mime"], "image/jpeg; x=<script>"),
        (["objects", 0, "role"], "program"),
    ],
    ids=repr,
)
def test_member_that_is_not_well_formed_is_refused_and_named(path, value):
    refused = refusal_of(spoiled(path, value))

    assert refused.reason is Refusal.BAD_MANIFEST
    assert str(path[0]) in refused.place or path == ["seq"]


@pytest.mark.parametrize(
    ("roles", "problem"),
    [
        ([Role.INDEX, Role.ENTRIES], "begin with the entries"),
        ([Role.ENTRIES], "one index"),
        ([Role.ENTRIES, Role.INDEX, Role.INDEX], "one index"),
        ([Role.ENTRIES, Role.ENTRIES, Role.INDEX], "one index"),
        ([Role.ENTRIES, Role.INDEX, Role.TRUST, Role.TRUST], "twice"),
        ([Role.ENTRIES, Role.INDEX, Role.RECEIPTS, Role.RECEIPTS], "twice"),
    ],
)
def test_roles_that_do_not_fit_together_are_refused(roles, problem):
    infos = tuple(ObjectInfo(f"{n:064x}", 1, role, "a/b") for n, role in enumerate(roles))

    refused = refusal_of(make_manifest(listed=infos).encode())

    assert refused.reason is Refusal.BAD_MANIFEST
    assert problem in refused.place


def test_same_object_twice_is_refused():
    infos = make_manifest().objects

    assert "twice" in refusal_of(make_manifest(listed=(*infos, infos[2])).encode()).place


def test_listedout_of_the_order_of_their_volumes_are_refused():
    first, second, *others = make_manifest().objects
    infos = (first, replace(second, volume=2), *others)

    assert "order of the volumes" in refusal_of(make_manifest(listed=infos, volumes=2).encode()).place


def test_index_too_large_to_be_relayed_is_refused():
    first, second, *others = make_manifest().objects
    infos = (first, replace(second, size=MAX_INDEX_BYTES + 1), *others)

    assert "64 MiB" in refusal_of(make_manifest(listed=infos).encode()).place


def test_newer_format_is_refused_before_anything_else_is_read():
    assert refusal_of(b'{"format":"mingcha/2"}').reason is Refusal.NEWER_FORMAT
    assert refusal_of(b'{"format":"mingcha/10","seq":"one"}').place == "mingcha/10"


def test_feature_that_is_not_known_is_refused_and_named():
    refused = refusal_of(b'{"features":["far-sight","telepathy"],"format":"mingcha/1"}')

    assert refused.reason is Refusal.NEWER_FEATURE
    assert refused.place == "far-sight, telepathy"


def test_known_feature_is_accepted(monkeypatch):
    monkeypatch.setattr(manifest_reader, "KNOWN_FEATURES", frozenset({"far-sight"}))

    assert decode_manifest(make_manifest(features=("far-sight",)).encode()).features == ("far-sight",)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b'{"a":1,"a":1}',
        b'{"a":NaN}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\xff"}',
        b'{"a":"\\ud800"}',
        b"\xef\xbb\xbf" + make_manifest().encode(),
        make_manifest().encode() + b"\n",
        make_manifest().encode()[:-1],
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_not_canonical_json_is_refused(data):
    assert refusal_of(data).reason is Refusal.BAD_MANIFEST


def test_manifest_over_16_mib_is_refused():
    assert refusal_of(b" " * ((16 << 20) + 1)).place == "more than 16 MiB"
