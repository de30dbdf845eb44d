"""Films made by code: boxes with a head and no frame worth looking at."""

import struct
from datetime import UTC, datetime

EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
APPLE = b"com.apple.quicktime.creationdate"


def box(kind, content=b"", *, is_long=False):
    if is_long:
        return struct.pack(">I4sQ", 1, kind, len(content) + 16) + content
    return struct.pack(">I4s", len(content) + 8, kind) + content


def mvhd(moment=None, version=0, seconds=None):
    if seconds is None:
        seconds = 0 if moment is None else round((moment - EPOCH).total_seconds())
    times = struct.pack(">QQ" if version else ">II", seconds, seconds)
    return box(b"mvhd", bytes([version, 0, 0, 0]) + times + bytes(80))


def apple_date(text, name=APPLE, *, is_iso=False, before=(b"com.apple.quicktime.make",)):
    """The box ``meta`` in which a telephone of Apple says when it recorded."""
    names = [*before, name]
    listed = b"".join(struct.pack(">I4s", len(each) + 8, b"mdta") + each for each in names)
    keys = box(b"keys", bytes(4) + struct.pack(">I", len(names)) + listed)
    value = box(b"data", struct.pack(">II", 1, 0) + text)
    other = box(struct.pack(">I", 1), box(b"data", struct.pack(">II", 1, 0) + b"Apple"))
    ilst = box(b"ilst", other + box(struct.pack(">I", len(names)), value))
    return box(b"meta", (bytes(4) if is_iso else b"") + box(b"hdlr", bytes(24)) + keys + ilst)


def index(*parts):
    """The content of ``moov``; between its parts stands a track, as in a film."""
    return box(b"trak", bytes(200)).join(parts)


def film(*parts, brand=b"isom", is_index_last=True, frames=bytes(5000)):
    head, moov, mdat = box(b"ftyp", brand + bytes(4)), box(b"moov", index(*parts)), box(b"mdat", frames)
    return head + (mdat + moov if is_index_last else moov + mdat)
