"""Opening pictures that may be hostile: few formats, bounded size, two typed failures. Only for the worker.

``verify()`` of Pillow is never used: it passes a JPEG cut in half. Only the hash proves that bytes are whole.
"""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pi_heif
from PIL import (
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from desktop.errors import UserError
from desktop.i18n import _

MAX_PIXELS = 225_000_000
"""A phone's 200-megapixel photo has 199,756,800; what is larger is kept as evidence, without a preview."""

PLUGINS = (
    BmpImagePlugin,
    GifImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

# MPO has no opener of its own: that of JPEG sees it. EPS, which would start Ghostscript, is left out.
FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF", "HEIF")

DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
)
"""What the decoders raise for damaged files. Anything else ends the worker, which is no worse."""


class UnreadableError(UserError):
    """The bytes are not a picture that can be shown: damaged, cut short or of another kind."""

    def __init__(self) -> None:
        super().__init__(
            _("This picture cannot be shown: it is damaged, cut short or of another kind."),
            _("The original is kept unchanged and can be exported."),
        )


class PictureTooLargeError(MemoryError):
    """The picture would take more memory than a preview is worth."""


def open_picture(data: bytes) -> ImageFile.ImageFile:
    """Read the header of a picture; the pixels come with ``load_pixels``. Of many frames the first counts."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    if "HEIF" not in Image.OPEN:
        pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
    with _complaints_translated():
        return Image.open(io.BytesIO(data), formats=FORMATS)


def load_pixels(picture: ImageFile.ImageFile) -> None:
    with _complaints_translated():
        picture.load()


@contextmanager
def _complaints_translated() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            yield
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
            raise PictureTooLargeError from error
        except DECODER_ERRORS as error:
            raise UnreadableError from error
