"""What strangers see of the program: titles, icon, class of the window, notes of dialogs, reports of crashes."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

import desktop.gui
from desktop.gui.about_dialog import AboutDialog
from desktop.gui.crash_dialog import CrashDialog
from desktop.gui.visits.key_help import KeyHelpDialog
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.settings import Theme
from tests.services.worlds import PASSPHRASE

LONG_MS = 20_000
RECORD = "澄湖区政务大厅三号窗口空岗"


def test_a_laptop_in_the_field_is_not_named_in_the_task_bar(window_of):
    laptop = window_of("anna")

    assert laptop.windowTitle() == "文档处理"
    laptop.choose_language("en")
    laptop.say_again()
    assert laptop.windowTitle() == "Documents"
    laptop.choose_language("zh")


def test_an_office_goes_by_its_name_until_it_is_locked(qtbot, window_of):
    office = window_of("office")
    assert office.windowTitle() == "明察"

    office.quick_lock.lock()
    qtbot.waitUntil(lambda: not office.jobs.is_busy, timeout=LONG_MS)

    assert office.windowTitle() == "文档处理"
    # The desktop turns dark in the evening.
    office.choose_theme(Theme.LIGHT)
    office.recolor()
    assert office.windowTitle() == "文档处理"


def test_no_dialog_of_a_laptop_is_named_after_the_work(window_of):
    laptop = window_of("anna")
    dialogs = [AboutDialog(laptop), KeyHelpDialog(laptop), ReasonDialog("更正理由", "", str, laptop)]

    assert {dialog.windowTitle() for dialog in dialogs} == {"文档处理"}


def test_the_dialogs_of_an_office_are_named_after_what_they_are_for(window_of):
    assert KeyHelpDialog(window_of("office")).windowTitle() == "本页按键"


def test_every_window_gets_its_name_where_it_is_made_neutral():
    """The small windows of the field and the manual are neutral by themselves."""
    own = {"window_title.py", "covert_notes.py", "capture_window.py", "manual_window.py"}
    files = [path for path in Path(desktop.gui.__file__).parent.rglob("*.py") if path.name not in own]

    assert not [path for path in files if "setWindowTitle" in path.read_text(encoding="utf-8")]


def test_the_manual_does_not_tell_whose_it_is(qtbot, window_of):
    laptop = window_of("anna")
    laptop.show_help()
    qtbot.waitUntil(laptop.manual.isVisible, timeout=LONG_MS)

    assert laptop.manual.windowTitle() == "帮助"


def test_icon_and_class_of_the_window_are_neutral(qapp):
    assert qapp.applicationName() == qapp.desktopFileName() == "documents"
    assert not qapp.windowIcon().isNull()
    assert qapp.arguments()[0] == "documents"


@pytest.fixture
def notes_of_qt(tmp_path):
    """Where Qt keeps what its dialogs note, for the time of a test."""
    before = QSettings(QSettings.Scope.UserScope, "QtProject").fileName()
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    yield tmp_path / "settings"
    folder = str(Path(before).parent)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, folder)


def test_no_dialog_leaves_a_note_of_the_folders_somebody_was_in(qtbot, tmp_path, notes_of_qt):
    folder = tmp_path / "澄湖区暗访"
    folder.mkdir()
    parent = QWidget()
    qtbot.addWidget(parent)
    gone = []

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.destroyed.connect(lambda: gone.append(True))
        dialog.setDirectory(str(folder))
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert choose_folder(parent, "") == folder
    qtbot.waitUntil(lambda: bool(gone), timeout=LONG_MS)

    written = [path.read_text(encoding="utf-8") for path in notes_of_qt.rglob("*") if path.is_file()]
    assert not [text for text in written if "file:" in text]


def test_a_crash_report_holds_nothing_of_a_record_neither_on_the_screen_nor_where_it_is_printed(
    qtbot, window_of, capsys
):
    laptop = window_of("anna")
    fact = RECORD

    try:
        raise ValueError(f"{fact} cannot be saved in {laptop.opened.folder}")
    except ValueError:
        laptop.report_crash(*sys.exc_info())
    dialog = laptop.findChild(CrashDialog)
    dialog.copy_report()
    printed = capsys.readouterr()

    assert "test_discretion.py" in dialog.report
    for text in (dialog.report, printed.err, printed.out, QApplication.clipboard().text()):
        assert RECORD not in text
        assert str(laptop.opened.folder) not in text
    assert "ValueError" in printed.err
    dialog.accept()


def test_a_crash_without_anywhere_to_print_is_shown_all_the_same(qtbot, window, monkeypatch):
    monkeypatch.setattr(sys, "stderr", None)

    window.report_crash(ValueError, ValueError(RECORD), None)

    assert RECORD not in window.findChild(CrashDialog).report


def texts_on(widget):
    """Everything that can be read on it now."""
    return " ".join(
        part.text() for part in widget.findChildren(QWidget) if part.isVisible() and hasattr(part, "text")
    )


def lock(qtbot, window):
    window.quick_lock.lock()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=LONG_MS)
    window.come_up()
    qtbot.waitUntil(lambda: window.isVisible() and not window.isMinimized(), timeout=LONG_MS)


def test_a_locked_window_that_is_looked_at_shows_nothing_but_a_field(qtbot, window_of):
    laptop = window_of("anna")
    lock(qtbot, laptop)
    laptop.show_help()

    assert laptop.cover.passphrase_field.hasFocus()
    assert texts_on(laptop).split() == ["其他"]
    assert not laptop.manual.isVisible()


def test_the_pass_phrase_leads_back_to_the_visit_that_was_locked(qtbot, window_of, world):
    laptop = window_of("anna")
    laptop.show_page("visit", world.visits[2])
    qtbot.waitUntil(lambda: laptop.pages["visit"].visit is not None, timeout=LONG_MS)
    lock(qtbot, laptop)
    laptop.cover.passphrase_field.setText("a wrong one")
    laptop.cover.submit()
    qtbot.waitUntil(lambda: laptop.cover.note.isVisible(), timeout=LONG_MS)
    laptop.cover.passphrase_field.setText(PASSPHRASE)
    laptop.cover.submit()
    qtbot.waitUntil(lambda: bool(laptop.pages) and laptop.pages["visit"].visit is not None, timeout=LONG_MS)

    assert laptop.stack.currentWidget() is laptop.pages["visit"]
    assert laptop.pages["visit"].visit.id == world.visits[2]
    assert laptop.status_line.isVisible()


def test_from_a_locked_window_another_workspace_can_be_opened(qtbot, window_of):
    laptop = window_of("anna")
    lock(qtbot, laptop)
    laptop.cover.passphrase_field.setText("half a pass")
    laptop.cover.other_button.click()

    assert laptop.cover.passphrase_field.text() == ""
    assert laptop.start_page.isVisible()
