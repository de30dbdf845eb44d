"""Files that were made to hang, crash or deceive whoever opens them. All go through the real worker."""

import hashlib
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from desktop.domain import canonical
from desktop.media.observation import MAX_RAW_CHARACTERS, Status, observations_from_json
from desktop.media.task import Outcome
from desktop.media.worker import Worker
from tests.media.picture_samples import (
    LONG,
    MAKER_NOTE,
    SHORT,
    UNDEFINED,
    ascii_tag,
    encoded,
    exif,
    gps_tags,
    jpeg,
    picture,
    png,
    png_chunk,
    short_tag,
)

SMALL = {"longest_side": 320}
ANSWERS = (Outcome.OK, Outcome.UNREADABLE, Outcome.TOO_LARGE)


@pytest.fixture(scope="module")
def worker():
    with Worker() as worker:
        yield worker


def seen(worker, data):
    result = worker.run("describe", data)
    assert result.outcome is Outcome.OK, result
    return {observation.key: observation for observation in observations_from_json(result.value)}


def is_shown(worker, data):
    return worker.run("thumbnail", data, SMALL).outcome is Outcome.OK


def test_a_bit_flipped_in_the_pixels_is_seen_by_the_hash_alone(worker):
    """Evidence catalogue 67."""
    data = bytearray(jpeg((640, 480)))
    before = hashlib.sha256(data).hexdigest()
    data[len(data) // 2] ^= 1

    assert is_shown(worker, bytes(data))
    assert hashlib.sha256(data).hexdigest() != before


def with_chunk(kind, content):
    data = png()
    return data[:33] + png_chunk(kind, content) + data[33:]


BOMB = zlib.compress(bytes(200 << 20), 9)


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (b"zTXt", b"note\0\0"),
        (b"iTXt", b"note\0\x01\0\0\0"),
        (b"iCCP", b"profile\0\0"),
    ],
)
def test_a_text_that_unpacks_without_end_is_an_error_of_the_worker_only(worker, kind, prefix):
    """Evidence catalogue 70."""
    data = with_chunk(kind, prefix + BOMB)

    for task, options in (("describe", None), ("thumbnail", SMALL)):
        assert worker.run(task, data, options).outcome in (Outcome.OK, Outcome.UNREADABLE)
    assert is_shown(worker, png())


def test_a_maker_note_of_a_billion_bytes_is_no_obstacle(worker):
    """Evidence catalogue 71."""
    note = (MAKER_NOTE, UNDEFINED, 1_006_641_184, bytes(8))

    found = seen(worker, jpeg(exif=exif([ascii_tag(0x010F, "Nikon")], [note])))

    assert found["make"].parsed == "Nikon"
    assert found["metadata"].status is Status.MALFORMED


LOOP = b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 0x8769, LONG, 1, 8) + struct.pack("<I", 8)
MANY = b"II*\0\x08\0\0\0" + b"".join(
    struct.pack("<H", 1) + struct.pack("<HHII", 0x010F, SHORT, 1, 7) + struct.pack("<I", 8 + 18 * (n + 1))
    for n in range(3600)
)
BROKEN_TAGS = [
    pytest.param(LOOP, id="a folder that contains itself"),
    pytest.param(MANY, id="thousands of folders"),
    pytest.param(b"II*\0\x08\0\0\0\xff\xff" + bytes(100), id="65535 entries that are not there"),
    pytest.param(b"II*\0\xff\xff\xff\xff", id="a folder behind the end"),
    pytest.param(b"II*\0", id="no folder"),
    pytest.param(b"XX*\0\x08\0\0\0", id="no byte order"),
    pytest.param(b"II+\0\x08\0\0\0" + bytes(40), id="64-bit structure"),
    pytest.param(b"\0" * 60, id="zeros"),
]


@pytest.mark.parametrize("tags", BROKEN_TAGS)
def test_broken_tags_do_not_hide_the_picture(worker, tags):
    """Evidence catalogue 72."""
    data = jpeg((640, 480), tags)

    assert seen(worker, data)["width_px"].parsed == 640
    assert is_shown(worker, data)


def test_tags_that_cannot_be_read_as_a_whole_are_said_to_be_so(worker):
    found = seen(worker, jpeg(exif=b"XX*\0\x08\0\0\0"))

    assert found["metadata"].status is Status.MALFORMED
    assert found["metadata"].raw


@pytest.mark.parametrize("count", [0, 1, 3, 4_000_000_000])
@pytest.mark.parametrize("kind", [0, 1, 3, 5, 7, 12, 13, 99])
def test_tags_of_any_type_and_number_are_bounded(worker, kind, count):
    """Evidence catalogue 72."""
    tags = [(tag, kind, count, bytes(24)) for tag in (0x010F, 0x0112, 0x0132)]
    gps = [(tag, kind, count, bytes(24)) for tag in (1, 2, 3, 4, 7, 29)]

    found = seen(worker, jpeg(exif=exif(tags, [(0x9003, kind, count, bytes(24))], gps)))

    assert found["latitude_udeg"].status in (Status.ABSENT, Status.MALFORMED, Status.IMPLAUSIBLE)


@pytest.mark.parametrize(
    ("tags", "statuses"),
    [
        (gps_tags(((30, 0), (15, 0), (0, 0)), ((120, 0), (0, 0), (0, 0))), {Status.MALFORMED}),
        (gps_tags(((999, 1), (0, 1), (0, 1))), {Status.IMPLAUSIBLE}),
        (gps_tags(letters=""), {Status.MALFORMED}),
        (gps_tags(((0, 1),) * 3, ((0, 1),) * 3), {Status.IMPLAUSIBLE}),
    ],
)
def test_a_position_that_cannot_be_true_is_marked_and_never_a_float(worker, tags, statuses):
    """Evidence catalogue 74."""
    found = seen(worker, jpeg(exif=exif(gps=tags)))

    pair = (found["latitude_udeg"], found["longitude_udeg"])
    assert {observation.status for observation in pair} == statuses
    assert not any(isinstance(observation.parsed, float) for observation in pair)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("0000:00:00 00:00:00", Status.ABSENT),
        ("                   ", Status.ABSENT),
        ("2026:02:30 25:61:61", Status.MALFORMED),
        ("1904:03:04 00:00:00", Status.IMPLAUSIBLE),
        ("2099:01:01 00:00:00", Status.IMPLAUSIBLE),
    ],
)
def test_a_time_that_cannot_be_true_is_marked(worker, value, status):
    """Evidence catalogue 75."""
    found = seen(worker, jpeg(exif=exif(details=[ascii_tag(0x9003, value)])))

    assert found["captured_at"].status is status
    assert found["captured_at"].raw == value


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "=cmd|'/C calc'!A0",
        "x" * 60_000,
        b"\xef\xbb\xbfCanon",
        "Canon".encode("utf-16"),
        "佳能".encode("gbk"),
        b"\xff\xfe\xfd\0\x01",
        "照片\u202egpj".encode(),
    ],
)
def test_texts_of_any_kind_stay_texts_of_bounded_length(worker, value):
    """Evidence catalogue 76."""
    found = seen(worker, jpeg(exif=exif([ascii_tag(0x010F, value)])))

    assert 0 < len(found["make"].raw) <= MAX_RAW_CHARACTERS
    assert found["make"].raw.isascii()
    canonical.encode(found["make"].as_json())


def test_an_orientation_leaves_the_original_as_it_was(worker):
    """Evidence catalogue 77."""
    data = jpeg((64, 48), exif([short_tag(0x0112, 6)]))
    before = hashlib.sha256(data).hexdigest()

    assert worker.run("thumbnail", data, SMALL).value == [48, 64]
    assert hashlib.sha256(data).hexdigest() == before


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(encoded(picture(), "EPS"), id="EPS"),
        pytest.param(b"%!PS-Adobe-3.0\n%%BoundingBox: 0 0 9 9\n", id="PS"),
        pytest.param(b"\xd7\xcd\xc6\x9a" + bytes(200), id="WMF"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", id="SVG"),
        pytest.param(encoded(picture(), "TGA"), id="TGA"),
        pytest.param(encoded(picture(), "PPM"), id="PPM"),
        pytest.param(encoded(picture(), "ICO"), id="ICO"),
        pytest.param(encoded(picture(), "JPEG2000"), id="JPEG 2000"),
        pytest.param(encoded(picture(), "PDF"), id="PDF"),
    ],
)
def test_other_kinds_of_pictures_are_not_decoded(worker, data):
    """Evidence catalogue 78."""
    for task in ("describe", "thumbnail"):
        assert worker.run(task, data, SMALL).outcome is Outcome.UNREADABLE


def animated(form):
    # The TIFF encoder takes quadratic time.
    frames = [Image.new("P", (20, 20), number % 256) for number in range(300 if form == "TIFF" else 2000)]
    return encoded(frames[0].convert("RGB"), form, save_all=True, append_images=frames[1:])


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG", "TIFF"])
def test_of_thousands_of_frames_the_first_is_shown(worker, form):
    """Evidence catalogue 79."""
    data = animated(form)

    assert is_shown(worker, data)
    assert seen(worker, data)["width_px"].parsed == 20


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content


def full_box(kind, content, version=0):
    return box(kind, bytes([version, 0, 0, 0]) + content)


def heic(exif_offset):
    """A HEIC whose Exif item says that its tags begin ``exif_offset`` bytes further on, and without pixels."""
    item = struct.pack(">I", exif_offset) + b"Exif\0\0" + exif([ascii_tag(0x010F, "Apple")])
    infos = b"".join(
        full_box(b"infe", struct.pack(">HH", number, 0) + kind + b"\0", version=2)
        for number, kind in ((1, b"hvc1"), (2, b"Exif"))
    )
    config = box(b"hvcC", b"\x01" + bytes(21) + b"\0")
    properties = box(
        b"iprp",
        box(b"ipco", full_box(b"ispe", struct.pack(">II", 64, 64)) + config)
        + full_box(b"ipma", struct.pack(">I", 1) + struct.pack(">HB", 1, 2) + b"\x81\x82"),
    )
    links = full_box(b"iref", box(b"cdsc", struct.pack(">HHH", 2, 1, 1)))

    def meta(start):
        location = full_box(
            b"iloc",
            b"\x44\x00"
            + struct.pack(">H", 2)
            + struct.pack(">HHHII", 1, 0, 1, start, 4)
            + struct.pack(">HHHII", 2, 0, 1, start, len(item)),
        )
        return full_box(
            b"meta",
            full_box(b"hdlr", bytes(4) + b"pict" + bytes(13))
            + full_box(b"pitm", struct.pack(">H", 1))
            + location
            + full_box(b"iinf", struct.pack(">H", 2) + infos)
            + properties
            + links,
        )

    head = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    return head + meta(len(head) + len(meta(0)) + 8) + box(b"mdat", item)


@pytest.mark.parametrize("offset", [0, 6, 0x7FFFFFFF, 0xFFFFFFFF])
def test_tags_of_a_heic_that_lie_4_gigabytes_further_are_not_looked_for(worker, offset):
    """Evidence catalogue 73."""
    result = worker.run("describe", heic(offset))

    assert result.outcome in (Outcome.OK, Outcome.UNREADABLE)
    assert worker.run("thumbnail", heic(offset), SMALL).outcome is Outcome.UNREADABLE


SAMPLES = [
    jpeg(
        (40, 30),
        exif([ascii_tag(0x010F, "Make"), short_tag(0x0112, 6)], [ascii_tag(0x9003, "2026")], gps_tags()),
    ),
    png((40, 30)),
    encoded(picture((40, 30)), "GIF"),
    encoded(picture((40, 30)), "WEBP"),
    encoded(picture((40, 30)), "TIFF"),
    encoded(picture((40, 30)), "TIFF", compression="tiff_lzw"),
    encoded(picture((40, 30)), "BMP"),
    encoded(picture((40, 30)), "MPO", save_all=True, append_images=[picture((20, 20))]),
    heic(6),
]


@given(data=st.data())
def test_a_mutated_picture_costs_one_result_at_most(worker, data):
    """A native crash, as the HEIC decoder has for one in a thousand of these, is survived; an exception that the
    decoders were not known to raise would leave a trace."""
    mutable = bytearray(data.draw(st.sampled_from(SAMPLES)))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, min(len(mutable) - 1, 700)))
        mutable[place] = data.draw(st.integers(0, 255))
    del mutable[data.draw(st.integers(1, len(mutable))) :]

    for task, options in (("describe", None), ("thumbnail", {"longest_side": 32})):
        result = worker.run(task, bytes(mutable), options)

        assert result.trace == ""
        assert result.outcome in (*ANSWERS, Outcome.CRASHED)
        if task == "describe" and result.outcome is Outcome.OK:
            assert observations_from_json(result.value)
