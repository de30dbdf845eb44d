from io import BytesIO

import pytest
from PIL import Image

from desktop.domain.canonical import encode
from desktop.domain.strokes import BOX_HEIGHT, BOX_WIDTH, MOST_POINTS
from desktop.media.signature_picture import draw_signature
from desktop.media.task import Outcome
from desktop.media.worker import Worker

DIAGONAL = [[[0, 0, 0, 1000], [BOX_WIDTH, BOX_HEIGHT, 50, 1000]]]


def drawn(strokes):
    size, data = draw_signature(encode(strokes), {})
    picture = Image.open(BytesIO(data))
    assert (picture.format, list(picture.size), picture.mode) == ("PNG", size, "L")
    return picture


def test_the_strokes_are_black_on_white_and_keep_their_place():
    picture = drawn(DIAGONAL)

    assert [picture.getpixel(place) for place in ((0, 0), (250, 100), (499, 199))] == [0, 0, 0]
    assert picture.getpixel((499, 0)) == picture.getpixel((0, 199)) == 255


def test_a_firm_stroke_is_thicker_than_a_light_one():
    def ink(pressure):
        line = [[[400, 800, 0, pressure], [3600, 800, 50, pressure]]]
        return sum(255 - value for value in drawn(line).get_flattened_data())

    assert ink(1000) > 1.5 * ink(0)


def test_the_longest_signature_stays_small():
    scribble = [[[(n * 97) % BOX_WIDTH, (n * 61) % BOX_HEIGHT, n, n % 1000] for n in range(MOST_POINTS)]]

    _size, data = draw_signature(encode(scribble), {})

    assert len(data) < 60_000


def test_the_worker_draws_it():
    with Worker() as worker:
        result = worker.run("signature", encode(DIAGONAL))

    assert (result.outcome, result.data[:4]) == (Outcome.OK, b"\x89PNG")


def test_what_are_no_strokes_is_not_drawn():
    with pytest.raises(ValueError, match="not strokes"):
        draw_signature(b"{}", {})
