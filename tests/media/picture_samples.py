"""Pictures made by code, sound and hostile; no binary file lies in the repository."""

import base64
import io
import struct
import zlib

from PIL import Image

ASCII, SHORT, LONG, RATIONAL, UNDEFINED, SRATIONAL = 2, 3, 4, 5, 7, 10
EXIF_POINTER, GPS_POINTER, MAKER_NOTE = 0x8769, 0x8825, 0x927C


def picture(size=(64, 48), mode="RGB"):
    """A picture whose four corners differ: red, green, blue and white, clockwise from the upper left."""
    width, height = size
    image = Image.new("RGB", size, "white")
    image.paste((255, 0, 0), (0, 0, width // 2, height // 2))
    image.paste((0, 255, 0), (width // 2, 0, width, height // 2))
    image.paste((0, 0, 255), (width // 2, height // 2, width, height))
    return image.convert(mode)


def encoded(image, form, **options):
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def jpeg(size=(64, 48), exif=b"", **options):
    """A JPEG with exactly these Exif bytes (a TIFF structure), well formed or not."""
    data = encoded(picture(size), "JPEG", quality=90, **options)
    return with_exif(data, exif) if exif else data


def with_exif(data, exif):
    return data[:2] + segment(0xE1, b"Exif\0\0" + exif) + data[2:]


def segment(marker, content):
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content


def png(size=(64, 48)):
    return encoded(picture(size), "PNG")


def png_chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_header(width, height):
    """The 57 bytes of a PNG that claims any size and holds no pixel."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")
    )


def flat_gray_jpeg(width, height):
    """A gray JPEG of any size in little space: every block is the same six bits (no difference, end of block)."""
    small = encoded(Image.new("L", (8, 8), 128), "JPEG")
    frame = small.index(b"\xff\xc0") + 5
    scan = small.index(b"\xff\xda")
    start = scan + 2 + int.from_bytes(small[scan + 2 : scan + 4], "big")
    blocks = -(-width // 8) * -(-height // 8)
    bits = b"\x28\xa2\x8a" * -(-blocks // 4)
    return small[:frame] + struct.pack(">HH", height, width) + small[frame + 4 : start] + bits + b"\xff\xd9"


def ascii_tag(tag, text):
    data = text if isinstance(text, bytes) else text.encode()
    return tag, ASCII, len(data) + 1, data + b"\0"


def short_tag(tag, value):
    return tag, SHORT, 1, struct.pack("<H", value)


def rationals_tag(tag, *pairs):
    return tag, RATIONAL, len(pairs), b"".join(struct.pack("<II", *pair) for pair in pairs)


def exif(main=(), details=(), gps=()):
    """Lay out a little-endian TIFF structure of up to three folders; every entry is (tag, type, count, bytes)."""
    folders = [list(main), list(details), list(gps)]
    for pointer, folder in ((EXIF_POINTER, folders[1]), (GPS_POINTER, folders[2])):
        if folder:
            folders[0].append((pointer, LONG, 1, bytes(4)))
    starts, end = [], 8
    for folder in folders:
        starts.append(end)
        if folder:
            end += 2 + 12 * len(folder) + 4 + sum(_outside(data) for *_rest, data in folder)
    pointers = {EXIF_POINTER: starts[1], GPS_POINTER: starts[2]}
    return b"II*\0" + struct.pack("<I", 8) + b"".join(map(_folder, folders, starts, [pointers] * 3))


def _outside(data):
    return len(data) + len(data) % 2 if len(data) > 4 else 0


def _folder(entries, start, pointers):
    if not entries:
        return b""
    place = start + 2 + 12 * len(entries) + 4
    rows, outside = b"", b""
    for tag, kind, count, data in sorted(entries, key=lambda entry: entry[0]):
        if tag in pointers:
            data = struct.pack("<I", pointers[tag])
        if len(data) > 4:
            rows += struct.pack("<HHII", tag, kind, count, place + len(outside))
            outside += data + b"\0" * (len(data) % 2)
        else:
            rows += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
    return struct.pack("<H", len(entries)) + rows + bytes(4) + outside


def gps_tags(latitude=((30, 1), (15, 1), (0, 1)), longitude=((120, 1), (30, 1), (0, 1)), letters="NE"):
    tags = [rationals_tag(2, *latitude), rationals_tag(4, *longitude)]
    if letters:
        tags += [ascii_tag(1, letters[0]), ascii_tag(3, letters[1])]
    return tags


def mp4(content=b"film"):
    """The boxes of a film without its list of frames (moov): nothing in it can be played."""
    boxes = ((b"ftyp", b"isom" + bytes(4) + b"isommp42"), (b"mdat", content))
    return b"".join(struct.pack(">I", len(data) + 8) + kind + data for kind, data in boxes)


def heic():
    """The picture of ``picture()`` as a phone by Apple writes it, pixels and all; no library here can encode it."""
    return base64.b64decode(HEIC_TEXT)


HEIC_TEXT = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAX1tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAACJpbG9jAAAAAERAAAEAAQAAAAABoQABAAAAAAAAAD0AAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAA"
    "AA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNw"
    "AAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFz"
    "wIkAAAATY29scm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAA"
    "Av////AAAAACAAAAEHBpeGkAAAAAAwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAAEVtZGF0AAAAOSgBrxmA94UN/87K"
    "fZ7g5Nofk4GBc1KbQHysNZXGYh4v3b3L3yzdKrJrNj+4oibm7KS4J4tvf9Xn+A=="
)
