"""Where a file ends by the rules of its own format: what stands behind that was put there by something else.

Motion photos carry a film behind the picture, and a JPEG with a ZIP behind it is both to whoever asks. Nothing
is cut off; the number of bytes is recorded.
"""

import re
from collections.abc import Callable, Mapping

_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker inside a scan; ``FF 00`` is a stuffed byte and ``FF D0-D7`` a restart."""

_JPEG_START, _JPEG_END, _JPEG_SCAN = 0xD8, 0xD9, 0xDA
_MAX_BOXES = 100_000


def content_end(data: bytes, mime: str) -> int | None:
    """Return the offset behind the last byte of the content.

    None where the format cannot tell, or where the file is cut short or damaged before its end.
    """
    walk = _WALKS.get(mime)
    end = walk(data) if walk else None
    return end if end is not None and end <= len(data) else None


def _jpeg_end(data: bytes) -> int | None:
    """Walk the pictures of a JPEG; a multi-picture file (MPO) has several, one behind the other."""
    end = _one_jpeg_end(data, 0)
    if end is None or b"MPF\0" not in data[:end]:
        return end
    while data[end : end + 3] == b"\xff\xd8\xff":
        following = _one_jpeg_end(data, end)
        if following is None:
            return end
        end = following
    return end


def _one_jpeg_end(data: bytes, start: int) -> int | None:
    position = start + 2
    while (found := _JPEG_MARKER.search(data, position)) is not None:
        marker = data[found.start() + 1]
        position = found.end()
        if marker == _JPEG_END:
            return position
        if marker != _JPEG_START:
            length = int.from_bytes(data[position : position + 2], "big")
            if length < 2:
                return None
            position += length
    return None


def _png_end(data: bytes) -> int | None:
    position = 8
    while position + 12 <= len(data):
        kind = data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[position : position + 4], "big")
        if kind == b"IEND":
            return position
    return None


def _gif_end(data: bytes) -> int | None:
    if len(data) < 13:
        return None
    position = 13 + _color_table_bytes(data[10])
    while position < len(data):
        block = data[position]
        if block == 0x3B:
            return position + 1
        if block == 0x2C and position + 10 < len(data):
            position += 11 + _color_table_bytes(data[position + 9])
        elif block == 0x21:
            position += 2
        else:
            return None
        while position < len(data) and data[position]:
            position += 1 + data[position]
        position += 1
    return None


def _color_table_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _riff_end(data: bytes) -> int | None:
    if len(data) < 12:
        return None
    size = int.from_bytes(data[4:8], "little")
    return 8 + size + size % 2


def _bmp_end(data: bytes) -> int | None:
    return int.from_bytes(data[2:6], "little") or None


def _box_end(data: bytes) -> int | None:
    """Walk the top boxes of HEIC, MP4 and MOV as far as they are known box types of printable letters."""
    position = 0
    for _ in range(_MAX_BOXES):
        header = data[position : position + 16]
        if len(header) < 8 or not header[4:8].isalnum():
            break
        size = int.from_bytes(header[:4], "big")
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if size == 0:
            return len(data)
        if size < 8 or position + size > len(data):
            return None
        position += size
    return position or None


_WALKS: Mapping[str, Callable[[bytes], int | None]] = {
    "image/jpeg": _jpeg_end,
    "image/png": _png_end,
    "image/gif": _gif_end,
    "image/webp": _riff_end,
    "image/bmp": _bmp_end,
    "image/heic": _box_end,
    "image/heif": _box_end,
    "video/mp4": _box_end,
    "video/quicktime": _box_end,
}
