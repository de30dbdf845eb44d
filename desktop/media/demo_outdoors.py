"""Places under the sky on the demo photos; every scene fills any size and varies with the random source."""

from random import Random

from PIL import Image

from desktop.media.demo_canvas import INK, WHITE, Canvas, Colour, Size

_SKIES: tuple[tuple[Colour, Colour], ...] = (
    ((104, 158, 214), (222, 234, 240)),
    ((150, 176, 196), (232, 230, 222)),
    ((126, 168, 190), (246, 224, 196)),
    ((92, 142, 200), (206, 226, 238)),
)


# How high a heap is at seven places from left to right.
_RIDGE = (0.0, 0.42, 0.78, 1.0, 0.84, 0.5, 0.0)


def _outdoors(size: Size, rng: Random) -> Canvas:
    canvas = Canvas(size, *rng.choice(_SKIES))
    for _cloud in range(rng.randint(2, 4)):
        x, y = rng.uniform(80, 920), rng.uniform(60, 220)
        for step in (-28, 0, 28):
            canvas.disc(x + step, y - (12 if step == 0 else 0), rng.uniform(26, 40), (240, 243, 244))
    return canvas


def _skyline(canvas: Canvas, rng: Random, ground: float) -> None:
    x = 0.0
    while x < 1000:
        width, height = rng.uniform(40, 95), rng.uniform(60, 190)
        grey = rng.randint(158, 188)
        canvas.box(x, ground - height, x + width, ground, (grey, grey + 6, grey + 14))
        x += width + rng.uniform(4, 30)


def _trees(canvas: Canvas, rng: Random, ground: float, count: int) -> None:
    for _tree in range(count):
        x, size = rng.uniform(20, 980), rng.uniform(24, 46)
        canvas.box(x - 4, ground - 40, x + 4, ground, (104, 82, 62))
        green = rng.randint(104, 140)
        canvas.disc(x, ground - 62, size, (70, green, 72))
        canvas.disc(x + 14, ground - 46, size * 0.75, (84, green + 14, 84))


def _windows(
    canvas: Canvas, rng: Random, box: tuple[float, float, float, float], columns: int, rows: int
) -> None:
    left, top, right, bottom = box
    wide, high = (right - left) / columns, (bottom - top) / rows
    for row in range(rows):
        for column in range(columns):
            x, y = left + column * wide, top + row * high
            glass = rng.choice(((148, 184, 208), (126, 164, 194), (176, 204, 218)))
            canvas.box(x + wide * 0.2, y + high * 0.2, x + wide * 0.8, y + high * 0.75, glass)


def draw_construction(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    _skyline(canvas, rng, 620)
    soil = rng.choice(((176, 146, 108), (160, 134, 104), (188, 160, 122)))
    canvas.box(0, 620, 1000, 1000, soil)
    left, floors = rng.uniform(120, 300), rng.randint(4, 6)
    top = 640 - floors * 74
    canvas.box(left, top, left + 380, 660, (120, 160, 132))
    for floor in range(floors + 1):
        canvas.box(left - 10, top + floor * 74, left + 390, top + floor * 74 + 12, (196, 194, 188))
    for column in range(7):
        canvas.box(left + column * 62, top - 34, left + column * 62 + 10, 660, (178, 176, 170))
    _crane(canvas, rng.uniform(700, 860), 640)
    canvas.shape([(560, 760), (650, 650), (780, 668), (900, 760)], (soil[0] - 22, soil[1] - 22, soil[2] - 18))
    for x in range(0, 1000, 50):
        canvas.box(x, 760, x + 46, 850, (62, 116, 170))
        canvas.box(x, 760, x + 46, 772, WHITE)
    _vehicle(canvas, rng.uniform(300, 620), 752, (232, 178, 52))
    return canvas.image


def _crane(canvas: Canvas, x: float, ground: float) -> None:
    yellow: Colour = (236, 178, 44)
    for side in (-9, 9):
        canvas.line([(x + side, ground), (x + side, 150)], yellow, 6)
    for y in range(150, int(ground), 36):
        canvas.line([(x - 9, y), (x + 9, y + 36)], yellow, 3)
    canvas.line([(x - 330, 156), (x + 120, 156)], yellow, 9)
    canvas.line([(x, 96), (x - 300, 150)], yellow, 3)
    canvas.line([(x, 96), (x + 110, 150)], yellow, 3)
    canvas.box(x + 70, 160, x + 116, 200, (150, 152, 156))
    canvas.line([(x - 230, 160), (x - 230, 360)], INK, 2)
    canvas.box(x - 254, 360, x - 206, 384, (170, 110, 70))


def _vehicle(canvas: Canvas, x: float, ground: float, colour: Colour) -> None:
    canvas.shape([(x, ground - 90), (x + 150, ground - 90), (x + 138, ground - 24), (x, ground - 24)], colour)
    canvas.box(x + 150, ground - 76, x + 200, ground - 24, (218, 222, 226))
    canvas.box(x + 164, ground - 68, x + 194, ground - 46, (120, 160, 190))
    for wheel in (34, 108, 176):
        canvas.disc(x + wheel, ground - 20, 22, (44, 46, 50))


def draw_bare_soil(size: Size, rng: Random) -> Image.Image:
    return _soil(size, rng, net=None)


def draw_covered_soil(size: Size, rng: Random) -> Image.Image:
    """The same heaps for the same random source, now under green nets."""
    return _soil(size, rng, net=(88, 138, 92))


def _soil(size: Size, rng: Random, net: Colour | None) -> Image.Image:
    canvas = _outdoors(size, rng)
    _skyline(canvas, rng, 440)
    soil = rng.choice(((168, 132, 92), (150, 118, 84), (182, 150, 112)))
    canvas.box(0, 440, 1000, 1000, soil)
    for x in range(0, 1000, 50):
        canvas.box(x, 380, x + 46, 452, (84, 130, 150))
    canvas.shape([(420, 452), (520, 452), (760, 1000), (160, 1000)], (128, 116, 100))
    red, green, blue = net or (soil[0] - 34, soil[1] - 32, soil[2] - 28)
    for x, y, width in ((300, 570, 240), (20, 760, 420), (560, 740, 430)):
        height = rng.uniform(0.5, 0.75) * width
        ridge = [(x + width * step / 6, y - height * part) for step, part in enumerate(_RIDGE)]
        canvas.shape(ridge, (red, green, blue))
        shade = [(x + width * 0.5, y - height), *ridge[4:], (x + width * 0.6, y)]
        canvas.shape(shade, (red - 16, green - 16, blue - 14))
    _vehicle(canvas, rng.uniform(420, 560), 640, (206, 120, 52))
    return canvas.image


def draw_building(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    _skyline(canvas, rng, 640)
    canvas.box(0, 640, 1000, 1000, (176, 178, 176))
    wall = rng.choice(((232, 216, 188), (220, 200, 178), (226, 226, 214)))
    canvas.box(150, 250, 850, 720, wall)
    canvas.box(130, 226, 870, 256, (166, 92, 72))
    _windows(canvas, rng, (170, 270, 830, 590), 8, 3)
    canvas.box(430, 600, 570, 720, (120, 144, 160))
    canvas.box(497, 600, 503, 720, WHITE)
    canvas.box(400, 572, 600, 600, (160, 40, 40))
    canvas.shape([(380, 720), (620, 720), (700, 1000), (300, 1000)], (204, 204, 200))
    _trees(canvas, rng, 740, 5)
    return canvas.image


def draw_road(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    _skyline(canvas, rng, 520)
    canvas.box(0, 520, 1000, 1000, (146, 156, 104))
    bend = rng.uniform(420, 580)
    canvas.shape([(bend - 26, 520), (bend + 26, 520), (960, 1000), (40, 1000)], (112, 114, 118))
    for step in range(7):
        near, far = 1000 - step * 68, 1000 - step * 68 - 34
        width = 16 * (near - 500) / 500
        middle = bend + (500 - bend) * (near - 520) / 480
        canvas.shape(
            [
                (middle - width, near),
                (middle + width, near),
                (middle + width * 0.8, far),
                (middle - width * 0.8, far),
            ],
            WHITE,
        )
    canvas.shape([(0, 700), (210, 620), (330, 1000), (0, 1000)], (166, 132, 92))
    _trees(canvas, rng, 560, 7)
    _vehicle(
        canvas, rng.uniform(500, 700), rng.uniform(760, 840), rng.choice(((70, 120, 170), (176, 76, 60)))
    )
    return canvas.image


def draw_factory(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    canvas.box(0, 640, 1000, 1000, (158, 158, 152))
    for chimney in (rng.uniform(690, 740), rng.uniform(800, 860)):
        canvas.shape(
            [(chimney, 640), (chimney + 8, 130), (chimney + 44, 130), (chimney + 52, 640)], (198, 196, 192)
        )
        for band in (160, 230, 300):
            canvas.box(chimney + 6, band, chimney + 48, band + 22, (190, 72, 60))
    wall = rng.choice(((142, 166, 184), (170, 178, 166), (178, 160, 142)))
    for shed in range(4):
        x = 60 + shed * 150
        canvas.shape([(x, 420), (x + 150, 340), (x + 150, 720), (x, 720)], wall)
        canvas.shape([(x, 420), (x + 150, 340), (x + 150, 372), (x, 450)], (110, 124, 138))
        canvas.box(x + 24, 520, x + 124, 620, (108, 138, 160))
    for tank in (720, 830):
        canvas.box(tank, 540, tank + 84, 740, (214, 218, 220))
        canvas.line([(tank, 600), (tank + 84, 600)], (150, 156, 162), 5)
    canvas.line([(60, 770), (950, 770), (950, 560)], (196, 168, 66), 14)
    canvas.line([(60, 800), (980, 800)], (110, 150, 110), 10)
    return canvas.image


def draw_village(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    for base, colour in ((520, (132, 162, 150)), (570, (112, 146, 118))):
        peaks = [(x, base - rng.uniform(60, 190)) for x in range(0, 1001, 125)]
        canvas.shape([(0, 700), *peaks, (1000, 700)], colour)
    canvas.box(0, 600, 1000, 1000, (156, 174, 104))
    canvas.shape([(440, 600), (500, 600), (720, 1000), (220, 1000)], (206, 196, 174))
    for house in range(5):
        x, y = 20 + house * 195 + rng.uniform(-12, 12), rng.uniform(590, 640)
        canvas.box(x, y, x + 150, y + 110, rng.choice((WHITE, (236, 226, 206), (224, 214, 198))))
        canvas.shape([(x - 14, y), (x + 24, y - 56), (x + 126, y - 56), (x + 164, y)], (146, 82, 66))
        canvas.box(x + 60, y + 44, x + 92, y + 110, (112, 80, 60))
        canvas.box(x + 16, y + 34, x + 46, y + 66, (132, 166, 188))
    for field in range(4):
        y = 820 + field * 44
        canvas.shape([(640, y), (1000, y - 20), (1000, y + 14), (640, y + 30)], (226, 234, 236))
    _trees(canvas, rng, 760, 6)
    return canvas.image


def draw_board(size: Size, rng: Random) -> Image.Image:
    canvas = _outdoors(size, rng)
    canvas.box(0, 760, 1000, 1000, (170, 164, 150))
    _trees(canvas, rng, 780, 6)
    for post in (200, 780):
        canvas.box(post, 600, post + 22, 880, (120, 124, 130))
    canvas.box(110, 130, 890, 680, rng.choice(((28, 96, 158), (22, 110, 96))))
    canvas.box(126, 146, 874, 664, WHITE)
    canvas.text(500, 200, "责任公示牌", 64, (170, 36, 36))
    for row, label in enumerate(("名　　称", "责任单位", "包联领导", "责 任 人", "经 办 人", "监督电话")):
        y = 280 + row * 64
        canvas.line([(150, y + 32), (850, y + 32)], (200, 204, 208), 2)
        canvas.text(250, y, label, 36, INK)
        if row != 4:
            canvas.box(380, y - 12, 380 + rng.uniform(160, 420), y + 12, (214, 218, 224))
    return canvas.image
