from dataclasses import replace
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest

from desktop.documents.form_interview import draw_interviews, interview_sheet
from desktop.documents.form_interview_data import DialogueLine, InterviewForm
from desktop.documents.page_edge import edge_texts
from desktop.documents.sheet import lay_out
from desktop.i18n import use_language
from tests.documents.printed import page_texts, rows, whole_text

CHINA = timezone(timedelta(hours=8))
LONG = "当天轮休，替班的同志临时外出，没有安排人顶岗；" * 100
FORM = InterviewForm(
    office="云泽市人民政府督查室",
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    number="DC2026-04-0001",
    started_at=datetime(2026, 11, 20, 9, 30, tzinfo=CHINA),
    ended_at=datetime(2026, 11, 20, 10, 17, tzinfo=CHINA),
    place="市民中心302室",
    interviewers=("张伟", "王芳"),
    recorder="王芳",
    person="李𠮷",
    gender="男",
    age="45",
    post="市政务大数据局窗口工作人员",
    phone="0999-88005179",
    matter="窗口空岗",
    notice="你应当如实回答。",
    notice_answer="清楚。",
    dialogue=(DialogueLine("当天上午窗口为什么没有人？", "轮休。"), DialogueLine("还有补充吗？", "没有。")),
    is_read_aloud=False,
)


def with_lines(count, answer="轮休。"):
    return replace(FORM, dialogue=tuple(DialogueLine(f"第{number}问？", answer) for number in range(count)))


def test_every_field_is_printed():
    text = whole_text(interview_sheet(FORM))

    for value in (
        "谈话（询问）记录",
        "任务编号：DC2026-04-0001",
        "2026年11月20日9时30分至10时17分",
        "市民中心302室",
        "张　伟、王　芳",
        "李　𠮷",
        "男",
        "45",
        "市政务大数据局窗口工作人员",
        "0999-88005179",
        "窗口空岗",
        "你应当如实回答。是否清楚？答：清楚。",
        "问：|当天上午窗口为什么没有人？",
        "答：|轮休。",
        "以上记录我看过（已向我宣读），和我说的相符。",
        "☑本人已看过",
        "□已向本人宣读",
    ):
        assert value in text, value


def test_a_record_that_was_read_aloud_says_so():
    text = whole_text(interview_sheet(replace(FORM, is_read_aloud=True)))

    assert "□本人已看过  ☑已向本人宣读" in text


def test_a_refusal_is_printed_with_its_witnesses():
    form = replace(FORM, refusal="称记录不全，拒绝签名", witnesses=("张伟", "王芳"))

    assert "称记录不全，拒绝签名见证人：张　伟、王　芳" in whole_text(interview_sheet(form))


def test_every_page_has_a_line_for_the_signature_and_its_number():
    sheet = interview_sheet(with_lines(60))
    pages = lay_out(sheet)

    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        edges = [edge.text for edge in edge_texts(sheet, page.paper, number, len(pages), ())]
        assert any(text.startswith("被谈话人签名：") for text in edges)
        assert f"第 {number} 页　共 {len(pages)} 页" in edges


def test_body_leaves_the_signing_line_free():
    sheet = interview_sheet(with_lines(60))

    for page in lay_out(sheet):
        last = page.rows[-1]
        assert last.y + last.row.height <= page.paper.body_height + 0.1
        assert page.paper.bottom_mm > 21 + 5


def test_a_question_never_ends_a_page_without_its_answer():
    for count in range(10, 60):
        for page in page_texts(interview_sheet(with_lines(count))):
            assert [row[0] for row in page][-1] != "问："


@pytest.mark.parametrize("count", range(1, 40))
def test_signatures_never_stand_alone_on_a_page(count):
    last = [row[0] for row in page_texts(interview_sheet(with_lines(count)))[-1]]

    assert "被谈话人" in last
    assert "答：" in last


def test_a_long_answer_flows_over_pages_and_leaves_no_gap():
    form = with_lines(3, LONG[:2000])
    pages = lay_out(interview_sheet(form))

    assert "".join(row[1] for row in rows(interview_sheet(form)) if len(row) == 2).count("顶岗") == (
        3 * LONG[:2000].count("顶岗")
    )
    for page in pages[:-1]:
        used = page.rows[-1].y + page.rows[-1].row.height
        assert page.paper.body_height - used < 45 * 72 / 25.4


def test_blank_form_has_two_pages_with_lines_to_write_on():
    blank = replace(InterviewForm("督查室"), notice=FORM.notice)
    (first, second) = lay_out(interview_sheet(blank))

    ruled = [placed.row.height for page in (first, second) for placed in page.rows if placed.row.has_rules]
    assert min(ruled) >= 10 * 72 / 25.4 - 0.01
    assert "任务编号：____________" in whole_text(interview_sheet(blank))


def test_entry_from_paper_is_marked():
    assert "【补录】" in whole_text(interview_sheet(replace(FORM, is_from_paper=True)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_usual_form_fits_on_one_page_and_loses_no_character(language):
    use_language(language)

    report = draw_interviews([FORM], BytesIO())

    assert (report.pages, report.missing_characters) == (1, ())
