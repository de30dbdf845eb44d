"""What the demo photos are drawn with: a canvas without pixels, simple colours, Chinese lettering."""

from functools import cache

from PIL import Image, ImageDraw, ImageFont

from desktop.datafiles import RESOURCES

Colour = tuple[int, int, int]
Size = tuple[int, int]

WHITE: Colour = (250, 250, 247)
INK: Colour = (52, 58, 66)


@cache
def font(height_px: int) -> ImageFont.FreeTypeFont:
    """Noto Sans SC; it has the rare characters of names that the demo uses (㛃, 𬭎, 䶮)."""
    path = RESOURCES / "fonts" / "NotoSansSC-Regular.ttf"
    return ImageFont.truetype(str(path), height_px, layout_engine=ImageFont.Layout.BASIC)


class Canvas:
    """Drawing in thousandths of the width and height, so that a scene fits a tall picture as well as a wide one."""

    def __init__(self, size: Size, top: Colour, bottom: Colour) -> None:
        self.size = size
        self.image = _gradient(size, top, bottom)
        self._draw = ImageDraw.Draw(self.image)

    def box(self, left: float, top: float, right: float, bottom: float, fill: Colour) -> None:
        self._draw.rectangle((self._at(left, top), self._at(right, bottom)), fill)

    def shape(self, points: list[tuple[float, float]], fill: Colour) -> None:
        self._draw.polygon([self._at(x, y) for x, y in points], fill)

    def line(self, points: list[tuple[float, float]], fill: Colour, width: float = 4) -> None:
        thick = max(1, round(width * min(self.size) / 1000))
        self._draw.line([self._at(x, y) for x, y in points], fill, thick)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        """``radius`` is in thousandths of the shorter side: a disc stays round."""
        centre_x, centre_y = self._at(x, y)
        r = radius * min(self.size) / 1000
        self._draw.ellipse((centre_x - r, centre_y - r, centre_x + r, centre_y + r), fill)

    def text(self, x: float, y: float, text: str, height: float, fill: Colour) -> None:
        """Centred on (x, y); ``height`` in thousandths of the shorter side."""
        face = font(max(8, round(height * min(self.size) / 1000)))
        self._draw.text(self._at(x, y), text, fill, face, anchor="mm")

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.size[0] / 1000, y * self.size[1] / 1000


def _gradient(size: Size, top: Colour, bottom: Colour) -> Image.Image:
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)
