"""What a file is by its content, and where name and content disagree. Recorded and shown, never a reason to refuse.

Only the first and the last bytes are looked at, without decoding anything, so this is safe outside the worker.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.i18n import _
from desktop.media.containers import box_mime, is_encrypted_zip, ole_mime, riff_mime, zip_mime

SAMPLE_BYTES = 72 * 1024
"""How much of each end has to be given: the end record of a ZIP lies up to 66 KiB before the end."""

UNKNOWN = "application/octet-stream"
EMPTY = "inode/x-empty"


class Oddity(StrEnum):
    """What is not as the name or the type promises. Recorded as these words; ``oddity_text`` explains them."""

    EMPTY = "empty"
    WRONG_EXTENSION = "wrong-extension"
    LOOSE_END = "loose-end"
    FOREIGN_CONTENT = "foreign-content"
    ENCRYPTED = "encrypted"


@dataclass(frozen=True)
class Content:
    """What a file is by its content: its type, and what is odd about it."""

    mime: str
    oddities: tuple[Oddity, ...] = ()


PREVIEWABLE = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/tiff",
        "image/bmp",
        "image/gif",
        "image/heic",
        "image/heif",
    }
)
"""Types of which a thumbnail may be tried. Everything else is shown by name only."""

# (offset, signature, type); the first that fits wins.
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\x00\x00\x01\x00", "image/x-icon"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "image/jp2"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\x01\x00\x09\x00\x00\x03", "image/wmf"),
    (40, b" EMF", "image/emf"),
    (0, b"%!PS", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (0, b"AC10", "image/vnd.dwg"),
    (0, b"\x1aE\xdf\xa3", "video/x-matroska"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x00\x00\x01\xba", "video/mpeg"),
    (0, b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-asf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"#!SILK_V3", "audio/silk"),
    (1, b"#!SILK_V3", "audio/silk"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\x4c\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"age-encryption.org/v1\n", "application/age"),
    (0, b"{\\rtf", "application/rtf"),
    (257, b"ustar", "application/x-tar"),
    (0, b"#!", "text/x-script"),
)

_EXTENSIONS: Mapping[str, frozenset[str]] = {
    mime: frozenset(names.split())
    for mime, names in {
        "image/jpeg": "jpg jpeg jpe jfif mpo",
        "image/png": "png apng",
        "image/gif": "gif",
        "image/tiff": "tif tiff dng nef arw cr2 pef",
        "image/webp": "webp",
        "image/bmp": "bmp dib",
        "image/heic": "heic heif hif",
        "image/heif": "heif heic hif",
        "image/avif": "avif",
        "image/svg+xml": "svg",
        "image/x-icon": "ico",
        "image/jp2": "jp2",
        "image/wmf": "wmf",
        "image/emf": "emf",
        "image/vnd.adobe.photoshop": "psd",
        "image/vnd.dwg": "dwg",
        "video/mp4": "mp4 m4v",
        "video/quicktime": "mov qt",
        "video/3gpp": "3gp 3g2",
        "video/x-matroska": "mkv webm mka",
        "video/x-flv": "flv",
        "video/mpeg": "mpg mpeg vob",
        "video/x-ms-asf": "wmv wma asf",
        "video/x-msvideo": "avi",
        "audio/mp4": "m4a mp4",
        "audio/mpeg": "mp3",
        "audio/aac": "aac",
        "audio/ogg": "ogg oga opus ogv",
        "audio/flac": "flac",
        "audio/amr": "amr",
        "audio/silk": "silk slk aud amr",
        "audio/wav": "wav",
        "application/pdf": "pdf",
        "application/postscript": "ps eps ai",
        "application/rtf": "rtf doc",
        "application/zip": "zip",
        "application/ofd": "ofd",
        "application/epub+zip": "epub",
        "application/java-archive": "jar",
        "application/vnd.android.package-archive": "apk",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "application/vnd.ms-word.document.macroEnabled.12": "docm",
        "application/vnd.ms-excel.sheet.macroEnabled.12": "xlsm",
        "application/vnd.ms-powerpoint.presentation.macroEnabled.12": "pptm",
        "application/vnd.oasis.opendocument.text": "odt",
        "application/vnd.oasis.opendocument.spreadsheet": "ods",
        "application/vnd.oasis.opendocument.presentation": "odp",
        "application/msword": "doc dot wps",
        "application/vnd.ms-excel": "xls xlt et",
        "application/vnd.ms-powerpoint": "ppt pps dps",
        "application/x-ole-storage": "doc xls ppt wps et dps msg msi vsd",
        "application/encrypted-office": "doc xls ppt docx xlsx pptx docm xlsm pptm wps et dps",
        "application/x-msdownload": "exe dll scr com sys ocx",
        "application/x-elf": "so bin elf",
        "application/x-ms-shortcut": "lnk",
        "application/x-7z-compressed": "7z",
        "application/vnd.rar": "rar",
        "application/gzip": "gz tgz",
        "application/x-tar": "tar",
        "application/vnd.sqlite3": "db sqlite sqlite3",
        "application/age": "age mcp",
        "text/html": "html htm",
        "text/xml": "xml",
        "text/x-script": "sh py pl rb",
        "text/plain": "txt csv tsv log md json ini srt gpx kml nmea eml mht vcf bat cmd ps1 vbs js css",
    }.items()
}
_KNOWN_EXTENSIONS = frozenset().union(*_EXTENSIONS.values())

_ENDS: Mapping[str, bytes] = {"image/jpeg": b"\xff\xd9", "image/png": b"IEND\xaeB`\x82", "image/gif": b"\x3b"}
_HTML = re.compile(rb"<(?:!doctype\s+html|html|script|iframe|body)[\s>]", re.IGNORECASE)
_PDF_ENCRYPTION = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")


def sniff(head: bytes, tail: bytes, size: int, name: str) -> Content:
    """Look at the first and last SAMPLE_BYTES (all, of a shorter file) of a file of ``size`` bytes."""
    mime = _mime(head, tail, size)
    found = {
        Oddity.EMPTY: size == 0,
        Oddity.WRONG_EXTENSION: _has_wrong_extension(mime, name),
        Oddity.LOOSE_END: _has_loose_end(mime, head, tail, size),
        Oddity.FOREIGN_CONTENT: _has_foreign_content(mime, head, tail),
        Oddity.ENCRYPTED: _is_encrypted(mime, head, tail),
    }
    return Content(mime, tuple(oddity for oddity, is_there in found.items() if is_there))


def oddity_text(oddity: Oddity) -> str:
    return {
        Oddity.EMPTY: _("The file is empty."),
        Oddity.WRONG_EXTENSION: _("The name promises another kind of file than the content is."),
        Oddity.LOOSE_END: _("The file is cut short, or something was appended to it."),
        Oddity.FOREIGN_CONTENT: _("The file also contains a file of another kind."),
        Oddity.ENCRYPTED: _("The file is protected with a password."),
    }[oddity]


def names_picture(name: str) -> bool:
    """Whether the name promises a picture; for a file whose content nobody has looked at yet."""
    extension = _extension(name)
    return any(mime.startswith("image/") and extension in known for mime, known in _EXTENSIONS.items())


def _mime(head: bytes, tail: bytes, size: int) -> str:
    if size == 0:
        return EMPTY
    for offset, signature, mime in _SIGNATURES:
        if head.startswith(signature, offset):
            return mime
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return zip_mime(head, tail)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ole_mime(head, tail)
    if head.startswith(b"RIFF"):
        return riff_mime(head) or UNKNOWN
    if head[4:8] == b"ftyp":
        return box_mime(head)
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return _text_mime(head, size)


def _text_mime(head: bytes, size: int) -> str:
    if b"\0" in head:
        return UNKNOWN
    beginning = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _HTML.match(beginning):
        return "text/html"
    if b"<svg" in head[:4096].lower():
        return "image/svg+xml"
    if beginning.startswith(b"<?xml"):
        return "text/xml"
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head[:4096]):
        return UNKNOWN
    return "text/plain" if _is_text(head, is_whole=len(head) == size) else UNKNOWN


def _is_text(head: bytes, is_whole: bool) -> bool:
    """True for UTF-8 and GB 18030; the sample may end within a character."""
    for encoding in ("utf-8", "gb18030"):
        for missing in range(1 if is_whole else 4):
            try:
                head[: len(head) - missing].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _has_wrong_extension(mime: str, name: str) -> bool:
    """True if the name promises another type. Names without an ending, and endings nobody knows, promise none."""
    extension = _extension(name)
    if mime == EMPTY or extension not in _KNOWN_EXTENSIONS:
        return False
    return extension not in _EXTENSIONS.get(mime, frozenset())


def _extension(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def _has_loose_end(mime: str, head: bytes, tail: bytes, size: int) -> bool:
    if mime in _ENDS:
        # Some cameras fill the last block up with zeros.
        return not tail.rstrip(b"\0").endswith(_ENDS[mime])
    if mime == "application/pdf":
        return b"%%EOF" not in tail[-1024:]
    if mime == "image/webp":
        return 8 + int.from_bytes(head[4:8], "little") not in (size, size - 1)
    if mime == "image/bmp":
        return int.from_bytes(head[2:6], "little") != size
    return False


def _has_foreign_content(mime: str, head: bytes, tail: bytes) -> bool:
    """True for a second format inside; only for types that have no business to hold another."""
    if mime.startswith(("image/", "video/", "audio/")) or mime == "application/pdf":
        if b"PK\x05\x06" in tail:
            return True
        is_pdf = mime == "application/pdf"
        return (
            not is_pdf
            and mime != "image/svg+xml"
            and (b"%PDF-" in head[:4096] or _HTML.search(head[:4096]) is not None)
        )
    return False


def _is_encrypted(mime: str, head: bytes, tail: bytes) -> bool:
    if mime == "application/pdf":
        return any(_PDF_ENCRYPTION.search(sample) for sample in (head, tail))
    if mime in ("application/encrypted-office", "application/age"):
        return True
    return head.startswith(b"PK\x03\x04") and is_encrypted_zip(head, tail)
