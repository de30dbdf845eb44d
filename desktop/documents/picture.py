"""What stands in a cell besides text: a photo, a QR code, handwriting."""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import PDFError
from reportlab.pdfbase.pdfutils import readJPEGInfo

from desktop.domain.strokes import BOX_HEIGHT, BOX_WIDTH, Stroke

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
# A picture that claims more would take gigabytes to unpack; those that arrive here are already scaled.
_MOST_PIXELS = 50_000_000


@dataclass(frozen=True)
class Photo:
    """JPEG or PNG bytes, shown as large as the box allows; what cannot be decoded leaves ``note`` in a frame.

    JPEG bytes are embedded as they are. A turn noted in EXIF is not applied.
    """

    data: bytes
    width: float
    height: float
    note: str


@dataclass(frozen=True)
class QrCode:
    text: str
    width: float

    @property
    def height(self) -> float:
        return self.width


@dataclass(frozen=True)
class Ink:
    """Handwriting, drawn as lines from its strokes: no picture that came from elsewhere is ever read for it."""

    strokes: tuple[Stroke, ...]
    width: float

    @property
    def height(self) -> float:
        return self.width * BOX_HEIGHT / BOX_WIDTH


Picture = Photo | QrCode | Ink


def read_photo(data: bytes) -> ImageReader | None:
    """Decode a photo wholly, so that a damaged one is found here and not by the reader of the document."""
    try:
        width, height = _size(data)
        if not 0 < width * height <= _MOST_PIXELS:
            return None
        reader = ImageReader(BytesIO(data))
        reader.getRGBData()
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, PDFError, struct.error, zlib.error):
        return None
    return reader


def _size(data: bytes) -> tuple[int, int]:
    if data.startswith(_JPEG):
        width, height = readJPEGInfo(BytesIO(data))[:2]
        return width, height
    if data.startswith(_PNG):
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    raise ValueError("neither JPEG nor PNG")
