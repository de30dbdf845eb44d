"""``mingcha sheet``: spreadsheets in and out; errors name the cell and nothing is imported."""

import pytest

from desktop.documents.read_sheet import SheetRow
from desktop.documents.write_sheet import write_sheet
from tests.cli.city import refusal


def sheet(city, *rows, kind="sites"):
    path = city.folder / f"{kind}.xlsx"
    write_sheet(kind, [SheetRow(row) for row in rows], path)
    return path


GOOD = {"name": "政务服务大厅", "unit": "市政务大数据局", "kind": "窗口"}
WRONG = {"name": "无主点位", "unit": "某某局", "kind": "窗口"}


def test_rows_become_records(mingcha, city):
    imported = mingcha("sheet", "import", city.office, "sites", sheet(city, GOOD))

    assert (imported.status, imported.out) == (0, "新增 1 条，修改 0 条，未变 0 条。\n")
    assert [row["name"] for row in mingcha.json("list", city.office, "sites")["rows"]] == ["政务服务大厅"]


def test_an_error_names_the_cell_and_nothing_is_imported(mingcha, city):
    answer = mingcha("sheet", "import", city.office, "sites", sheet(city, GOOD, WRONG))

    assert refusal(answer).startswith("点位!")
    assert answer.err.endswith("本次未导入任何内容；请更正上述单元格，或用 --skip-errors 只导入无误的行。\n")
    assert mingcha.ids(city.office, "sites") == []


def test_a_program_gets_the_errors_too(mingcha, city):
    answer = mingcha("sheet", "import", city.office, "sites", sheet(city, WRONG), "--json", "--lang", "en")

    (error,) = answer.value["errors"]
    assert (answer.status, answer.value["is_applied"]) == (1, False)
    assert error["cell"].startswith("点位!")
    assert "There is nothing called “某某局” in this workspace." in error["problem"]


def test_the_right_rows_can_be_taken(mingcha, city):
    answer = mingcha("sheet", "import", city.office, "sites", sheet(city, GOOD, WRONG), "--skip-errors")

    assert (answer.status, answer.out) == (0, "新增 1 条，修改 0 条，未变 0 条。有误 1 处。\n")
    assert len(mingcha.ids(city.office, "sites")) == 1


def test_a_dry_run_only_shows_what_would_change(mingcha, city):
    answer = mingcha("sheet", "import", city.office, "sites", sheet(city, GOOD), "--dry-run")

    assert (answer.status, answer.out) == (0, "预览：将新增 1 条，修改 0 条，未变 0 条。\n")
    assert mingcha.ids(city.office, "sites") == []


@pytest.mark.parametrize("kind", ["units", "people", "targets", "sites"])
def test_what_is_exported_and_imported_again_changes_nothing(mingcha, city, kind):
    mingcha.json("sheet", "import", city.office, "sites", sheet(city, GOOD))
    digest = mingcha.json("info", city.office)["digest"]
    out = city.folder / f"out-{kind}.xlsx"

    written = mingcha.json("sheet", "export", city.office, kind, out)
    again = mingcha.json("sheet", "import", city.office, kind, out)

    assert (again["created"], again["changed"], again["unchanged"]) == (0, 0, written["rows"])
    assert mingcha.json("info", city.office)["digest"] == digest


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a workbook", b"name,unit\n"])
def test_a_file_that_is_no_spreadsheet_is_refused(mingcha, city, content):
    assert refusal(mingcha("sheet", "import", city.office, "sites", city.file("x.xlsx", content)))


def test_a_missing_file_is_named(mingcha, city):
    assert "none.xlsx" in refusal(mingcha("sheet", "import", city.office, "sites", city.folder / "none.xlsx"))


def test_a_field_node_keeps_no_master_data(mingcha, city):
    assert "基础数据由中心维护" in refusal(mingcha("sheet", "import", city.anna, "sites", sheet(city, GOOD)))
