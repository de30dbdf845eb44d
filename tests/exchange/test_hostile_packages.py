"""What bad packages must give, row by row of the table in docs/FORMAT-package.md.

In every case nothing is left in the sinks, and the refusal says which of the reasons it was.
"""

import io
import random
import tracemalloc
from dataclasses import replace

import pytest

from desktop.domain import canonical
from desktop.exchange import tarstream
from desktop.exchange.manifest import Role, key_fingerprint, recipient_hashes
from desktop.exchange.read_package import peek_package
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.keys.sealing import encrypt_stream
from desktop.keys.sshsig import MAX_SIGNATURE_BYTES
from tests.exchange.mutations import mutated
from tests.exchange.packages import (
    ESCROW,
    FIELD_KEY,
    OBJECTS,
    OFFICE,
    OFFICE_NODE,
    OTHER_KEY,
    PHOTO,
    SECRET_NOTE,
    STRANGER,
    Sinks,
    as_object,
    body_of,
    make_manifest,
    members_of,
    raw_key,
    read,
    seal,
    sign_manifest,
    tar_of,
    write,
)

NOTE = as_object(SECRET_NOTE)
DAMAGE = {Refusal.DAMAGED, Refusal.TRUNCATED, Refusal.UNKNOWN_FORMAT, Refusal.NOT_FOR_US}


def refused(path, **options):
    """Return the refusal of a package; whatever came of it must have been thrown away."""
    sinks = Sinks()
    with pytest.raises(PackageRefusedError) as error:
        read(path, sinks, **options)
    assert sinks.is_untouched
    return error.value


def refused_members(tmp_path, members, **options):
    return refused(seal(tmp_path / "hostile.mcp", tar_of(members, **options)))


def refused_manifest(tmp_path, data, **options):
    """Return the refusal of a package with these manifest bytes, properly signed."""
    return refused_members(tmp_path, members_of(manifest_bytes=data), **options)


def payload_start(data):
    """Where age's header ends, behind its MAC of 43 characters."""
    return data.index(b"\n--- ") + len("\n--- ") + 43 + len("\n")


@pytest.fixture
def good(tmp_path):
    return write(tmp_path).paths[0].read_bytes()


# Row 1: damage on the way.


@pytest.mark.parametrize("seed", range(200))
def test_damaged_file_is_refused(good, tmp_path, seed):
    path = tmp_path / "damaged.mcp"
    path.write_bytes(mutated(good, random.Random(seed)))

    assert refused(path).reason in DAMAGE


@pytest.mark.parametrize("part", ["header", "first chunk", "middle chunk", "last chunk", "last byte"])
def test_flipped_bit_is_refused(good, tmp_path, part):
    payload = payload_start(good)
    places = {
        "header": 60,
        "first chunk": payload + 100,
        "middle chunk": payload + 16 + 65_552 + 10,
        "last chunk": len(good) - 5000,
        "last byte": len(good) - 1,
    }
    data = bytearray(good)
    data[places[part]] ^= 1
    path = tmp_path / "flipped.mcp"
    path.write_bytes(data)

    assert refused(path).reason in {Refusal.DAMAGED, Refusal.NOT_FOR_US}


def test_swapped_chunks_are_refused(tmp_path):
    data = write(tmp_path, (*OBJECTS, (Role.EVIDENCE, "video/mp4", bytes(200_000)))).paths[0].read_bytes()
    start = payload_start(data) + 16
    first, second = data[start : start + 65_552], data[start + 65_552 : start + 2 * 65_552]
    path = tmp_path / "swapped.mcp"
    path.write_bytes(data[:start] + second + first + data[start + 2 * 65_552 :])

    assert refused(path).reason is Refusal.DAMAGED


def test_cut_file_is_refused_wherever_it_is_cut(good, tmp_path):
    path = tmp_path / "cut.mcp"
    payload = payload_start(good)
    borders = [0, 1, 21, 22, payload - 1, payload, payload + 15, payload + 16, payload + 16 + 65_552]
    for end in [*borders, *range(100, len(good), 4999), len(good) - 1]:
        path.write_bytes(good[:end])

        assert refused(path).reason in {Refusal.TRUNCATED, Refusal.DAMAGED}


def test_file_cut_between_two_chunks_is_called_incomplete(good, tmp_path):
    path = tmp_path / "cut.mcp"
    path.write_bytes(good[: payload_start(good) + 16 + 65_552])

    assert refused(path).reason is Refusal.TRUNCATED


def test_empty_file_is_refused_as_incomplete(tmp_path):
    path = tmp_path / "empty.mcp"
    path.touch()

    assert refused(path).reason is Refusal.TRUNCATED


@pytest.mark.parametrize("extra", [b"\0", b"\n", bytes(65_552)])
def test_bytes_after_the_end_are_refused(good, tmp_path, extra):
    path = tmp_path / "longer.mcp"
    path.write_bytes(good + extra)

    assert refused(path).reason is Refusal.DAMAGED


def test_tar_that_ends_early_in_an_unharmed_envelope_is_refused(tmp_path):
    tar = tar_of(members_of())
    for end in [0, 1, 511, 512, 5000, len(tar) - 1024, len(tar) - 512, len(tar) - 1]:
        assert refused(seal(tmp_path / "short.mcp", tar[:end])).reason is Refusal.BAD_STRUCTURE


# Row 2: not for us, not from whom it says.


def test_package_encrypted_for_somebody_else_is_refused(tmp_path):
    path = seal(tmp_path / "x.mcp", tar_of(members_of()), [STRANGER])

    assert refused(path).reason is Refusal.NOT_FOR_US


def test_signature_by_another_key_than_the_named_one_is_refused(tmp_path):
    data = make_manifest().encode()
    members = members_of(manifest_bytes=data, signature=sign_manifest(data, OTHER_KEY))

    assert refused_members(tmp_path, members).reason is Refusal.WRONG_SIGNER


def test_key_that_comes_in_the_package_is_only_handed_to_those_who_know_senders(tmp_path):
    data = make_manifest(key=OTHER_KEY).encode()
    path = seal(
        tmp_path / "x.mcp", tar_of(members_of(manifest_bytes=data, signature=sign_manifest(data, OTHER_KEY)))
    )

    def admit(manifest, _bytes, _signature, signer_key):
        assert manifest.sender.fingerprint == key_fingerprint(signer_key)
        if signer_key != raw_key(FIELD_KEY):
            raise PackageRefusedError(Refusal.UNKNOWN_SENDER)

    assert refused(path, admit=admit).reason is Refusal.UNKNOWN_SENDER


def test_signature_for_another_purpose_is_refused(tmp_path):
    data = make_manifest().encode()
    members = members_of(manifest_bytes=data, signature=sign_manifest(data, namespace="mingcha-card@v1"))

    assert refused_members(tmp_path, members).reason is Refusal.OTHER_PURPOSE


def test_changed_manifest_is_refused(tmp_path):
    data = make_manifest().encode()
    members = members_of(manifest_bytes=data.replace(b'"seq":1', b'"seq":2'), signature=sign_manifest(data))

    assert refused_members(tmp_path, members).reason is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    "signature", [b"x", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n"]
)
def test_what_is_no_signature_is_refused(tmp_path, signature):
    assert refused_members(tmp_path, members_of(signature=signature)).reason is Refusal.BAD_SIGNATURE


# Row 3: other objects than were signed.


def test_replaced_object_is_refused(tmp_path):
    members = [*members_of()[:-1], (NOTE[0], SECRET_NOTE.replace(b"third", b"fifth"))]

    refusal = refused_members(tmp_path, members)

    assert refusal.reason is Refusal.OBJECT_CHANGED
    assert refusal.place == NOTE[0]


def test_extra_object_is_refused(tmp_path):
    extra = as_object(b"more")

    refusal = refused_members(tmp_path, [*members_of(), extra])

    assert (refusal.reason, refusal.place) == (Refusal.OBJECT_UNLISTED, extra[0])


def test_missing_last_object_is_refused(tmp_path):
    refusal = refused_members(tmp_path, members_of()[:-1])

    assert (refusal.reason, refusal.place) == (Refusal.OBJECT_MISSING, NOTE[0])


def test_missing_object_is_refused_when_the_next_comes(tmp_path):
    members = members_of()
    del members[-2]

    assert refused_members(tmp_path, members).reason is Refusal.OBJECT_MISPLACED


def test_objects_in_another_order_are_refused(tmp_path):
    *others, first, second = members_of()

    assert refused_members(tmp_path, [*others, second, first]).reason is Refusal.OBJECT_MISPLACED


def test_object_that_comes_twice_is_refused(tmp_path):
    assert refused_members(tmp_path, [*members_of(), NOTE]).reason is Refusal.OBJECT_DUPLICATE


@pytest.mark.parametrize("data", [SECRET_NOTE + b"x", SECRET_NOTE[:-1], b""])
def test_object_of_another_size_is_refused_before_its_first_byte(tmp_path, data):
    refusal = refused_members(tmp_path, [*members_of()[:-1], (NOTE[0], data)])

    assert (refusal.reason, refusal.place) == (Refusal.OBJECT_SIZE, NOTE[0])


def test_object_before_the_manifest_is_refused(tmp_path):
    refusal = refused_members(tmp_path, [NOTE, *members_of()[:-1]])

    assert refusal.reason is Refusal.BAD_STRUCTURE
    assert refusal.place.endswith("instead of manifest.json")


def test_object_before_the_signature_is_refused(tmp_path):
    manifest, signature, *objects = members_of()

    refusal = refused_members(tmp_path, [manifest, *objects, signature])

    assert refusal.place.endswith("instead of manifest.sig")


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sig"])
def test_second_manifest_or_signature_is_refused(tmp_path, name):
    refusal = refused_members(tmp_path, [*members_of(), (name, b"{}")])

    assert (refusal.reason, refusal.place) == (Refusal.BAD_STRUCTURE, f"a second {name}")


def test_package_of_nothing_is_refused(tmp_path):
    assert refused(seal(tmp_path / "x.mcp", tarstream.END)).reason is Refusal.BAD_STRUCTURE
    assert refused(seal(tmp_path / "x.mcp", b"")).reason is Refusal.BAD_STRUCTURE


# Row 4: names and types. All forms of headers are tried in test_tarstream.py; here one goes all the way.


@pytest.mark.parametrize("name", ["../x", "/x", "C:\\x", "con", "o/\x07", "o/" + "AB" * 32])
def test_member_with_another_name_is_refused(tmp_path, name):
    refusal = refused_members(tmp_path, [*members_of(), (name, b"x")])

    assert refusal.reason is Refusal.BAD_STRUCTURE
    assert "a member named" in refusal.place


@pytest.mark.parametrize("kind", [b"1", b"2", b"3", b"4", b"5", b"6", b"x", b"L", b"S"])
def test_member_that_is_no_regular_file_is_refused(tmp_path, kind):
    tar = bytearray(tar_of(members_of()))
    header = tar.index(NOTE[0].encode() + b"\0")
    tar[header + 156 : header + 157] = kind
    tar[header + 148 : header + 156] = b" " * 8
    tar[header + 148 : header + 156] = b"%06o\0 " % sum(tar[header : header + 512])

    refusal = refused(seal(tmp_path / "x.mcp", bytes(tar)))

    assert (refusal.reason, refusal.place) == (
        Refusal.BAD_STRUCTURE,
        f"byte {header}: the header of {NOTE[0]}",
    )


# Row 5: bombs. Nothing of them is held or waited for.


@pytest.fixture
def bounded():
    """Fail a test that takes much memory."""
    tracemalloc.start()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 64 << 20


class Endless:
    """A file of a head and very many zeros."""

    def __init__(self, head, zeros):
        self._head = io.BytesIO(head)
        self._zeros = zeros

    def read(self, size):
        if data := self._head.read(size):
            return data
        taken = min(size, self._zeros)
        self._zeros -= taken
        return bytes(taken)


def seal_endless(path, head, zeros):
    with path.open("wb") as file:
        encrypt_stream(Endless(head, zeros), file, [OFFICE, ESCROW])
    return path


@pytest.mark.usefixtures("bounded")
def test_manifest_of_20_mb_is_refused_at_its_header(tmp_path):
    size = 20 << 20
    path = seal_endless(tmp_path / "x.mcp", tarstream.header("manifest.json", size), size)

    seen = []
    refusal = refused(path, report_progress=lambda done, _: seen.append(done))

    assert (refusal.reason, refusal.place) == (Refusal.BAD_STRUCTURE, f"manifest.json of {size} bytes")
    assert seen[-1] <= 1 << 20


@pytest.mark.usefixtures("bounded")
def test_signature_of_a_megabyte_is_refused_at_its_header(tmp_path):
    manifest = members_of()[0]
    tar = tar_of([manifest], pad=b"", end=b"") + tarstream.header("manifest.sig", 1 << 20)

    assert refused(seal(tmp_path / "x.mcp", tar)).place == f"manifest.sig of {1 << 20} bytes"


@pytest.mark.parametrize(
    ("size", "reason"),
    [(MAX_SIGNATURE_BYTES, Refusal.BAD_SIGNATURE), (MAX_SIGNATURE_BYTES + 1, Refusal.BAD_STRUCTURE)],
)
def test_limit_of_the_signature_is_the_documented_one(tmp_path, size, reason):
    assert refused_members(tmp_path, members_of(signature=b"x" * size)).reason is reason


@pytest.mark.usefixtures("bounded")
def test_pad_of_100_mb_is_refused_at_its_header(tmp_path):
    size = 100 << 20
    head = tar_of(members_of(), pad=b"", end=b"") + tarstream.header("pad", size)

    path = seal_endless(tmp_path / "x.mcp", head, size)

    seen = []
    refusal = refused(path, report_progress=lambda done, _: seen.append(done))

    assert (refusal.reason, refusal.place) == (Refusal.BAD_PADDING, f"{size} bytes")
    assert seen[-1] <= 1 << 20


@pytest.mark.parametrize("change", [-512, 512])
def test_pad_of_another_size_is_refused(tmp_path, change):
    members = members_of(objects=(*OBJECTS, (Role.EVIDENCE, "video/mp4", bytes(300_000))))
    right = len(tar_of(members, end=b"")) - len(tar_of(members, pad=b"", end=b"")) - 512
    pad = tarstream.header("pad", right + change) + bytes(right + change)

    assert refused_members(tmp_path, members, pad=pad).reason is Refusal.BAD_PADDING


def test_pad_that_is_not_zero_is_refused(tmp_path):
    tar = bytearray(tar_of(members_of()))
    tar[-1025] = 1

    assert refused(seal(tmp_path / "x.mcp", bytes(tar))).place == "bytes that are not zero"


def test_package_without_a_pad_is_refused(tmp_path):
    assert refused_members(tmp_path, members_of(), pad=b"").place == "no pad at the end"


@pytest.mark.parametrize("member", [NOTE, ("pad", b""), ("manifest.json", b"{}")])
def test_member_after_the_pad_is_refused(tmp_path, member):
    tar = tar_of(members_of(), end=b"") + tar_of([member], pad=b"")

    assert refused(seal(tmp_path / "x.mcp", tar)).place == f"{member[0]} after the pad"


def test_contents_larger_than_the_free_space_are_refused_before_any_object(good, tmp_path):
    path = tmp_path / "x.mcp"
    path.write_bytes(good)
    total = sum(len(data) for _, _, data in OBJECTS)

    refusal = refused(path, free_bytes=total - 1)

    assert refusal.reason is Refusal.TOO_LARGE
    assert read(path, Sinks(), free_bytes=total)


@pytest.mark.usefixtures("bounded")
@pytest.mark.parametrize(
    "data",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"format":"mingcha/1","format":"mingcha/1"}',
        b'{"seq":NaN}',
        b'{"seq":1.0}',
        b'{"app":"\xff\xfe"}',
        b'{"app":"\xed\xa0\x80"}',
        b'{"app":"\\udc00"}',
        b"\xef\xbb\xbf{}",
        b"{}",
        b" ",
    ],
    ids=lambda data: repr(data[:24]),
)
def test_manifest_that_is_no_canonical_json_is_refused(tmp_path, data):
    assert refused_manifest(tmp_path, data).reason is Refusal.BAD_MANIFEST


def test_empty_manifest_is_refused(tmp_path):
    members = [("manifest.json", b""), ("manifest.sig", sign_manifest(b""))]

    assert refused_members(tmp_path, members).reason is Refusal.BAD_MANIFEST


# Row 9: taken from somebody else.


def test_package_for_another_office_wrapped_again_for_us_is_refused(tmp_path):
    manifest = make_manifest(recipients=(STRANGER, ESCROW), dest=OFFICE_NODE)

    assert refused_members(tmp_path, members_of(manifest)).reason is Refusal.FORWARDED


def test_package_for_another_node_with_the_same_key_is_refused(tmp_path):
    refusal = refused_members(tmp_path, members_of(make_manifest(dest="b" * 32)))

    assert (refusal.reason, refusal.place) == (Refusal.OTHER_DESTINATION, "b" * 32)


def test_objects_of_another_package_are_refused(tmp_path):
    ours, theirs = members_of(), members_of(objects=((*OBJECTS[:3], (Role.EVIDENCE, "text/plain", b"other"))))

    assert refused_members(tmp_path, [*ours[:2], *theirs[2:]]).reason is Refusal.OBJECT_UNLISTED


def test_package_whose_other_volumes_are_missing_is_refused_as_split(tmp_path):
    first, *others = make_manifest().objects
    infos = (first, *(replace(info, volume=2) for info in others))

    refusal = refused_members(tmp_path, members_of(make_manifest(listed=infos, volumes=2))[:3])

    assert (refusal.reason, refusal.place) == (Refusal.SPLIT, "1 of 2")


def test_package_that_promises_volumes_without_objects_is_refused(tmp_path):
    assert refused_members(tmp_path, members_of(make_manifest(volumes=2))).reason is Refusal.BAD_MANIFEST


# Row 10: formats and suites.


def test_newer_format_is_refused_with_the_advice_to_update(tmp_path):
    refusal = refused_manifest(tmp_path, canonical.encode(body_of() | {"format": "mingcha/2"}))

    assert refusal.reason is Refusal.NEWER_FORMAT
    assert "升级" in refusal.advice


def test_required_feature_that_is_not_known_is_refused_with_the_advice_to_update(tmp_path):
    refusal = refused_manifest(tmp_path, canonical.encode(body_of() | {"features": ["telepathy"]}))

    assert (refusal.reason, refusal.place) == (Refusal.NEWER_FEATURE, "telepathy")
    assert "升级" in refusal.advice


def test_suite_in_the_manifest_has_to_be_that_of_the_envelope(tmp_path):
    refusal = refused_manifest(tmp_path, canonical.encode(body_of() | {"suite": "G1"}))

    assert (refusal.reason, refusal.place) == (Refusal.SUITE_MISMATCH, "G1, A1")


@pytest.mark.parametrize(
    "head",
    [
        b"age-encryption.org/v2\n-> X25519 x\n",
        b"mingcha-sm/v1\n",
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"
        + b"A" * 43
        + b"\n--- "
        + b"A" * 43
        + b"\n",
        b"-----BEGIN AGE ENCRYPTED FILE-----\n",
        b"PK\x03\x04 a zip file",
        b"SQLite format 3\0",
        b"\xef\xbb\xbfage-encryption.org/v1\n",
    ],
    ids=["newer age", "unknown suite", "pass phrase", "armor", "zip", "SQLite", "BOM"],
)
def test_other_envelopes_are_refused_at_once(tmp_path, head):
    path = tmp_path / "x.mcp"
    path.write_bytes(head + bytes(5000))

    assert refused(path).reason is Refusal.UNKNOWN_FORMAT
    with pytest.raises(PackageRefusedError) as peeked:
        peek_package(path)
    assert peeked.value.reason is Refusal.UNKNOWN_FORMAT


@pytest.mark.parametrize("make", ["mkdir", "nothing"])
def test_what_is_no_file_is_refused(tmp_path, make):
    path = tmp_path / "x.mcp"
    if make == "mkdir":
        path.mkdir()

    assert refused(path).reason is Refusal.NOT_A_FILE


def test_evidence_is_not_left_in_any_file(good, tmp_path):
    path = tmp_path / "cut.mcp"
    path.write_bytes(good[:-1])

    refused(path)

    for file in tmp_path.rglob("*"):
        assert PHOTO[:64] not in file.read_bytes()
        assert SECRET_NOTE not in file.read_bytes()


def test_recipients_are_signed_as_hashes():
    assert make_manifest().recipients == recipient_hashes((OFFICE, ESCROW))
