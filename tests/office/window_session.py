"""A covert session through the window: unlock, unseal, notes, facts, evidence, form, export, lock, and once more."""

import os
import sys
import traceback
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.gui import application
from desktop.gui.main_window import MainWindow
from desktop.gui.start.start_forms import NewWorkspace
from desktop.gui.visits.covert_notes import CovertNotes
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.services.printing.preview_form import preview_form
from tests.office.covert_words import CAPTION, FACT, LEADERS, PLACE, TYPED
from tests.services.worlds import PASSPHRASE

STOP = "stop here\n"
_EVERY_MS = 10


def steps(window, order):
    """What is done, one after the other; each yields what has to be true before the next."""
    if "new_office" in order:
        yield from make_office(window, Path(order["new_office"]))
    yield from unlock(window, order)
    window.pages["today"].unseal(order["mission"], LEADERS)
    yield lambda: is_quiet(window)
    window.show_page("today")
    yield lambda: is_quiet(window)
    yield from record(window, order)
    yield from export(window, order)
    QApplication.clipboard().setText(FACT)
    window.quick_lock.lock()
    yield lambda: window.opened is None and is_quiet(window)
    yield from unlock(window, order)
    window.show_page("visit", order["visit"])
    yield lambda: window.pages["visit"].visit is not None and is_quiet(window)
    note(window, TYPED)
    yield lambda: is_quiet(window)
    sys.stdout.write(STOP)
    sys.stdout.flush()
    yield lambda: "waits" not in order
    window.quick_lock.lock()
    yield lambda: window.opened is None and is_quiet(window)
    window.close()


def is_quiet(window):
    return window.jobs.is_quiet and not window.jobs.is_busy


def make_office(window, folder):
    form = window.start_page.office_form
    sheet = folder.with_suffix(".pdf")
    form.submitted.emit(NewWorkspace(folder, "便携中心", "赵六", sheet, PASSPHRASE, is_portable=True))
    yield lambda: bool(window.pages) and is_quiet(window)
    window.leave_workspace()
    yield lambda: is_quiet(window)


def unlock(window, order):
    window.start_page.ask_passphrase(Path(order["node"]), PASSPHRASE)
    yield lambda: bool(window.pages) and is_quiet(window)


def note(window, text):
    page = window.pages["visit"]
    page.show_notes()
    notes = page.findChild(CovertNotes)
    notes.place_field.setText(PLACE)
    notes.fact_field.setText(text)
    QTest.keyClick(notes.fact_field, Qt.Key.Key_Return)


def record(window, order):
    window.show_page("visit", order["visit"])
    page = window.pages["visit"]
    yield lambda: page.visit is not None and is_quiet(window)
    note(window, FACT)
    yield lambda: is_quiet(window)
    page.show_facts()
    page.editor.facts_field.insertPlainText(FACT)
    page.saver.flush()
    page.evidence.add_files([Path(order["photo"])])
    yield lambda: len(page.evidence.strip.evidence) == 1 and is_quiet(window)
    page.evidence._save_caption(page.evidence.strip.evidence[0], CAPTION)
    yield lambda: is_quiet(window)
    drawn = []
    window.jobs.read(partial(preview_form, code="F01", ids=[order["visit"]]), drawn.append)
    yield lambda: bool(drawn) and is_quiet(window)


def export(window, order):
    def choose():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(order["target"])
        dialog.accept()

    QTimer.singleShot(50, choose)
    assert choose_folder(window, "") == Path(order["target"])
    window.show_page("export")
    yield lambda: is_quiet(window)
    window.pages["export"].export_to(Path(order["target"]))
    yield lambda: is_quiet(window) and any(Path(order["target"]).glob("*.mcp"))


class Player:
    """Plays the steps as soon as the window stands; a mistake ends the process with its trace."""

    def __init__(self, order):
        self.order = order
        self.steps = None
        self.is_ready = lambda: True
        self.timer = QTimer()
        self.timer.timeout.connect(self.go_on)
        self.timer.start(_EVERY_MS)

    def go_on(self):
        window = next((top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow)), None)
        if window is None or QApplication.activeModalWidget() is not None:
            return
        if self.steps is None:
            self.steps = steps(window, self.order)
        is_well = False
        try:
            if self.is_ready():
                self.is_ready = next(self.steps, None) or self.end()
            is_well = True
        finally:
            if not is_well:
                traceback.print_exc()
                os._exit(3)

    def end(self):
        self.timer.stop()
        return self.timer.isActive


def play(order):
    """The exit status of the window."""
    make = application.make_application
    kept = []

    def make_and_play(arguments):
        app = make(arguments)
        kept.append(Player(order))
        return app

    application.make_application = make_and_play
    return application.run_window(["mingcha"])
