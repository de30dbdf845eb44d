from datetime import date
from io import BytesIO

import pytest

from desktop.documents.recovery_sheet import RecoverySheet, draw_recovery_sheet, recovery_sheet
from desktop.i18n import use_language
from tests.documents.printed import rows, whole_text

SECRET = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33"
SHEET = RecoverySheet(
    "云泽市人民政府督查室", "05850 65491 25513 32516 54031 15009 53594 03971", date(2026, 1, 5), SECRET
)


def test_secret_can_be_read_off_in_groups_of_four():
    printed = rows(recovery_sheet(SHEET))

    start = next(row[1] for row in printed if row[0] == "开头部分")
    groups = [cell for row in printed if row[0].startswith("第 ") for cell in row[1:] if cell]
    assert start + "".join(groups) == SECRET
    assert {len(group) for group in groups[:-1]} == {4}


def test_sheet_says_what_it_is_for_and_how_to_keep_it():
    text = whole_text(recovery_sheet(SHEET))

    for value in (
        "恢复密钥单",
        "严禁复印",
        "云泽市人民政府督查室",
        "05850 65491 25513 32516",
        "2026年1月5日",
        "用　　途",
        "保管要求",
        "启封日期",
    ):
        assert value in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_sheet_is_one_page(language):
    use_language(language)

    assert draw_recovery_sheet(SHEET, BytesIO()).pages == 1


def test_secret_is_not_shown_when_the_value_is_printed_for_a_programmer():
    assert SECRET not in repr(SHEET)


def test_secret_is_not_in_the_title_of_the_document():
    out = BytesIO()
    draw_recovery_sheet(SHEET, out)

    assert SECRET.encode() not in out.getvalue()
