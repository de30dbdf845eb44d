import stat

import openpyxl
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from desktop.errors import UserError
from desktop.gui.printing import print_page, qt_printing
from desktop.gui.printing.print_dialog import PrintDialog
from desktop.gui.printing.qt_printing import draw_pages
from desktop.services.printing.preview_form import preview_form
from desktop.services.printing.send_to_printer import PrintOrder

LP = """#!/bin/sh
printf '%s' "$*" > "{folder}/arguments"
cat > "{folder}/printed.pdf"
exit {status}
"""
LPSTAT = """#!/bin/sh
case "$1" in
-e) printf '{names}' ;;
-d) echo "system default destination: second" ;;
esac
"""


@pytest.fixture
def print_system(tmp_path, monkeypatch):
    """Fake ``lp`` and ``lpstat`` in front on the PATH; tells where what was printed lies."""
    folder = tmp_path / "printing"
    folder.mkdir()

    def put(names="first\\nsecond\\n", status=0, says=""):
        lp = LP.format(folder=folder, status=status)
        if says:
            lp = lp.replace("exit", f"echo 'lp: {says}' >&2\nexit")
        for name, text in (("lp", lp), ("lpstat", LPSTAT.format(names=names))):
            (folder / name).write_text(text)
            (folder / name).chmod(stat.S_IRWXU)
        return folder

    monkeypatch.setenv("PATH", str(folder), prepend=":")
    return put


@pytest.fixture
def page(qtbot, window_of):
    window = window_of("office")
    window.show_page("print")
    page = window.pages["print"]
    wait_for_preview(qtbot, page)
    return page


def wait_for_preview(qtbot, page):
    ready = QPdfDocument.Status.Ready
    qtbot.waitUntil(
        lambda: page.preview.document.status() is ready and page.print_button.isEnabled(), timeout=20_000
    )


def printed(qtbot, page):
    """Choose the printer in the dialog and wait for what the page says."""
    page.print_button.click()
    qtbot.waitUntil(lambda: page.findChild(PrintDialog) is not None or page.note.isVisible(), timeout=10_000)
    return page.findChild(PrintDialog)


def test_what_is_chosen_goes_to_the_printer_chosen(qtbot, page, print_system):
    folder = print_system()
    dialog = printed(qtbot, page)
    assert [dialog.printer_field.itemText(n) for n in range(2)] == ["second", "first"]
    dialog.printer_field.setCurrentText("first")
    dialog.copies_field.setValue(3)
    dialog.pages_field.setText("1")
    dialog.print_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert page.note.property("tone") == "done"
    assert (folder / "arguments").read_text().strip() == "-n 3 -t F01 -d first -P 1 -"
    assert (folder / "printed.pdf").read_bytes().startswith(b"%PDF")


def test_pages_that_are_not_there_are_said_in_the_dialog(qtbot, page, print_system):
    print_system()
    dialog = printed(qtbot, page)
    dialog.pages_field.setText("90-99")
    dialog.print_button.click()

    assert dialog.note.isVisible()
    assert dialog.isVisible()
    dialog.reject()


def test_without_a_printer_the_page_says_so_clearly(qtbot, page, print_system):
    print_system(names="")
    assert printed(qtbot, page) is None

    assert page.note.property("tone") == "problem"
    assert "没有打印机" in page.note.problem_label.text()


def test_a_printer_that_refuses_is_quoted(qtbot, page, print_system):
    print_system(status=1, says="The printer is out of order")
    printed(qtbot, page).print_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert "out of order" in page.note.problem_label.text()
    assert page.print_button.isEnabled()


def test_several_records_make_one_pdf(qtbot, page, tmp_path):
    one = page.preview.page_count
    page.records_view.selectAll()
    qtbot.waitUntil(lambda: page.preview.page_count > one, timeout=20_000)
    page.save_pdf(tmp_path / "all.pdf")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    document = QPdfDocument()
    document.load(str(tmp_path / "all.pdf"))
    assert document.pageCount() == page.preview.page_count


def test_many_records_are_paged_through_and_drawn_when_they_are_wanted(qtbot, page, monkeypatch):
    monkeypatch.setattr(print_page, "_PREVIEWED_AT_ONCE", 2)
    assert not page.preview.on_button.isVisible()
    page.records_view.selectAll()
    said = page.preview._pages_label
    qtbot.waitUntil(lambda: said.text() == "已选3份，这里是第1至2份", timeout=20_000)
    assert not page.preview.back_button.isEnabled()
    page.preview.on_button.click()
    qtbot.waitUntil(lambda: said.text() == "已选3份，这里是第3至3份", timeout=20_000)
    assert not page.preview.on_button.isEnabled()
    page.preview.back_button.click()
    qtbot.waitUntil(lambda: "第1至2份" in said.text(), timeout=20_000)
    page.records_view.selectRow(0)
    qtbot.waitUntil(lambda: "页" in said.text(), timeout=20_000)

    assert not page.preview.on_button.isVisible()


def test_a_blank_form_is_for_a_visit_or_for_any_checklist(qtbot, page):
    recorded = page.records.rowCount()
    page.blank_field.setChecked(True)
    qtbot.waitUntil(lambda: page.records.rowCount() > recorded, timeout=10_000)
    rows = [page.records.row(n) for n in range(page.records.rowCount())]
    assert rows[0].day == "不限点位"
    model = page.records_view.selectionModel()
    model.select(page.records.index(0, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect)
    page.records_view.selectRow(0)
    wait_for_preview(qtbot, page)

    assert not page.note.isVisible()
    assert page.preview.page_count >= 1


def test_a_search_for_blank_forms_finds_checklists_by_name(qtbot, page):
    page.blank_field.setChecked(True)
    page.search.search_field.setText("政务")
    qtbot.waitUntil(
        lambda: page.records.rowCount() > 0 and "政务" in page.records.row(0).name, timeout=10_000
    )


def test_the_ranking_of_a_year_is_saved_with_its_arithmetic(qtbot, world, window_of, tmp_path):
    world.open()
    world.bring(world.anna)
    world.close()
    window = window_of("office")
    window.show_page("print")
    page = window.pages["print"]
    qtbot.waitUntil(page.ranking_button.isVisible, timeout=10_000)
    assert [action.text() for action in page.ranking_button.menu().actions()] == ["2026年"]
    page.save_ranking(2026, tmp_path / "ranking.xlsx")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert openpyxl.load_workbook(tmp_path / "ranking.xlsx", read_only=True).sheetnames


def test_a_laptop_ranks_nobody(qtbot, window_of):
    window = window_of("anna")
    window.show_page("print")
    wait_for_preview(qtbot, window.pages["print"])

    assert not window.pages["print"].ranking_button.isVisible()


def test_printing_is_noted_in_the_log(qtbot, page, print_system, world):
    print_system()
    before = page.jobs._opened().db.execute("SELECT count(*) FROM entry").fetchone()
    printed(qtbot, page).print_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=20_000)

    assert page.jobs._opened().db.execute("SELECT count(*) FROM entry").fetchone() > before


def test_where_there_is_no_lp_the_pages_are_drawn_at_300_dpi(qapp, world, tmp_path):
    world.open()
    pdf = preview_form(world.office, "F01", [world.visits[0]])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "drawn.pdf"))

    draw_pages(pdf, (1,), printer)

    document = QPdfDocument()
    document.load(str(tmp_path / "drawn.pdf"))
    assert document.pageCount() == 1
    picture = document.render(0, document.pagePointSize(0).toSize())
    white = QImage(picture.size(), picture.format())
    white.fill(Qt.GlobalColor.white)
    assert picture != white


def test_without_lp_and_without_printers_there_is_none(monkeypatch, qapp):
    monkeypatch.setattr(qt_printing, "has_print_command", lambda: False)
    monkeypatch.setattr(qt_printing, "_qt_printers", lambda: ())

    with pytest.raises(UserError, match="没有打印机"):
        qt_printing.printers()


def test_without_lp_an_unusable_printer_is_said(monkeypatch, world, qapp, tmp_path):
    world.open()
    pdf = preview_form(world.office, "F01", [world.visits[0]])
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "missing" / "drawn.pdf"))

    with pytest.raises(UserError, match="不能使用"):
        draw_pages(pdf, (1,), printer)
    assert PrintOrder().copies == 1
