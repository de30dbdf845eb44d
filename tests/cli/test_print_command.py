"""``mingcha print``: forms as PDF."""

import pytest

from tests.cli.city import refusal, usage_error


def test_the_forms_are_listed_without_a_workspace(mingcha):
    listed = mingcha.json("print", "--list")

    assert [form["form"] for form in listed["forms"]] == [
        "F01",
        "F02",
        "F02b",
        "F04",
        "F12",
        "F13",
        "F14",
        "P01",
    ]
    assert mingcha("print", "--list", "--lang", "en").out.startswith("F01   Site inspection form ")


def test_a_filled_form_is_printed(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])

    answer = mingcha("print", city.office, "F01", city.visits[0], "--out", city.folder / "F01.pdf")

    assert answer.out.startswith("已生成 ")
    assert (city.folder / "F01.pdf").read_bytes().startswith(b"%PDF")


def test_a_blank_form_is_printed_for_a_checklist(mingcha, city):
    printed = mingcha.json(
        "print", city.office, "F01", "ZWDT-2026-V1", "--blank", "--out", city.folder / "blank.pdf"
    )

    assert printed["pages"] >= 1
    assert printed["missing_characters"] == []


def test_visits_without_evidence_are_left_out_of_the_lists_and_that_is_said(mingcha, city):
    photo = city.folder / "note.txt"
    photo.write_text("现场笔记", encoding="utf-8")
    mingcha("attach", city.anna, city.visits[0], photo)

    answer = mingcha("print", city.anna, "F12", "--out", city.folder / "F12.pdf")
    counted = mingcha.json("print", city.anna, "F12", "--out", city.folder / "again.pdf")

    assert answer.out == f"已生成 1 页。另有 {counted['left_out']} 次现场检查没有此表的内容，未列入。\n"
    assert counted["left_out"] >= 1


def test_the_slip_of_a_package_is_printed(mingcha, city):
    imported = mingcha.bring(city, city.anna, city.visits[0])

    assert mingcha("print", city.office, "F13", imported, "--out", city.folder / "F13.pdf").status == 0


@pytest.mark.parametrize("words", [[], ["office"], ["office", "F01"], ["--out", "a.pdf"]])
def test_all_three_are_needed(mingcha, words):
    assert usage_error(mingcha("print", *words)).startswith("须给出工作库、表单和输出文件。")


def test_a_form_that_does_not_exist_is_refused(mingcha, city):
    answer = mingcha("print", city.office, "F99", "--out", city.folder / "F99.pdf", "--lang", "en")

    assert refusal(answer) == "There is no form F99. The forms are: F01, F02, F02b, F04, F12, F13, F14, P01."
    assert not (city.folder / "F99.pdf").exists()


def test_a_slip_is_not_printed_blank(mingcha, city):
    answer = mingcha("print", city.office, "F13", "any", "--blank", "--out", city.folder / "x.pdf")

    assert refusal(answer).startswith("F13 没有空白表。")


@pytest.mark.parametrize("form", ["F02", "F02b", "F04", "F12"])
@pytest.mark.parametrize("is_any", [True, False])
def test_every_form_of_a_visit_is_printed_blank(mingcha, city, form, is_any):
    named = "any" if is_any else city.visits[0]

    assert mingcha("print", city.anna, form, named, "--blank", "--out", city.folder / "x.pdf").status == 0


def test_the_papers_of_a_departure_are_printed_for_a_mission(mingcha, city):
    missions = mingcha.json("list", city.anna, "missions")["rows"]

    answer = mingcha("print", city.anna, "P01", missions[0]["id"], "--out", city.folder / "papers.pdf")

    assert answer.status == 0, answer.err


def test_characters_that_no_font_has_are_told(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0], leader="李\U0003134a")

    answer = mingcha("print", city.office, "F01", city.visits[0], "--out", city.folder / "F01.pdf")

    assert answer.out.endswith("下列字符没有可用字体：\U0003134a\n")
