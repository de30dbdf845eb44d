"""Photos to work with: real JPEG files of any size, the same bytes for the same number."""

import io
from random import Random

from PIL import Image


def photo(number, side):
    """A square JPEG that does not compress, of about ``side`` × ``side`` bytes."""
    picture = Image.frombytes("RGB", (side, side), Random(number).randbytes(side * side * 3))
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=60)
    return target.getvalue()
