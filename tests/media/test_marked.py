import io

import pytest
from PIL import Image

from desktop.domain.marks import WHOLE, Mark, MarkKind, marks_as_json
from desktop.media import marked
from desktop.media.marked import mark
from desktop.media.pictures import UnreadableError
from tests.media.picture_samples import encoded, exif, gps_tags, jpeg, picture, segment, short_tag

MIDDLE = WHOLE // 2


def drawn(data, *marks, side=4096):
    size, copy = mark(data, {"longest_side": side, "marks": marks_as_json(marks)})
    image = Image.open(io.BytesIO(copy))
    assert list(image.size) == size
    return image.convert("RGB")


def gray(size=(400, 300)):
    return encoded(Image.new("RGB", size, (128, 128, 128)), "PNG")


def has_red(image, box):
    return any(
        red > 170 and green < 90 and blue < 90 for red, green, blue in image.crop(box).get_flattened_data()
    )


def is_untouched(image, box):
    return all(abs(value - 128) < 12 for pixel in image.crop(box).get_flattened_data() for value in pixel)


def test_a_box_leaves_what_it_surrounds_to_be_seen():
    image = drawn(gray(), Mark(MarkKind.BOX, WHOLE // 4, WHOLE // 4, 3 * WHOLE // 4, 3 * WHOLE // 4))

    assert has_red(image, (95, 70, 305, 80))
    assert is_untouched(image, (120, 95, 280, 205))


def test_an_arrow_ends_in_its_tip():
    image = drawn(gray(), Mark(MarkKind.ARROW, WHOLE // 10, MIDDLE, 9 * WHOLE // 10, MIDDLE))

    assert has_red(image, (350, 145, 360, 155))
    assert is_untouched(image, (370, 100, 400, 200))
    assert is_untouched(image, (0, 0, 400, 120))


def test_an_arrow_shorter_than_its_head_is_drawn_all_the_same():
    image = drawn(gray(), Mark(MarkKind.ARROW, MIDDLE, MIDDLE, MIDDLE + 1000, MIDDLE))

    assert has_red(image, (180, 130, 220, 170))


@pytest.mark.parametrize("words", ["窗口空岗", "𠮷家", "no one here"])
def test_words_are_written_in_a_font_that_has_them(words):
    image = drawn(gray(), Mark(MarkKind.TEXT, WHOLE // 10, WHOLE // 10, WHOLE // 10, WHOLE // 10, words))

    assert has_red(image, (40, 30, 400, 60))
    assert is_untouched(image, (0, 100, 400, 300))


def test_words_at_the_edge_stay_within_the_picture():
    long = Mark(MarkKind.TEXT, WHOLE, WHOLE, WHOLE, WHOLE, "很长的说明" * 12)
    image = drawn(gray((300, 200)), long)

    assert has_red(image, (0, 150, 30, 200))
    assert has_red(image, (270, 150, 300, 200))


def test_signs_that_no_font_has_break_nothing():
    drawn(gray(), Mark(MarkKind.TEXT, 0, 0, 0, 0, "\U0010fffe"))


def test_rare_signs_take_the_font_that_has_them():
    assert marked._font_for("政务", 20).getname()[0] == "Noto Sans SC"
    assert marked._font_for("𠮷", 20).getname()[0] == "LXGW WenKai"


def test_marks_look_alike_on_a_small_and_a_large_picture():
    box = Mark(MarkKind.BOX, WHOLE // 4, WHOLE // 4, 3 * WHOLE // 4, 3 * WHOLE // 4)
    small, large = drawn(gray((800, 600)), box), drawn(gray((3200, 2400)), box).resize((800, 600))

    different = [
        max(abs(a - b) for a, b in zip(one, other, strict=True))
        for one, other in zip(small.get_flattened_data(), large.get_flattened_data(), strict=True)
    ]
    assert sum(value > 100 for value in different) < 0.01 * len(different)


def test_094_a_covered_copy_carries_nothing_but_pixels():
    secret = jpeg((400, 300), exif=exif([short_tag(0x0112, 1)], gps=gps_tags()), comment=b"secret words")
    xmp = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret words</x:xmpmeta>")
    profile = segment(0xE2, b"ICC_PROFILE\0\x01\x01secret words")
    tagged = secret[:2] + xmp + profile + secret[2:] + b"secret words"
    _size, copy = mark(
        tagged, {"longest_side": 4096, "marks": marks_as_json([Mark(MarkKind.COVER, 0, 0, MIDDLE, WHOLE)])}
    )
    image = Image.open(io.BytesIO(copy))

    assert max(image.convert("RGB").getpixel((100, 150))) < 8
    for word in (b"secret", b"Exif", b"ICC_PROFILE", b"xap", b"GPS"):
        assert word not in copy
    assert not image.getexif()
    assert copy.endswith(b"\xff\xd9")


def test_the_last_mark_lies_on_top():
    cover = Mark(MarkKind.COVER, 0, 0, WHOLE, WHOLE)
    box = Mark(MarkKind.BOX, WHOLE // 4, WHOLE // 4, 3 * WHOLE // 4, 3 * WHOLE // 4)

    assert not has_red(drawn(gray(), box, cover), (0, 0, 400, 300))
    assert has_red(drawn(gray(), cover, box), (0, 0, 400, 300))


def test_what_is_no_picture_is_said():
    with pytest.raises(UnreadableError):
        drawn(b"no picture", Mark(MarkKind.COVER, 0, 0, 1, 1))


def test_marks_that_nobody_drew_are_a_bug_of_the_caller():
    with pytest.raises(ValueError, match="not steps"):
        mark(encoded(picture(), "PNG"), {"longest_side": 100, "marks": "all"})


def test_a_copy_with_metadata_is_never_handed_out():
    with pytest.raises(RuntimeError):
        marked._check_bare(io.BytesIO(jpeg(exif=exif([short_tag(0x0112, 1)]))))
