"""The table of bad packages (docs/FORMAT-package.md): how each is made out of a good one, and why it is refused.

Rows 6 to 8 (the same again, numbers twice, gaps) are not hostile: tests/services/test_merge_packages.py has them.
"""

import hashlib

from desktop.domain import canonical
from desktop.exchange import tarstream
from desktop.exchange.manifest import key_fingerprint, recipient_hashes
from desktop.exchange.refusal import Refusal
from desktop.keys.envelope import MAX_HEADER_BYTES
from desktop.keys.identity import NodeIdentity, new_node_id
from desktop.keys.sealing import new_identity, recipient_of
from tests.torture.hostile import raw_header, tar_of

STRANGER = recipient_of(new_identity())
OTHER = NodeIdentity.new(new_node_id())
CHUNK = 65_552
TABLE = {}


def row(name, *reasons):
    """Put a way to spoil a package into the table; it gets the package, and another one of the same sender."""

    def put(spoil):
        TABLE[name] = (spoil, frozenset(reasons))
        return spoil

    return put


def rows(cases, *reasons):
    """Put several of one kind into the table; the function gets the case, too."""

    def put(spoil):
        for name, case in cases.items():
            TABLE[name] = (lambda good, other, case=case: spoil(good, other, case), frozenset(reasons))
        return spoil

    return put


# Row 1: damage on the way.

_PLACES = {
    "header": 60,
    "first chunk": 800,
    "middle chunk": CHUNK + 5000,
    "last chunk": -5000,
    "last byte": -1,
}


@rows(
    {f"a flipped bit in the {name}": at for name, at in _PLACES.items()}, Refusal.DAMAGED, Refusal.NOT_FOR_US
)
def _flip(good, _other, at):
    data = bytearray(good.sealed())
    data[at] ^= 1
    return bytes(data)


@row("two chunks swapped", Refusal.DAMAGED)
def _swap(good, _other):
    data = good.sealed()
    start = _payload(data) + 16
    first, second = data[start : start + CHUNK], data[start + CHUNK : start + 2 * CHUNK]
    return data[:start] + second + first + data[start + 2 * CHUNK :]


@rows({"cut in the header": 100, "cut inside a chunk": CHUNK, "empty": 0}, Refusal.TRUNCATED, Refusal.DAMAGED)
def _cut(good, _other, size):
    return good.sealed()[:size]


@row("cut between two chunks", Refusal.TRUNCATED)
def _cut_at_border(good, _other):
    data = good.sealed()
    return data[: _payload(data) + 16 + CHUNK]


@rows({"a byte behind the end": b"\0", "a chunk behind the end": bytes(CHUNK)}, Refusal.DAMAGED)
def _longer(good, _other, extra):
    return good.sealed() + extra


def _payload(data):
    """Where age's header ends, behind its MAC of 43 characters."""
    return data.index(b"\n--- ", 0, MAX_HEADER_BYTES) + len("\n--- ") + 43 + len("\n")


# Row 2: from the wrong one, or for the wrong one.


@row("encrypted for somebody else", Refusal.NOT_FOR_US)
def _for_somebody_else(good, _other):
    return good.sealed(recipients=[STRANGER])


@row("signed by an unknown node", Refusal.UNKNOWN_SENDER)
def _unknown(good, _other):
    sender = {**good.body["sender"], "node": OTHER.node, "stream": f"{OTHER.node}.{'a' * 16}"}
    sender["fingerprint"] = key_fingerprint(OTHER.public_key)
    return good.with_manifest(canonical.encode(good.body | {"sender": sender}), signer=OTHER).sealed()


@row("signed with an unknown key in the name of a known node", Refusal.UNKNOWN_SENDER)
def _forged(good, _other):
    sender = {**good.body["sender"], "fingerprint": key_fingerprint(OTHER.public_key)}
    return good.with_manifest(canonical.encode(good.body | {"sender": sender}), signer=OTHER).sealed()


@row("signed with another key than it names", Refusal.WRONG_SIGNER)
def _wrong_signer(good, _other):
    return good.with_manifest(good.members[0][1], signer=OTHER).sealed()


@row("signed for another purpose", Refusal.OTHER_PURPOSE)
def _other_purpose(good, _other):
    return good.with_manifest(good.members[0][1], namespace="file").sealed()


@row("manifest changed after signing", Refusal.BAD_SIGNATURE)
def _changed_manifest(good, _other):
    data = canonical.encode(good.body | {"created": "2026-11-21T08:00:00Z"})
    return good.with_members([("manifest.json", data), *good.members[1:]]).sealed()


# Row 3: other objects than were signed.


@row("an object replaced", Refusal.OBJECT_CHANGED)
def _replaced(good, _other):
    *others, (name, data) = good.members
    return good.with_members([*others, (name, bytes(len(data)))]).sealed()


@row("an object that is not listed", Refusal.OBJECT_UNLISTED)
def _unlisted(good, _other):
    return good.with_members([*good.members, _named(b"#!/bin/sh")]).sealed()


@row("the last object missing", Refusal.OBJECT_MISSING)
def _missing(good, _other):
    return good.with_members(good.members[:-1]).sealed()


@row("objects in another order", Refusal.OBJECT_MISPLACED)
def _misplaced(good, _other):
    return good.with_members([*good.members[:2], *reversed(good.members[2:])]).sealed()


@row("an object twice", Refusal.OBJECT_DUPLICATE)
def _twice(good, _other):
    return good.with_members([*good.members, good.members[-1]]).sealed()


@row("an object before the manifest", Refusal.BAD_STRUCTURE)
def _too_early(good, _other):
    return good.with_members([good.members[-1], *good.members]).sealed()


@row("an object longer than declared", Refusal.OBJECT_SIZE)
def _longer_object(good, _other):
    *others, (name, data) = good.members
    return good.with_members([*others, (name, data + b"x")]).sealed()


# Row 4: names and types.

_NAMES = ["../x", "/x", "C:\\x", "con", "o/\x07", "o/" + "AB" * 32, "o/../../x", "manifest.json.exe"]


@rows({f"a member named {name!r}": name for name in _NAMES}, Refusal.BAD_STRUCTURE)
def _bad_name(good, _other, name):
    return good.with_members([*good.members, (name, b"x")]).sealed()


_KINDS = {
    "hard link": b"1",
    "link": b"2",
    "character device": b"3",
    "block device": b"4",
    "directory": b"5",
    "pipe": b"6",
    "pax header": b"x",
    "global pax header": b"g",
    "GNU long name": b"L",
    "GNU long link": b"K",
    "sparse file": b"S",
}


@rows({f"a {name} in place of a file": kind for name, kind in _KINDS.items()}, Refusal.BAD_STRUCTURE)
def _bad_kind(good, _other, kind):
    name = good.members[2][0]
    strange = raw_header(name, kind, link="/etc/passwd")
    return good.sealed(tar_of(good.members[:2], pad=b"", end=b"") + strange + tarstream.END)


# Row 5: bombs, and what is no canonical JSON.


@rows({"a manifest of 20 MB": "manifest.json", "a signature of 20 MB": "manifest.sig"}, Refusal.BAD_STRUCTURE)
def _bomb(good, _other, name):
    before = [] if name == "manifest.json" else good.members[:1]
    return good.sealed(tar_of([*before, (name, bytes(20 << 20))]))


@row("a pad of 100 MB", Refusal.BAD_PADDING)
def _large_pad(good, _other):
    size = 100 << 20
    return good.sealed(tar_of(good.members, pad=tarstream.header("pad", size) + bytes(size)))


@row("more than fits on the disk", Refusal.TOO_LARGE)
def _too_large(good, _other):
    last = good.body["objects"][-1]
    more = [{**last, "h": hashlib.sha256(b"%d" % n).hexdigest(), "size": 3 << 30} for n in range(10_000)]
    return good.with_fields(objects=[*good.body["objects"], *more]).sealed()


_NO_JSON = {
    "a depth of 100,000": b"[" * 100_000 + b"]" * 100_000,
    "an integer of 5000 digits": b'{"a":' + b"9" * 5000 + b"}",
    "a key twice": b'{"seq":1,"seq":1}',
    "NaN": b'{"seq":NaN}',
    "a float": b'{"seq":1.0}',
    "no UTF-8": b'{"app":"\xff\xfe"}',
    "a lone surrogate": b'{"app":"\\udc00"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@rows({f"a manifest with {name}": data for name, data in _NO_JSON.items()}, Refusal.BAD_MANIFEST)
def _no_json(good, _other, data):
    return good.with_manifest(data).sealed()


# Row 9: taken from somebody else.


@row("for another office, wrapped again for us", Refusal.FORWARDED)
def _rewrapped(good, _other):
    return good.with_fields(recipients=list(recipient_hashes([STRANGER]))).sealed()


@row("for another node with our key", Refusal.OTHER_DESTINATION)
def _other_destination(good, _other):
    return good.with_fields(dest="b" * 32).sealed()


@row("the objects of another package", Refusal.OBJECT_UNLISTED, Refusal.OBJECT_SIZE)
def _foreign_objects(good, other):
    return good.with_members([*good.members[:2], *other.members[2:]]).sealed()


@row("volumes without objects", Refusal.BAD_MANIFEST)
def _empty_volumes(good, _other):
    return good.with_fields(volumes=2).sealed()


@row("two volumes in one file", Refusal.WRONG_VOLUME)
def _two_volumes(good, _other):
    return _in_two_volumes(good).sealed()


@row("a volume that lacks an object of its own", Refusal.OBJECT_MISSING)
def _short_volume(good, _other):
    parts = _in_two_volumes(good)
    return parts.with_members([*parts.members[:2], *parts.members[3:-1]]).sealed()


@row("a volume that begins in its middle", Refusal.OBJECT_MISPLACED)
def _late_volume(good, _other):
    parts = _in_two_volumes(good)
    return parts.with_members([*parts.members[:2], *parts.members[4:]]).sealed()


def _in_two_volumes(good):
    """The same objects under a manifest that puts all but the first into a second volume."""
    objects = [each | {"vol": 1 if place == 0 else 2} for place, each in enumerate(good.body["objects"])]
    return good.with_fields(objects=objects, volumes=2)


# Row 10: formats and suites.


@row("a newer format", Refusal.NEWER_FORMAT)
def _newer(good, _other):
    return good.with_fields(format="mingcha/2").sealed()


@row("a feature that is not known", Refusal.NEWER_FEATURE)
def _feature(good, _other):
    return good.with_fields(features=["telepathy"]).sealed()


@row("another suite than the envelope", Refusal.SUITE_MISMATCH)
def _suite(good, _other):
    return good.with_fields(suite="G1").sealed()


_HEADS = {
    "a newer age": b"age-encryption.org/v2\n-> X25519 x\n",
    "an unknown suite": b"mingcha-sm/v1\n",
    "a pass phrase": b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"
    + b"A" * 43
    + b"\n--- "
    + b"A" * 43
    + b"\n",
    "armor": b"-----BEGIN AGE ENCRYPTED FILE-----\n",
    "a zip": b"PK\x03\x04",
    "a database": b"SQLite format 3\0",
}


@rows({f"an envelope with {name}": head for name, head in _HEADS.items()}, Refusal.UNKNOWN_FORMAT)
def _strange_envelope(_good, _other, head):
    return head + bytes(5000)


def _named(data):
    return f"o/{hashlib.sha256(data).hexdigest()}", data
