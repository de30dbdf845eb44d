import re
import shutil
import subprocess
import zlib
from io import BytesIO

import pytest

from desktop.documents.cell import MM, Cell, Row, Table
from desktop.documents.drawing import draw_sheets
from desktop.documents.fonts import text_width
from desktop.documents.page_edge import edge_texts, short_code
from desktop.documents.sheet import PORTRAIT, Sheet, lay_out
from desktop.i18n import use_language

RECORD = "01932c5f-6a10-7abc-8def-0123456789ab"


def sheet(text="督查", count=1, **changes):
    rows = (Row((Cell(text),), 100),) * count
    values = {"form_code": "F01", "version": "V1", "record_id": RECORD, "running_head": "现场检查表"}
    return Sheet((Table((PORTRAIT.body_width_mm,), rows),), **(values | changes))


def drawn(*sheets):
    out = BytesIO()
    return draw_sheets(sheets, "标题", out), out.getvalue()


def streams(content):
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        yield zlib.decompressobj().decompress(found.group(1))


def edges(made, number=1, missing=()):
    return [edge.text for edge in edge_texts(made, PORTRAIT, number, len(lay_out(made)), missing)]


def test_foot_names_form_version_short_code_and_page():
    assert edges(sheet(count=5), 1) == ["F01　V1　短码 4567 89AB", "第 1 页　共 3 页"]


def test_pages_after_the_first_repeat_what_they_belong_to():
    assert edges(sheet(count=5), 2)[-1] == "现场检查表"


def test_foot_of_an_english_page():
    use_language("en")

    assert edges(sheet(version="")) == ["F01　Short code 4567 89AB", "Page 1 of 1"]


def test_sheet_without_a_record_has_neither_code_nor_qr():
    made = sheet(record_id="")

    assert edges(made)[0] == "F01　V1"
    assert len(drawn(made)[1]) < len(drawn(sheet())[1])


def test_characters_without_a_font_are_named_on_the_paper():
    report, _content = drawn(sheet("张\U00020000"))

    assert report.missing_characters == ("\U00020000",)
    assert edges(sheet(), 1, ("\U00020000",))[-1] == "〓 为字库中没有的字（U+20000），请手写补正。"


def test_every_sheet_counts_its_own_pages():
    report, content = drawn(sheet(count=3), sheet())

    assert report.pages == 3
    assert len(re.findall(rb"/Type /Page\b", content)) == 3


def test_nothing_depends_on_the_clock_or_chance():
    assert drawn(sheet())[1] == drawn(sheet())[1]


def test_streams_are_not_blown_up_as_text():
    assert b"ASCII85Decode" not in drawn(sheet())[1]


def test_running_head_that_is_too_long_is_cut_with_an_ellipsis():
    report, _content = drawn(sheet(count=3, running_head="云泽市人民政府督查室" * 20))

    assert report.pages == 2


def test_wrapped_chinese_line_reaches_the_edge():
    _report, content = drawn(sheet("督" * 100))

    spacings = {float(value) for page in streams(content) for value in re.findall(rb"([\d.]+) Tc", page)}
    room = PORTRAIT.body_width_mm * MM - 3 * MM
    in_line = int(room // 10.5)
    assert any(
        value == pytest.approx((room - 10.5 * in_line) / (in_line - 1), abs=0.01) for value in spacings
    )


def test_wrapped_english_line_is_left_ragged():
    _report, content = drawn(sheet("word " * 100))

    assert {float(v) for page in streams(content) for v in re.findall(rb"([\d.]+) Tc", page)} == {0.0}


def test_rule_shared_by_two_rows_is_drawn_once():
    _report, content = drawn(sheet(count=2, record_id=""))

    page = next(one for one in streams(content) if b" l" in one and b" m" in one)
    segments = re.findall(rb"([\d.]+ [\d.]+) m ([\d.]+ [\d.]+) l", page.replace(b"\n", b" "))
    assert len(segments) == len(set(segments)) == 3 + 4


def test_short_code_is_the_end_of_the_id():
    assert short_code(RECORD) == "4567 89AB"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_text_can_be_searched_in_the_pdf(tmp_path):
    path = tmp_path / "form.pdf"
    draw_sheets([sheet("☑明查，䶮文𠮷")], "标题", path)

    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout

    assert "明查，䶮文𠮷" in text
    assert "✓" in text


def test_text_on_the_edge_stays_in_its_room():
    for edge in edge_texts(sheet(), PORTRAIT, 2, 3, ("\U00020000",)):
        assert text_width(edge.text, edge.style.face, edge.style.size) <= edge.room
