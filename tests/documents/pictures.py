"""Photos for tests, made by code."""

from io import BytesIO

from PIL import Image


def picture(kind="JPEG", size=(64, 48), mode="RGB", color=(200, 30, 40)):
    out = BytesIO()
    Image.new("RGB", size, color).convert(mode).save(out, kind)
    return out.getvalue()
