"""What holds for every dialog and window beside the main one, in both languages, on a usual screen and on a small one
that is scaled to 150 %: it fits the screen, no text is cut or lies over another, everything has a name, the focus is
in it, and nothing is left in the other language.
"""

import re
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from desktop import gui
from desktop.gui.setup.checklists_section import ChecklistsSection
from desktop.gui.widgets import fitting
from desktop.gui.widgets.fitting import FittingDialog
from tests.gui.dialog_desk import ERROR, LONG_MS, Desk, made_visits
from tests.gui.whole_texts import chinese_headings, english_words, is_cut, is_inner, shown, texts_of

ROOMS = {"1366x768": QSize(1366 - 8, 768 - 40), "150 % of it": QSize(911 - 8, 512 - 40)}
FOREIGN_BY_NATURE = ("about", "crash", "print", "evidence", "manual", "phrases", "draw")
"""Versions, names of devices and kinds of files, codes of phrases, the way of drawing."""


@pytest.fixture
def visits(world):
    return made_visits(world)


@pytest.fixture(params=ROOMS)
def room(request, monkeypatch):
    monkeypatch.setattr(fitting, "room_for", lambda _window: ROOMS[request.param])
    return ROOMS[request.param]


@pytest.fixture(params=["zh", "en"])
def desk(request, qtbot, room, visits, window_of):
    window = window_of("anna")
    window.choose_language(request.param)
    desk = Desk(qtbot, window, visits)
    desk.settle()
    desk.language = request.param
    yield desk
    desk.close_all()


def test_every_dialog_is_whole_named_and_in_one_language(qtbot, desk, room):
    found, tried = set(), set()
    for face, window in desk.faces():
        tried.add(type(window))
        found |= {f"{face}: {what}" for what in faults(window, room)}
        words = {text for text in texts_of(window) if english_words(text)}
        if desk.language == "zh" and not face.startswith(FOREIGN_BY_NATURE):
            found |= {f"{face}: English: {text[:60]}" for text in words}
        if desk.language == "en":
            found |= {f"{face}: Chinese: {text}" for text in chinese_headings(window)}

    assert found == set()
    assert {kind.__name__ for kind in set(FittingDialog.__subclasses__()) - tried} == set()


def test_every_dialog_is_one_that_fits():
    texts = {path.name: path.read_text(encoding="utf-8") for path in Path(gui.__file__).parent.rglob("*.py")}

    assert [name for name, text in texts.items() if re.search(r"^class .*\bQDialog\b", text, re.M)] == [
        "fitting.py"
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forms_that_complain_are_whole_on_the_lowest_window(qtbot, window_of, language):
    window = window_of("office")
    window.resize(1024, 640)
    window.choose_language(language)
    found = set()
    for face in complaining(qtbot, window):
        qtbot.wait(30)
        qtbot.waitUntil(lambda: window.jobs.is_quiet, timeout=LONG_MS)
        size = window.size()
        labels = shown(window, QLabel) + shown(window, QAbstractButton)
        found |= {f"{face}: cut: {each.text()[:60]}" for each in labels if is_cut(each, with_scrolled=True)}
        found |= {f"{face}: {what}" for what in overlapping(window)}
        found |= (
            {f"{face}: the window grew to {size}"} if size.width() > 1024 or size.height() > 640 else set()
        )

    assert found == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_paper_record_of_an_office_is_whole_too(qtbot, room, window_of, language):
    window = window_of("office")
    window.choose_language(language)
    desk = Desk(qtbot, window, {})
    desk.settle()
    desk.page("results").paper_button.click()
    dialog = desk.newest()
    fields = dialog.fields.visit_field
    fields.setCurrentIndex(fields.count() - 1)
    dialog.note.show_problem(ERROR)
    desk.settle()
    found = set(faults(dialog, room))
    desk.close_all()

    assert found == set()


def complaining(qtbot, window):
    """Bring one form after the other to the front, with everything wrong that can be."""
    window.watch_note.show_problem(ERROR)
    window.show_page("overview")
    yield "overview under a note"
    window.watch_note.hide()
    window.show_page("setup", ChecklistsSection)
    section = next(s for s in window.pages["setup"].sections if isinstance(s, ChecklistsSection))
    section.edit()
    qtbot.waitUntil(section.editor.isVisible, timeout=LONG_MS)
    section.editor._add()
    section.editor.may_save()
    yield "checklist"
    window.leave_workspace()
    start = window.start_page
    for form in (start.office_form, start.field_form, start.restore_form):
        start._show_form(form)
        form.submit()
        yield type(form).__name__
    start.restore_form.sheet_box.setChecked(True)
    yield "restoring with the sheet"
    start._show_forgotten(Path("工作库"))
    start.reset.form.show_owners((("1", "张三"), ("2", "李四")))
    start.reset.form.note.show_problem(ERROR)
    yield "forgotten"


def faults(window, room):
    if not QRect(QPoint(0, 0), room).contains(QRect(QPoint(0, 0), window.size())):
        yield f"larger than the screen: {window.size()}"
    if not QRect(QPoint(0, 0), room).contains(QRect(QPoint(0, 0), window.minimumSizeHint())):
        yield f"cannot be as small as the screen: {window.minimumSizeHint()}"
    for widget in shown(window, QLabel) + shown(window, QAbstractButton):
        if is_cut(widget, with_scrolled=True):
            yield f"cut: {widget.text()[:60]}"
    focus = QApplication.focusWidget()
    if focus is None or focus.window() is not window:
        yield "the focus is elsewhere"
    yield from nameless(window)
    yield from overlapping(window)


def nameless(window):
    for widget in shown(window):
        can_be_focused = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
        has_text = isinstance(widget, QAbstractButton) and widget.text()
        if can_be_focused and not is_inner(widget) and not (widget.accessibleName() or has_text):
            yield f"nameless: {type(widget).__name__}"


def overlapping(window):
    kinds = (QLabel, QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)
    by_parent = {}
    for widget in (each for each in shown(window) if isinstance(each, kinds) and not is_inner(each)):
        by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for siblings in by_parent.values():
        for one, other in combinations(siblings, 2):
            if one.geometry().intersects(other.geometry()):
                yield f"one over the other: {said(one)} and {said(other)}"


def said(widget: QWidget):
    return widget.accessibleName() or getattr(widget, "text", partial(str, widget))()[:30]
