from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from desktop.documents.linebreak import WORD_JOINER
from desktop.documents.wording import (
    choices,
    date_text,
    moment_text,
    name_text,
    names_text,
    period_text,
    points_text,
    size_text,
    total_text,
)
from desktop.i18n import use_language

CHINA = timezone(timedelta(hours=8))
MORNING = datetime(2026, 1, 5, 9, 5, tzinfo=CHINA)
NOON = datetime(2026, 1, 5, 12, 30, tzinfo=CHINA)
NEXT_DAY = datetime(2026, 1, 6, 8, 0, tzinfo=CHINA)


def test_chinese_date_has_no_leading_zeros():
    assert date_text(date(2026, 1, 5)) == "2026年1月5日"


def test_english_date_is_iso():
    use_language("en")

    assert date_text(date(2026, 1, 5)) == "2026-01-05"
    assert moment_text(MORNING) == "2026-01-05 09:05"


def test_moment_is_told_to_the_minute():
    assert moment_text(MORNING) == "2026年1月5日9时05分"


def test_missing_moment_is_empty():
    assert moment_text(None) == ""


def test_period_on_one_day_says_the_day_once():
    assert period_text(MORNING, NOON) == "2026年1月5日9时05分至12时30分"


def test_period_over_midnight_says_both_days():
    assert period_text(MORNING, NEXT_DAY) == "2026年1月5日9时05分至2026年1月6日8时00分"


def test_unfinished_period_is_left_open():
    assert period_text(MORNING, None) == "2026年1月5日9时05分至"


def test_unknown_period_leaves_room_to_write():
    assert "年　　月　　日" in period_text(None, None)


@pytest.mark.parametrize(
    ("name", "shown"), [("张三", "张　三"), ("欧阳建国", "欧阳建国"), ("Li", "Li"), ("", "")]
)
def test_only_a_chinese_name_of_two_characters_is_spaced(name, shown):
    assert name_text(name) == shown


def test_names_are_not_spaced_in_english():
    use_language("en")

    assert names_text(["张三", "李四"]) == "张三, 李四"


def test_names_are_joined_by_enumeration_commas():
    assert names_text(["张三", "王小五"]) == "张　三、王小五"


@pytest.mark.parametrize(
    ("points", "items", "total"),
    [
        ("10.00", "10", "10.00"),
        ("9.50", "9.5", "9.50"),
        ("0", "0", "0.00"),
        ("100", "100", "100.00"),
        ("82.3456", "82.3456", "82.3456"),
        ("1E+2", "100", "100.00"),
        ("-3.2", "-3.2", "-3.20"),
    ],
)
def test_points_are_never_rounded(points, items, total):
    assert points_text(Decimal(points)) == items
    assert total_text(Decimal(points)) == total


def test_missing_points_are_empty():
    assert points_text(None) == ""
    assert total_text(None) == ""


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 字节"),
        (1023, "1,023 字节"),
        (1536, "1.5 KiB\n1,536 字节"),
        (5 << 20, "5.0 MiB\n5,242,880 字节"),
        (3 << 30, "3.0 GiB\n3,221,225,472 字节"),
    ],
)
def test_size_is_told_in_steps_and_exactly(size, shown):
    assert size_text(size) == shown


def test_chosen_option_has_a_checked_box_and_options_hold_together():
    assert choices([("明查", True), ("暗访", False)]).replace(WORD_JOINER, "") == "☑明查  □暗访"
