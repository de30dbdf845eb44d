"""Rooms and papers on the demo photos; every scene fills any size and varies with the random source."""

from random import Random

from PIL import Image

from desktop.media.demo_canvas import INK, WHITE, Canvas, Size


def draw_hall(size: Size, rng: Random) -> Image.Image:
    canvas = Canvas(size, (236, 238, 238), (208, 214, 216))
    canvas.box(0, 130, 1000, 210, rng.choice(((34, 92, 150), (150, 44, 44), (32, 110, 104))))
    canvas.text(500, 170, "政务服务", 52, WHITE)
    canvas.box(0, 700, 1000, 1000, (196, 190, 180))
    first = rng.randint(1, 5)
    empty = rng.randrange(5)
    for window in range(5):
        x = 20 + window * 196
        canvas.box(x, 250, x + 176, 470, (172, 202, 218))
        canvas.box(x, 250, x + 176, 292, (30, 74, 120))
        canvas.text(x + 88, 271, f"{first + window}号窗口", 30, WHITE)
        if window != empty:
            canvas.disc(x + 88, 360, 32, (228, 196, 170))
            canvas.shape([(x + 40, 470), (x + 62, 400), (x + 114, 400), (x + 136, 470)], (44, 62, 92))
        canvas.box(x + 120, 400, x + 170, 440, INK)
    canvas.box(0, 470, 1000, 620, (178, 140, 100))
    canvas.box(0, 470, 1000, 490, (222, 208, 184))
    for chair in range(8):
        x = 40 + chair * 122
        canvas.box(x, 760, x + 90, 840, (72, 104, 140))
        canvas.box(x, 840, x + 90, 862, (54, 80, 112))
        canvas.box(x + 40, 862, x + 50, 920, (120, 124, 128))
    return canvas.image


def draw_office(size: Size, rng: Random) -> Image.Image:
    canvas = Canvas(size, (238, 234, 224), (222, 216, 204))
    canvas.box(0, 740, 1000, 1000, (164, 140, 116))
    canvas.box(80, 180, 330, 780, rng.choice(((142, 98, 66), (120, 84, 60), (166, 126, 88))))
    canvas.disc(306, 500, 12, (214, 190, 120))
    canvas.box(362, 250, 520, 330, (34, 84, 140))
    canvas.text(441, 290, str(rng.randint(201, 520)), 50, WHITE)
    canvas.box(362, 350, 520, 430, WHITE)
    canvas.text(441, 390, "在岗", 44, (40, 120, 70))
    canvas.box(600, 120, 940, 420, (176, 206, 224))
    canvas.box(764, 120, 776, 420, WHITE)
    canvas.box(560, 620, 980, 650, (190, 150, 106))
    canvas.box(580, 650, 610, 880, (150, 116, 80))
    canvas.box(930, 650, 960, 880, (150, 116, 80))
    canvas.box(680, 470, 850, 590, INK)
    canvas.box(692, 482, 838, 578, rng.choice(((96, 140, 180), (70, 100, 130))))
    canvas.box(755, 590, 775, 620, (90, 94, 100))
    canvas.shape([(470, 900), (490, 640), (560, 640), (580, 900)], (60, 72, 90))
    return canvas.image


def draw_document(size: Size, rng: Random) -> Image.Image:
    desk = rng.choice(((122, 92, 66), (96, 78, 64), (140, 112, 84)))
    canvas = Canvas(size, desk, (desk[0] - 20, desk[1] - 18, desk[2] - 16))
    tall, wide = size[1] * 76 // 100, size[1] * 56 // 100
    page = Canvas((wide, tall), WHITE, (242, 241, 236))
    page.text(500, 70, rng.choice(("情况统计表", "核查记录表", "汇总明细表")), 62, INK)
    for row in range(15):
        y = 140 + row * 54
        page.line([(80, y), (920, y)], (150, 154, 160), 2)
        for column in (90, 300, 520, 740):
            if row < 14:
                page.box(column + 10, y + 18, column + 10 + rng.uniform(60, 160), y + 34, (186, 190, 196))
    for x in (80, 290, 510, 730, 920):
        page.line([(x, 140), (x, 896)], (150, 154, 160), 2)
    page.box(610, 926, 900, 934, (150, 154, 160))
    turned = page.image.convert("RGBA").rotate(rng.uniform(-5, 5), Image.Resampling.BICUBIC, expand=True)
    canvas.image.paste(turned, ((size[0] - turned.width) // 2, size[1] * 2 // 100), turned)
    return canvas.image
