from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.form_visit import draw_visit_form, draw_visit_forms, visit_sheet
from desktop.documents.form_visit_data import Mode, Occasion, Opinion, VisitForm, VisitItem
from desktop.documents.sheet import lay_out
from desktop.i18n import use_language
from tests.documents.printed import page_texts, rows, whole_text

CHINA = timezone(timedelta(hours=8))
FACTS = "现场未能出示施工许可证，建设单位称正在办理；2026年11月20日9时40分，东侧临边防护缺失。" * 14


def item(number, **changes):
    values = {
        "number": str(number),
        "title": "施工现场安全",
        "points": Decimal("8"),
        "criteria": "每发现1处一般隐患扣2分；发现重大隐患本项不得分并即时移交",
        "is_applicable": True,
        "deducted": Decimal("0.5"),
        "score": Decimal("7.5"),
    }
    return VisitItem(**(values | changes))


FORM = VisitForm(
    office="云泽市人民政府督查室",
    checklist_title="重点项目",
    checklist_version="ZDXM-2026-V1",
    items=tuple(item(number) for number in range(1, 13)),
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    number="DC2026-03-0012",
    unit="云泽市住房和城乡建设局（市人民防空办公室）",
    unit_code="11997102071000016E",
    site="高端装备产业园一期",
    address="创新大道88号",
    mode=Mode.OPEN,
    occasion=Occasion.MONTHLY,
    started_at=datetime(2026, 11, 20, 9, 30, tzinfo=CHINA),
    ended_at=datetime(2026, 11, 20, 11, 5, tzinfo=CHINA),
    supervision_code="YZ-0815",
    leader="张伟",
    members=("王芳", "欧阳建国"),
    present="陈主任",
    phone="0571-88005179",
    total=Decimal("90"),
    applicable_points=Decimal("96"),
    converted_score=Decimal("93.75"),
    veto_findings="无",
    conclusion="总体正常。",
    opinion=Opinion.TRUE,
    opinion_text="无意见。",
    issued_by="张伟",
    issued_at=datetime(2026, 11, 20, 11, 20, tzinfo=CHINA),
    refusal="无",
    witness="李四",
)


def drawn(form):
    out = BytesIO()
    return draw_visit_form(form, out), out.getvalue()


def test_every_field_is_printed():
    text = whole_text(visit_sheet(FORM))

    for value in (
        "云泽市人民政府督查室",
        "现场检查表",
        "重点项目",
        "任务编号：DC2026-03-0012",
        "云泽市住房和城乡建设局（市人民防空办公室）",
        "11997102071000016E",
        "高端装备产业园一期",
        "创新大道88号",
        "☑明查",
        "□暗访",
        "□回头看",
        "☑月检查",
        "□季度",
        "□半年",
        "□抽样",
        "□专项",
        "2026年11月20日9时30分至11时05分",
        "YZ-0815",
        "张　伟",
        "王　芳、欧阳建国",
        "陈主任",
        "0571-88005179",
        "适用分：96",
        "折算得分：93.75",
        "总体正常。",
        "☑属实",
        "□有异议（另附说明）",
        "无意见。",
        "本表已由张伟于2026年11月20日11时20分在程序中签发。",
        "见证人：李　四",
        "拒签说明",
        "一式两份",
    ):
        assert value in text, value


def test_item_row_shows_points_deduction_and_score():
    form = replace(FORM, items=(item(7, facts="缺1处", evidence_numbers=("Z-003", "Z-004")),))

    assert [
        "7",
        "施工现场安全",
        "8",
        "每发现1处一般隐患扣2分；发现重大隐患本项不得分并即时移交",
        "",
        "0.5",
        "7.5",
        "缺1处证据：Z-003、Z-004",
    ] in rows(visit_sheet(form))


def test_veto_item_has_a_star_and_its_condition():
    form = replace(FORM, items=(item(1, veto_text="项目不存在"),))

    row = next(row for row in rows(visit_sheet(form)) if row[0] == "1")
    assert row[1] == "★施工现场安全"
    assert row[3].endswith("★否决情形：项目不存在")


def test_item_that_does_not_apply_is_ticked():
    form = replace(FORM, items=(item(1, is_applicable=False, deducted=None, score=None),))

    row = next(row for row in rows(visit_sheet(form)) if row[0] == "1")
    assert row[4:7] == ["√", "", ""]


def test_sums_are_those_of_the_printed_columns():
    sums = next(row for row in rows(visit_sheet(FORM)) if row[0] == "合　　计")

    assert sums == ["合　　计", "96", "适用分：96　折算得分：93.75", "6", "90.00", ""]


def test_long_facts_get_a_row_across_the_form():
    form = replace(FORM, items=(*FORM.items[:4], item(5, facts=FACTS), *FORM.items[5:]))

    printed = rows(visit_sheet(form))

    assert next(row for row in printed if row[0] == "5")[-1] == "（见下行）"
    assert ["", "事实描述：" + FACTS] in printed


def test_short_facts_stay_in_their_column():
    form = replace(FORM, items=(item(1, facts="缺1处"),))

    assert not any("见下行" in cell for row in rows(visit_sheet(form)) for cell in row)


def test_blank_form_shows_the_mission_but_no_results():
    text = whole_text(visit_sheet(replace(FORM, is_blank=True)))

    assert "高端装备产业园一期" in text
    assert "张　伟" in text
    for result in ("93.75", "7.5", "总体正常", "☑属实", "签发", "陈主任", "2026年11月20日"):
        assert result not in text


def test_rows_of_a_blank_form_are_high_enough_for_handwriting():
    (first, *_rest) = lay_out(visit_sheet(replace(FORM, is_blank=True)))

    ruled = [placed.row.height for placed in first.rows if placed.row.has_rules]
    assert min(height for height in ruled[:6]) >= 10 * 72 / 25.4 - 0.01


def test_head_of_the_items_is_repeated_on_each_page_that_has_items():
    pages = page_texts(visit_sheet(replace(FORM, items=FORM.items * 3)))

    with_items = [page for page in pages if any(row[0].isdigit() for row in page)]
    assert len(with_items) > 1
    assert all(any(row[0] == "序号" for row in page) for page in with_items)


def test_sums_and_signatures_never_stand_alone_on_a_page():
    for count in range(1, 30):
        pages = page_texts(visit_sheet(replace(FORM, items=FORM.items[:1] * count)))

        for page in pages:
            names = [row[0] for row in page]
            if "合　　计" in names:
                assert names[names.index("合　　计") - 1].isdigit()
            if "被检查单位意　　　见" in names:
                assert "检查结论及问题摘要" in names
                assert sum(name.isdigit() for name in names) >= min(count, 2)
                assert any("一式两份" in name for name in names)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("is_blank", [False, True])
def test_usual_form_fits_on_two_pages(language, is_blank):
    use_language(language)

    assert drawn(replace(FORM, is_blank=is_blank))[0].pages == 2


def test_head_of_the_second_page_names_the_form_the_unit_and_the_checklist():
    running = visit_sheet(FORM).running_head

    assert running == (
        "现场检查表　任务编号：DC2026-03-0012　云泽市住房和城乡建设局（市人民防空办公室）　重点项目"
    )


def test_visit_outside_any_mission_has_no_empty_number_but_a_blank_form_has_room_for_it():
    visit = visit_sheet(replace(FORM, number=""))
    blank = visit_sheet(replace(FORM, number="", is_blank=True))

    assert "任务编号" not in whole_text(visit) + visit.running_head
    assert "任务编号：____________" in whole_text(blank)
    assert "任务编号" not in blank.running_head


def test_title_of_a_checklist_is_never_nested_in_brackets():
    form = replace(FORM, checklist_title="目标管理基础工作检查表（“五个明确”“四个到位”）")

    assert [form.checklist_title] in rows(visit_sheet(form))


def test_entry_from_paper_is_marked():
    assert "【补录】" in whole_text(visit_sheet(replace(FORM, is_from_paper=True)))


def test_form_without_any_value_can_be_drawn():
    report, content = drawn(VisitForm("", "", "", ()))

    assert report.pages == 1
    assert content.startswith(b"%PDF")


def test_same_form_gives_the_same_bytes():
    assert drawn(FORM)[1] == drawn(FORM)[1]


def test_batch_counts_the_pages_of_all_forms():
    out = BytesIO()

    report = draw_visit_forms([FORM, replace(FORM, is_blank=True)], out)

    assert report.pages == 4


def test_markup_in_facts_is_printed_as_it_is():
    facts = "a<b & <img src='file:///etc/passwd'/> <font color=red>x</font>"
    form = replace(FORM, items=(item(1, facts=facts),))

    assert facts in whole_text(visit_sheet(form))
    drawn(form)


def test_character_without_a_font_is_reported():
    report, _content = drawn(replace(FORM, leader="张\U00020000"))

    assert report.missing_characters == ("\U00020000",)


def test_fonts_that_were_used_are_named():
    report, _content = drawn(replace(FORM, present="䶮文𠮷"))

    assert "LXGWWenKai-Regular" in report.fonts
    assert "NotoSerifSC-Black" in report.fonts


def test_english_form_has_iso_dates():
    use_language("en")

    text = whole_text(visit_sheet(FORM))
    assert "2026-11-20 09:30 to 11:05" in text
    assert "Site inspection form\n重点项目\n" in text
    assert "Mission no. DC2026-03-0012" in text


@pytest.mark.parametrize("language", ["zh", "en"])
@given(st.data())
def test_any_text_can_be_printed_without_losing_a_character(language, data):
    use_language(language)
    texts = st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp"]), max_size=700)
    form = replace(
        FORM,
        unit=data.draw(texts),
        conclusion=data.draw(texts),
        items=tuple(item(number, facts=data.draw(texts)) for number in range(data.draw(st.integers(0, 3)))),
    )

    report, _content = drawn(form)

    printed = whole_text(visit_sheet(form)).replace("\u2060", "")
    assert form.unit.replace("\u2060", "") in printed
    assert form.conclusion.replace("\u2060", "") in printed
    for one in form.items:
        assert one.facts.replace("\u2060", "") in printed
    assert report.pages >= 1
