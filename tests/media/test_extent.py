import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media.extent import content_end
from tests.media.picture_samples import encoded, jpeg, picture, png

FORMATS = {
    "image/jpeg": jpeg(),
    "image/png": png(),
    "image/gif": encoded(picture(), "GIF"),
    "image/webp": encoded(picture(), "WEBP"),
    "image/bmp": encoded(picture(), "BMP"),
}


def box(kind, content):
    return struct.pack(">I", len(content) + 8) + kind + content


MP4 = box(b"ftyp", b"isom" + bytes(8)) + box(b"mdat", bytes(500)) + box(b"moov", bytes(40))


@pytest.mark.parametrize("mime", FORMATS)
@pytest.mark.parametrize("behind", [b"", b"PK\x03\x04", MP4, b"\0" * 100, b"\xff\xd9"])
def test_the_end_of_a_picture_is_found_whatever_follows(mime, behind):
    data = FORMATS[mime]

    assert content_end(data + behind, mime) == len(data)


@pytest.mark.parametrize("mime", FORMATS)
def test_a_picture_cut_short_has_no_end(mime):
    data = FORMATS[mime]

    assert {content_end(data[:size], mime) for size in range(0, len(data) - 1)} == {None}


def test_the_thumbnail_in_a_photo_is_not_its_end():
    data = jpeg(exif=b"II*\0" + bytes(20) + jpeg((16, 16)))

    assert content_end(data, "image/jpeg") == len(data)


def test_a_progressive_photo_has_several_scans():
    data = encoded(picture((300, 200)), "JPEG", progressive=True, quality=95)

    assert data.count(b"\xff\xda") > 1
    assert content_end(data + b"more", "image/jpeg") == len(data)


def test_a_photo_with_several_pictures_ends_after_the_last():
    """Evidence catalogue 80: an MPO is one format, not something appended."""
    data = encoded(picture(), "MPO", save_all=True, append_images=[picture((32, 32))])

    assert content_end(data + b"film", "image/jpeg") == len(data)
    assert content_end(data[:-20], "image/jpeg") < len(data) - 20


def test_a_photo_behind_an_ordinary_photo_was_appended():
    assert content_end(jpeg() + jpeg(), "image/jpeg") == len(jpeg())


def test_an_animation_ends_after_its_last_frame():
    frames = [picture(), picture().rotate(90), picture().rotate(180)]
    data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:], comment=b"note")

    assert content_end(data + b"more", "image/gif") == len(data)


@pytest.mark.parametrize("mime", ["image/heic", "video/mp4", "video/quicktime"])
def test_boxes_end_where_something_else_begins(mime):
    large = struct.pack(">I4sQ", 1, b"mdat", 16 + 5) + b"abcde"

    assert content_end(MP4, mime) == len(MP4)
    assert content_end(MP4 + b"PK\x03\x04\x14\0\0\0", mime) == len(MP4)
    assert content_end(MP4 + large + b"\xff\xd8\xff\xe0", mime) == len(MP4 + large)
    assert content_end(MP4 + b"\0\0\0\0mdat" + bytes(9), mime) == len(MP4) + 17
    assert content_end(MP4[:-1], mime) is None
    assert content_end(MP4 + b"\0\0\0\x03free", mime) is None
    assert content_end(b"PK\x03\x04", mime) is None


def test_other_formats_do_not_tell_their_end():
    assert content_end(b"anything", "text/plain") is None


@given(data=st.binary(max_size=200), mime=st.sampled_from([*FORMATS, "image/heic"]), is_cut=st.booleans())
def test_any_bytes_give_an_end_within_them_or_none(data, mime, is_cut):
    start = FORMATS.get(mime, MP4)
    whole = (start[: len(start) // 2] if is_cut else b"") + data
    end = content_end(whole, mime)

    assert end is None or 0 < end <= len(whole)
