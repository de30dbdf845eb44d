import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.picture import read_photo
from tests.documents.pictures import picture

JPEG, PNG = picture("JPEG"), picture("PNG")


@pytest.mark.parametrize(
    "data",
    [JPEG, PNG, picture("JPEG", mode="L"), picture("JPEG", mode="CMYK"), picture("PNG", mode="RGBA")],
    ids=["jpeg", "png", "gray", "cmyk", "transparent"],
)
def test_jpeg_and_png_are_read(data):
    assert read_photo(data).getSize() == (64, 48)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        JPEG[:20],
        JPEG[: len(JPEG) // 2],
        PNG[:30],
        PNG[:-30],
        picture("GIF"),
        picture("BMP"),
    ],
    ids=["empty", "text", "jpeg head", "half jpeg", "png head", "cut png", "gif", "bmp"],
)
def test_what_cannot_be_shown_is_none(data):
    assert read_photo(data) is None


@pytest.mark.parametrize(("width", "height"), [(100_000, 100_000), (0, 10)])
def test_picture_that_claims_a_monstrous_size_is_not_unpacked(width, height):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))

    assert read_photo(PNG[:8] + chunk + PNG[33:]) is None


@given(st.data())
def test_damaged_picture_is_shown_or_refused_but_never_crashes(data):
    content = bytearray(data.draw(st.sampled_from([JPEG, PNG])))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    read_photo(bytes(content[: data.draw(st.integers(0, len(content)))]))
    read_photo(bytes(content))
