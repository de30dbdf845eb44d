"""Types that share a container: ZIP (Office, OFD), OLE (old Office), boxes (HEIC, MP4), RIFF (WebP, AVI).

Archives are opaque evidence: their lists of names are read, nothing in them is unpacked.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_MAX_ENTRIES = 4096
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")

_OFFICE = {
    b"word/": ("openxmlformats-officedocument.wordprocessingml.document", "ms-word.document"),
    b"xl/": ("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet"),
    b"ppt/": ("openxmlformats-officedocument.presentationml.presentation", "ms-powerpoint.presentation"),
}

_BRANDS = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"heim": "image/heic",
    b"heis": "image/heic",
    b"hevc": "image/heic",
    b"mif1": "image/heif",
    b"msf1": "image/heif",
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"qt  ": "video/quicktime",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
}


@dataclass(frozen=True)
class _ZipEntry:
    name: bytes
    is_encrypted: bool
    stored: bytes = b""


def zip_mime(head: bytes, tail: bytes) -> str:
    entries = [*_local_entries(head), *_central_entries(tail)]
    names = {entry.name for entry in entries}
    # OFD first: it also has files that look like those of Office.
    if b"OFD.xml" in names:
        return "application/ofd"
    declared = next((entry.stored for entry in entries if entry.name == b"mimetype"), b"")
    if declared.isascii() and declared.startswith((b"application/vnd.oasis.", b"application/epub")):
        return declared.decode("ascii").strip()
    if b"[Content_Types].xml" in names:
        for folder, (plain, with_macros) in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                has_macros = folder + b"vbaProject.bin" in names
                return f"application/vnd.{f'{with_macros}.macroEnabled.12' if has_macros else plain}"
    if b"AndroidManifest.xml" in names:
        return "application/vnd.android.package-archive"
    return "application/java-archive" if b"META-INF/MANIFEST.MF" in names else "application/zip"


def is_encrypted_zip(head: bytes, tail: bytes) -> bool:
    return any(entry.is_encrypted for entry in (*_local_entries(head), *_central_entries(tail)))


def ole_mime(head: bytes, tail: bytes) -> str:
    """Return the type by the names of streams, as far as they stand near one of the ends."""
    for stream, mime in (
        ("EncryptedPackage", "application/encrypted-office"),
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ):
        name = stream.encode("utf-16-le")
        if name in head or name in tail:
            return mime
    return "application/x-ole-storage"


def riff_mime(head: bytes) -> str | None:
    return {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}.get(head[8:12])


def box_mime(head: bytes) -> str:
    brand = head[8:12]
    return _BRANDS.get(brand) or ("video/3gpp" if brand[:2] == b"3g" else "video/mp4")


def _local_entries(head: bytes) -> Iterator[_ZipEntry]:
    """Read the entries at the beginning, up to the first whose packed size is not known in advance."""
    position = 0
    for _ in range(_MAX_ENTRIES):
        if position + _LOCAL.size > len(head) or not head.startswith(b"PK\x03\x04", position):
            return
        _sign, _version, flags, method, _t, _d, _crc, packed, _size, name_bytes, extra_bytes = (
            _LOCAL.unpack_from(head, position)
        )
        start = position + _LOCAL.size
        position = start + name_bytes + extra_bytes
        name = head[start : start + name_bytes]
        stored = head[position : position + min(packed, 100)] if method == 0 else b""
        yield _ZipEntry(name, bool(flags & 1), stored)
        if flags & 8 and packed == 0:
            return
        position += packed


def _central_entries(tail: bytes) -> Iterator[_ZipEntry]:
    """Read the list at the end, if it lies within the sample."""
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + _END.size > len(tail):
        return
    list_bytes = _END.unpack_from(tail, end)[5]
    position = end - list_bytes
    for _ in range(_MAX_ENTRIES):
        if not 0 <= position <= end - _CENTRAL.size or not tail.startswith(b"PK\x01\x02", position):
            return
        fields = _CENTRAL.unpack_from(tail, position)
        flags, name_bytes, extra_bytes, comment_bytes = fields[3], fields[10], fields[11], fields[12]
        start = position + _CENTRAL.size
        yield _ZipEntry(tail[start : start + name_bytes], bool(flags & 1))
        position = start + name_bytes + extra_bytes + comment_bytes
