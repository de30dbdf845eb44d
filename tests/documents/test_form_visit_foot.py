from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

from desktop.documents.cell import MM, fill_table
from desktop.documents.form_visit import draw_visit_form, visit_sheet
from desktop.documents.form_visit_data import HandSignature
from desktop.documents.form_visit_foot import visit_form_foot
from desktop.documents.picture import Ink
from tests.documents.printed import whole_text
from tests.documents.test_form_visit import FORM

CHINA = timezone(timedelta(hours=8))
NAME = (((100, 800, 0, 100), (900, 700, 120, 700), (1900, 300, 300, 1000)), ((3000, 800, 500, 500),))


def hand(name, **more):
    return HandSignature(name, NAME, datetime(2026, 11, 20, 11, 30, tzinfo=CHINA), **more)


SIGNED = replace(
    FORM,
    unit_signatures=(hand("陈主任"),),
    team_signatures=(hand("张伟"), hand("王芳"), hand("欧阳建国")),
    witness_signatures=(hand("李四"),),
)


def inks(form):
    return [
        cell.cell.picture
        for row in fill_table(visit_form_foot(form))
        for cell in row.cells
        if isinstance(cell.cell.picture, Ink)
    ]


def test_handwriting_stands_in_its_place_with_name_and_time():
    text = whole_text(visit_sheet(SIGNED))

    assert len(inks(SIGNED)) == 5
    assert "|".join(f"{name}2026年11月20日11时30分" for name in ("张　伟", "王　芳", "欧阳建国")) in text
    assert "手写签名|李　四" in text
    assert "签字：" not in text


def test_who_has_not_signed_by_hand_still_finds_a_line_to_sign_on():
    partly = replace(SIGNED, unit_signatures=(), team_signatures=(hand("张伟"),), witness_signatures=())

    text = whole_text(visit_sheet(partly))

    assert text.count("签字：") == whole_text(visit_sheet(FORM)).count("签字：") > 0
    assert len(inks(partly)) == 1


def test_a_refusal_is_printed_with_its_time_and_the_inspectors_who_saw_it():
    at = datetime(2026, 11, 20, 11, 40, tzinfo=CHINA)
    form = replace(FORM, refusal="不愿签字", refused_at=at, refusal_seen_by=("张伟", "王芳"), witness="")

    text = whole_text(visit_sheet(form))

    assert "不愿签字拒签时间：2026年11月20日11时40分在场督查人员：张　伟、王　芳见证人签字" in text


def test_098_a_signature_says_which_version_it_covers():
    form = replace(
        SIGNED, unit_signatures=(hand("陈主任", version=1, is_current=False),), version=3, issued_version=1
    )

    text = whole_text(visit_sheet(form))

    assert "陈主任2026年11月20日11时30分对应第1版，之后有更正" in text.replace("\n", "")
    assert "所签为第1版，之后有更正，本表为第3版" in text


def test_a_blank_form_has_no_signatures():
    blank = whole_text(visit_sheet(replace(SIGNED, is_blank=True, version=3)))

    assert "手写签名" not in blank
    assert "张　伟2026" not in blank


def test_more_than_three_signatures_take_another_row():
    members = tuple(f"成员{number}" for number in range(5))
    form = replace(FORM, members=members, team_signatures=tuple(map(hand, ("张伟", *members))))
    rows = [row for row in fill_table(visit_form_foot(form)) if any(c.cell.picture for c in row.cells)]

    assert [sum(cell.cell.picture is not None for cell in row.cells) for row in rows] == [3, 3]
    assert all(row.height >= inks(form)[0].height + 2 * 8 for row in rows)


def test_handwriting_is_drawn_as_lines_and_never_as_a_picture():
    plain, signed = BytesIO(), BytesIO()
    draw_visit_form(FORM, plain)
    draw_visit_form(SIGNED, signed)

    assert b"/XObject" not in signed.getvalue()
    assert len(signed.getvalue()) > len(plain.getvalue())
    assert Ink(NAME, 100 * MM).height == 40 * MM
