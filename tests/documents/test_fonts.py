import shutil
import subprocess
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.fonts import BOX, CHECKED_BOX, GETA, Face, glyphs, missing_characters, runs, text_width


@pytest.mark.parametrize("char", "㛃𬭎䶮𠮷燚鿫䲟〇★□√✓〔〕㎡≥≤×÷−‰℃①·—…")
@pytest.mark.parametrize("face", Face)
def test_rare_characters_and_marks_have_a_glyph(char, face):
    assert not glyphs(face)[char].is_missing


def test_character_of_the_face_itself_is_preferred():
    assert glyphs(Face.SERIF)["䶮"].face is Face.SERIF


def test_character_the_face_lacks_comes_from_wenkai():
    assert glyphs(Face.SERIF)["𠮷"].face is Face.KAI


def test_character_without_any_font_is_a_geta_and_is_reported():
    shown = glyphs(Face.SERIF)["\U00020000"]

    assert shown.text == GETA
    assert shown.is_missing
    assert missing_characters(["张\U00020000", "督查"]) == ("\U00020000",)


def test_invisible_characters_are_neither_drawn_nor_missing():
    text = "葛\U000e0100城\u200b\ufeff\x07"

    assert [run.text for run in runs(text, Face.SERIF)] == ["葛城"]
    assert missing_characters([text]) == ()


def test_checked_box_is_a_ticked_box_of_the_same_width():
    (run,) = runs(CHECKED_BOX, Face.SERIF)

    assert run.is_ticked
    assert run.text == BOX
    assert text_width(CHECKED_BOX, Face.SERIF, 10) == text_width(BOX, Face.SERIF, 10)


def test_tab_is_a_space():
    assert glyphs(Face.SERIF)["\t"] == glyphs(Face.SERIF)[" "]


@given(st.text(max_size=30), st.sampled_from(Face))
def test_runs_show_every_visible_character_in_order(text, face):
    shown = "".join(run.text for run in runs(text, face))

    assert shown == "".join(glyphs(face)[char].text for char in text)
    assert all(glyphs(face)[char].text for char in text if unicodedata.category(char)[0] not in "CM")


@given(st.text(max_size=30), st.sampled_from(Face))
def test_width_of_a_text_is_the_sum_of_its_runs(text, face):
    total = sum(run.advance for run in runs(text, face)) * 10 / 1000

    assert total == pytest.approx(text_width(text, face, 10))


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_rare_characters_can_be_copied_out_of_the_pdf(tmp_path):
    path = tmp_path / "names.pdf"
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for run in runs("李㛃、陈𬭎、䶮文𠮷", Face.SERIF):
        canvas.setFont(run.face.value, 12)
        canvas.drawString(50, 700, run.text)
    canvas.save()
    path.write_bytes(out.getvalue())

    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout

    assert {"㛃", "𬭎", "䶮", "𠮷"} <= set(text)
