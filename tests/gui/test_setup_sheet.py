import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QAbstractItemModelTester

from desktop.documents.read_sheet import SheetRow
from desktop.documents.write_sheet import write_sheet
from desktop.gui.setup.people_section import PeopleSection
from desktop.gui.setup.sites_section import SitesSection
from desktop.gui.setup.targets_section import TargetsSection
from desktop.gui.setup.units_section import UnitsSection
from desktop.i18n import _, use_language
from tests.gui.setup_pages import LONG_MS, MARKUP, loaded, note, on_disk, section_of
from tests.services.worlds import UNITS

NEW = {"sort_no": 30, "name": MARKUP, "kind": "市直部门"}


@pytest.fixture
def units(qtbot, window_of):
    return loaded(qtbot, section_of(qtbot, window_of("office"), UnitsSection))


@pytest.fixture
def sheet(tmp_path):
    def write(kind, *rows):
        path = tmp_path / f"{kind}.xlsx"
        path.unlink(missing_ok=True)
        write_sheet(kind, [SheetRow(row) for row in rows], path)
        return path

    return write


def look(qtbot, section, path):
    section.show_import(path)
    qtbot.waitUntil(lambda: section.sheet.preview is not None, timeout=LONG_MS)
    return section.sheet


def dropped(widget, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    widget.dropEvent(event)


def test_the_right_rows_are_taken_and_the_others_stay_out_with_their_reasons(qtbot, units, sheet, world):
    rows = (
        {**UNITS[0], "short": "澄湖", "group": None},
        UNITS[1],
        NEW,
        {"sort_no": 40, "name": "另一局", "kind": "市直部门", "parent": "没有这个单位"},
        {"sort_no": 50, "name": "长" * 5000, "kind": "市直部门"},
    )
    panel = look(qtbot, units, sheet("units", *rows))

    assert [panel.lines.row(n).name for n in range(2)] == ["澄湖区人民政府", MARKUP]
    assert [panel.errors.row(n).cell for n in range(2)] == ["单位!I5", "单位!C6"]
    assert panel.tabs.currentIndex() == 1
    assert panel.errors.row(0).problem in panel.detail_field.toPlainText()
    assert on_disk(world, "units", "short") == ["澄湖区", "市政务大数据局"]

    panel.import_button.click()
    text = note(qtbot, units)
    assert _("{count} rows with errors were left out.").format(count=2) in text
    qtbot.waitUntil(lambda: units.rows.rowCount() == 3, timeout=LONG_MS)
    assert on_disk(world, "units", "name")[2] == MARKUP
    assert on_disk(world, "units", "group")[0] == ""
    assert units.view.isVisible()


def test_looking_and_going_back_changes_nothing(qtbot, units, sheet, world):
    panel = look(qtbot, units, sheet("units", NEW))
    panel.import_button.setFocus()
    qtbot.keyClick(panel.import_button, Qt.Key.Key_Escape)

    assert units.view.isVisible()
    assert panel.preview is None
    assert len(on_disk(world, "units", "name")) == 2


def test_a_sheet_that_says_nothing_new_has_nothing_to_import(qtbot, units, sheet):
    panel = look(qtbot, units, sheet("units", *UNITS))

    assert not panel.import_button.isEnabled()
    assert panel.import_button.text().strip() == _("Nothing new in it")
    panel.take()
    assert not units.jobs.is_busy


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_a_file_that_is_no_workbook_is_refused_in_the_page(qtbot, units, tmp_path, content):
    path = tmp_path / "units.xlsx"
    path.write_bytes(content)
    units.show_import(path)

    assert note(qtbot, units)
    assert units.sheet.preview is None
    assert not units.sheet.progress.isVisible()


def test_a_file_that_is_dropped_on_the_list_is_looked_at(qtbot, units, sheet, tmp_path):
    other = tmp_path / "photo.jpg"
    other.write_bytes(b"")
    dropped(units, other)
    assert units.view.isVisible()

    dropped(units, sheet("units", NEW))
    qtbot.waitUntil(lambda: units.sheet.preview is not None, timeout=LONG_MS)
    assert units.sheet.lines.row(0).name == MARKUP


def test_an_import_that_is_stopped_leaves_nothing(qtbot, units, sheet, world):
    sites = section_of(qtbot, units.window(), SitesSection)
    rows = ({"name": f"点位{n}", "unit": "澄湖区"} for n in range(3000))
    panel = look(qtbot, sites, sheet("sites", *rows))
    panel.take()
    panel.progress.stop_button.click()
    qtbot.waitUntil(lambda: not sites.jobs.is_busy, timeout=LONG_MS)

    assert not panel.progress.isVisible()
    assert len(on_disk(world, "sites", "name")) == 0
    assert panel.import_button.isEnabled()


@pytest.mark.parametrize("kind", [UnitsSection, PeopleSection, TargetsSection, SitesSection])
def test_what_is_exported_comes_back_without_a_change(qtbot, window_of, tmp_path, kind):
    section = section_of(qtbot, window_of("office"), kind)
    path = tmp_path / "out.xlsx"
    section.export_to(path)
    assert str(path) in note(qtbot, section)

    panel = look(qtbot, section, path)
    assert (panel.lines.rowCount(), panel.errors.rowCount()) == (0, 0)


def test_the_preview_follows_the_language(qtbot, units, sheet):
    panel = look(qtbot, units, sheet("units", NEW))
    use_language("en")
    units.window().pages["setup"].say_again()
    text = panel.lines.data(panel.lines.index(0, 3))

    assert text.startswith("Order: 30; Name: ")
    assert panel.import_button.text().strip() == "Import 1 rows"


def test_the_models_are_sound(qtbot, units, sheet):
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [QAbstractItemModelTester(model, fatal) for model in (units.sheet.lines, units.sheet.errors)]
    look(qtbot, units, sheet("units", NEW, {**NEW, "name": "甲", "parent": "没有"}))
    units.sheet.begin()

    assert units.sheet.lines.rowCount() == units.sheet.errors.rowCount() == 0
    del testers
