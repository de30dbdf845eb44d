from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest

from desktop.documents.form_covert import (
    covert_sheet,
    draw_covert_feedbacks,
    draw_covert_records,
    feedback_sheet,
)
from desktop.documents.form_covert_data import CovertFeedback, CovertLine, CovertRecord
from desktop.documents.form_visit_data import Opinion
from desktop.documents.sheet import lay_out
from desktop.i18n import use_language
from tests.documents.printed import page_texts, rows, whole_text

CHINA = timezone(timedelta(hours=8))
NINE = datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)
LONG = "东厅国土局3号窗口一名男同志（工号0317）看网络视频，窗口前有群众5人排队；" * 60


def line(number=0, **changes):
    values = {
        "fact": "窗口一名男同志看网络视频",
        "at": NINE + timedelta(minutes=3 * number),
        "place": "一楼3号窗口",
        "duration_s": 27 * 60,
        "evidence_numbers": ("Z01", "Z02"),
    }
    return CovertLine(**(values | changes))


SHOWN = CovertFeedback(
    office="云泽市人民政府督查室",
    visited_at=NINE,
    unit="云泽市政务服务和大数据管理局",
    site="市民中心东厅",
    lines=tuple(map(line, range(6))),
    identity_shown_at=NINE + timedelta(hours=2),
    opinion=Opinion.TRUE,
    conclusion="窗口空岗，无人顶岗。",
    refusal="负责人称须先请示，不愿签字",
    refused_at=NINE + timedelta(hours=2, minutes=20),
)
RECORD = CovertRecord(
    SHOWN,
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    number="DC2026-04-0001",
    leader="张伟",
    members=("代号07", "欧阳㛃"),
    route="东厅—北厅—社保大厅",
    remark="当日小雨",
    is_from_paper=True,
    refusal_seen_by=("张伟", "代号07"),
    witness="李四光",
)


def with_lines(count, **changes):
    return replace(SHOWN, lines=tuple(line(number, **changes) for number in range(count)))


def printed_lines(sheet):
    """The rows of the table of what was seen, without its head and the rows of days."""
    return [row for row in rows(sheet) if len(row) == 6 and row[0] != "时间"]


def test_every_field_of_the_record_is_printed():
    text = whole_text(covert_sheet(RECORD))

    for value in (
        "云泽市人民政府督查室",
        "暗访记录表",
        "内部资料　注意保管",
        "【补录】",
        "任务编号：DC2026-04-0001",
        "2026年11月20日",
        "组长：张　伟成员：代号07、欧阳㛃",
        "云泽市政务服务和大数据管理局市民中心东厅",
        "东厅—北厅—社保大厅",
        "2026年11月20日11时30分",
        "☑属实",
        "□有异议",
        "窗口空岗，无人顶岗。",
        "当日小雨",
        "组员签字",
    ):
        assert value in text, value


def test_a_line_says_when_where_what_how_long_and_what_proves_it():
    assert ["9时30分", "一楼3号窗口", "窗口一名男同志看网络视频", "27分钟", "差", "Z01、Z02"] in rows(
        covert_sheet(RECORD)
    )


def test_what_is_good_is_said_to_be_good():
    shown = replace(SHOWN, lines=(line(is_good=True, duration_s=0),))

    assert printed_lines(feedback_sheet(shown))[0][3:5] == ["", "好"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(45, "45秒"), (75, "1分15秒"), (60, "1分钟"), (3900, "1小时5分"), (0, "")]
)
def test_how_long_it_lasted_is_said_in_two_units(seconds, text):
    shown = replace(SHOWN, lines=(line(duration_s=seconds),))

    assert printed_lines(feedback_sheet(shown))[0][3] == text


def test_every_page_of_the_record_says_that_it_is_internal():
    sheet = covert_sheet(replace(RECORD, shown=with_lines(60)))

    assert len(lay_out(sheet)) > 1
    assert "内部资料　注意保管" in sheet.running_head


def test_values_for_the_unit_have_no_room_for_route_team_or_codes():
    names = {field.name for field in fields(CovertFeedback)}

    assert names == {
        "office",
        "visited_at",
        "unit",
        "site",
        "lines",
        "identity_shown_at",
        "opinion",
        "conclusion",
        "refusal",
        "refused_at",
    }


def test_version_for_the_unit_names_neither_route_nor_team_nor_codes():
    sheet = feedback_sheet(RECORD.shown)
    text = whole_text(sheet) + sheet.running_head + sheet.record_id

    assert "窗口一名男同志看网络视频" in text
    for secret in (
        "张",
        "代号",
        "欧阳",
        "北厅",
        "DC2026",
        "小雨",
        "内部资料",
        "成员",
        "路线",
        "0123456789ab",
        "在场督查人员",
        "李四光",
    ):
        assert secret not in text, secret


def row_named(sheet, name):
    return next(row[1] for row in rows(sheet) if row[0].startswith(name))


def test_a_refusal_to_sign_is_printed_with_its_reason_its_time_and_who_saw_it():
    assert row_named(covert_sheet(RECORD), "拒签") == (
        "负责人称须先请示，不愿签字拒签时间：2026年11月20日11时50分"
        "在场督查人员：张　伟、代号07见证人：李四光"
        "见证人签字：　　　　　　　　　　日期：　　　　年　　月　　日"
    )


def test_version_for_the_unit_says_why_and_when_it_refused_and_not_who_saw_it():
    assert row_named(feedback_sheet(SHOWN), "拒签") == (
        "负责人称须先请示，不愿签字拒签时间：2026年11月20日11时50分"
        "见证人签字：　　　　　　　　　　日期：　　　　年　　月　　日"
    )


@pytest.mark.parametrize(
    "sheet",
    [covert_sheet(CovertRecord(CovertFeedback("督查室"))), feedback_sheet(CovertFeedback("督查室"))],
    ids=["F02", "F02b"],
)
def test_blank_forms_have_room_for_a_refusal(sheet):
    (row,) = (
        placed.row
        for page in lay_out(sheet)
        for placed in page.rows
        if placed.row.cells[0].cell.text.startswith("拒签")
    )

    assert row.height >= 26 * 72 / 25.4 - 0.01
    assert row_named(sheet, "拒签") == "见证人签字：　　　　　　　　　　日期：　　　　年　　月　　日"


def test_lines_of_several_days_stand_below_their_day():
    lines = (line(0), line(1), line(0, at=NINE + timedelta(days=1)), line(0, at=None))
    printed = [row[0] for row in rows(feedback_sheet(replace(SHOWN, lines=lines)))]
    first = printed.index("时间") + 1

    assert printed[first : first + 6] == [
        "2026年11月20日",
        "9时30分",
        "9时33分",
        "2026年11月21日",
        "9时30分",
        "",
    ]


def test_head_of_the_lines_is_repeated_on_every_page():
    pages = page_texts(covert_sheet(replace(RECORD, shown=with_lines(60))))

    assert len(pages) > 2
    assert all(any(row[0] == "时间" for row in page) for page in pages)


@pytest.mark.parametrize("count", range(1, 40))
def test_signatures_never_stand_alone_on_a_page(count):
    for sheet in (covert_sheet(replace(RECORD, shown=with_lines(count))), feedback_sheet(with_lines(count))):
        last = [row[0] for row in page_texts(sheet)[-1]]

        assert sum(name.endswith("分") for name in last) >= min(count, 2)
        assert "现场反馈情　　况" in last


def test_two_thousand_characters_in_one_line_are_all_printed():
    shown = replace(SHOWN, lines=(line(0), line(1, fact=LONG[:2000]), line(2)))

    assert "".join(row[2] for row in rows(feedback_sheet(shown)) if len(row) == 6).count("工号0317") == (
        LONG[:2000].count("工号0317")
    )


def test_rare_characters_are_not_lost():
    shown = replace(SHOWN, lines=(line(fact="𠮷㛃两人离岗"),))

    assert draw_covert_feedbacks([shown], BytesIO()).missing_characters == ()


def test_blank_record_has_two_pages_of_lines_for_handwriting():
    (first, second) = lay_out(covert_sheet(CovertRecord(CovertFeedback("督查室"))))

    ruled = [placed.row.height for page in (first, second) for placed in page.rows if placed.row.has_rules]
    assert min(ruled[:2]) >= 10 * 72 / 25.4 - 0.01
    assert len([height for height in ruled if height >= 10 * 72 / 25.4]) > 30


@pytest.mark.parametrize("language", ["zh", "en"])
def test_usual_record_fits_on_one_page(language):
    use_language(language)

    assert draw_covert_records([RECORD], BytesIO()).pages == 1
