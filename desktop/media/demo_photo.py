"""The photos of the fictitious city: drawn, clearly marked, the same bytes every time on one machine.

They stand in for camera files, with what real ones bring along: large pixels, turned sensors, times with and
without a zone, positions that are exact, broken or missing. No real scene, person or place is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw

from desktop.media.demo_canvas import Size, font
from desktop.media.demo_exif import Camera, Position, make_exif
from desktop.media.demo_indoors import draw_document, draw_hall, draw_office
from desktop.media.demo_outdoors import (
    draw_bare_soil,
    draw_board,
    draw_building,
    draw_construction,
    draw_covered_soil,
    draw_factory,
    draw_road,
    draw_village,
)

SENSOR: Size = (1600, 1200)
MARK = "演示照片"
QUALITY = 86
# How the sensor lies for each Exif orientation: what has to be done to an upright picture to get its pixels.
_TURNED: Mapping[int, Image.Transpose] = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
}
_SIDEWAYS = (6, 8)
_GRAIN = 9
_GRAIN_TABLE = bytes(128 - _GRAIN + value * 2 * _GRAIN // 255 for value in range(256))
_PLATE_LINES = 2


class Scene(StrEnum):
    CONSTRUCTION = "construction"
    BARE_SOIL = "bare_soil"
    COVERED_SOIL = "covered_soil"
    BUILDING = "building"
    ROAD = "road"
    FACTORY = "factory"
    VILLAGE = "village"
    HALL = "hall"
    OFFICE = "office"
    BOARD = "board"
    DOCUMENT = "document"


_LETTERED = (Scene.HALL, Scene.OFFICE, Scene.BOARD, Scene.DOCUMENT)
_SHARE_MIRRORED = 0.5


@dataclass(frozen=True)
class DemoPhoto:
    """``taken_at`` is the camera's idea of the time. ``orientation`` is one of 1, 3, 6 and 8 as Exif counts them.

    Photos with the same ``seed`` and orientation show the same place, before and after.
    """

    scene: Scene
    caption: str
    place: str
    taken_at: datetime
    seed: str
    camera: Camera = Camera.PHONE
    position: Position | None = None
    orientation: int = 1


def draw_photo(photo: DemoPhoto) -> bytes:
    """The photo as a JPEG file."""
    rng = Random(photo.seed)  # noqa: S311  # colours, not secrets
    size = SENSOR[::-1] if photo.orientation in _SIDEWAYS else SENSOR
    image = _SCENES[photo.scene](size, rng)
    if photo.scene not in _LETTERED and rng.random() < _SHARE_MIRRORED:
        image = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    image = _with_grain(image, rng)
    image = _with_plate(image, photo)
    if photo.orientation in _TURNED:
        image = image.transpose(_TURNED[photo.orientation])
    target = BytesIO()
    exif = make_exif(photo.camera, photo.taken_at, photo.position, photo.orientation)
    image.save(target, "JPEG", quality=QUALITY, exif=exif)
    return target.getvalue()


def _with_grain(image: Image.Image, rng: Random) -> Image.Image:
    """Sensor noise: without it the file would be a tenth of the size of a real photo."""
    width, height = image.size
    bytes_of_grain = rng.randbytes(width * height).translate(_GRAIN_TABLE)
    grain = Image.frombytes("L", image.size, bytes_of_grain)
    return ImageChops.add(image, Image.merge("RGB", (grain, grain, grain)), offset=-128)


def _with_plate(image: Image.Image, photo: DemoPhoto) -> Image.Image:
    """What was photographed, where and when, on a dark strip; and that the picture is made up."""
    width, height = image.size
    size = min(width, height) // 30
    strip = size * (2 * _PLATE_LINES + 1)
    shade = Image.new("RGB", (width, strip), (24, 28, 36))
    below = image.crop((0, height - strip, width, height))
    image.paste(Image.blend(below, shade, 0.72), (0, height - strip))
    draw = ImageDraw.Draw(image)
    top = height - strip + size // 2
    draw.text((size, top), photo.caption, (255, 255, 255), font(size * 3 // 2))
    line = f"{photo.place}　{photo.taken_at:%Y-%m-%d %H:%M}"
    draw.text((size, top + size * 5 // 2), line, (214, 220, 228), font(size))
    _stamp(draw, width - size, size, size * 3 // 2)
    return image


def _stamp(draw: ImageDraw.ImageDraw, right: int, top: int, size: int) -> None:
    face = font(size)
    wide = round(draw.textlength(MARK, face)) + size
    draw.rounded_rectangle((right - wide, top, right, top + size * 2), size // 3, (190, 38, 38))
    draw.text((right - wide / 2, top + size), MARK, (255, 255, 255), face, anchor="mm")


_SCENES: Mapping[Scene, Callable[[Size, Random], Image.Image]] = {
    Scene.CONSTRUCTION: draw_construction,
    Scene.BARE_SOIL: draw_bare_soil,
    Scene.COVERED_SOIL: draw_covered_soil,
    Scene.BUILDING: draw_building,
    Scene.ROAD: draw_road,
    Scene.FACTORY: draw_factory,
    Scene.VILLAGE: draw_village,
    Scene.HALL: draw_hall,
    Scene.OFFICE: draw_office,
    Scene.BOARD: draw_board,
    Scene.DOCUMENT: draw_document,
}
