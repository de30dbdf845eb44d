import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.lengths import TooLongError
from desktop.gui.texts import Texts
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _, use_language

TOO_LONG = TooLongError("X", 121, 120)


class Pages(QStackedWidget):
    """Two pages; the note stands on the first."""

    def __init__(self, **options):
        super().__init__()
        self.texts = Texts()
        self.note = NoteBar(self.texts, **options)
        first = QWidget()
        QVBoxLayout(first).addWidget(self.note)
        self.addWidget(first)
        self.addWidget(QWidget())

    def go_and_come_back(self):
        self.setCurrentIndex(1)
        self.setCurrentIndex(0)


@pytest.fixture
def pages(qtbot):
    pages = Pages()
    qtbot.addWidget(pages)
    pages.show()
    return pages


def test_what_was_done_leaves_with_its_page(pages):
    pages.note.show_done("已保存。")
    assert pages.note.isVisible()
    pages.go_and_come_back()

    assert not pages.note.isVisible()


def test_what_was_done_while_another_page_was_in_front_is_still_read(pages):
    pages.setCurrentIndex(1)
    pages.note.show_done("已打印。")
    pages.setCurrentIndex(0)

    assert pages.note.isVisible()


def test_problems_and_warnings_stay(pages):
    for show in (lambda: pages.note.show_problem(TOO_LONG), lambda: pages.note.show_warning("请注意")):
        show()
        pages.go_and_come_back()
        pages.note.leave()

        assert pages.note.isVisible()


def test_what_was_done_is_there_again_when_a_window_was_minimized(qtbot, pages):
    pages.note.show_done("已保存。")
    pages.showMinimized()
    pages.showNormal()

    assert not pages.note.isHidden()


def test_a_result_to_be_read_again_stays(qtbot):
    pages = Pages(is_lasting=True)
    qtbot.addWidget(pages)
    pages.show()
    pages.note.show_done(lambda: _("Saved."))
    pages.go_and_come_back()
    use_language("en")
    pages.texts.say_again()

    assert pages.note.isVisible()
    assert pages.note.problem_label.text() == "Saved."


def test_at_a_switch_of_language_what_was_done_leaves_and_a_problem_is_said_again(pages):
    pages.note.show_done("已保存。")
    pages.texts.say_again()
    assert pages.note.isVisible()
    use_language("en")
    pages.texts.say_again()
    assert not pages.note.isVisible()

    use_language("zh")
    pages.note.show_problem(TOO_LONG)
    use_language("en")
    pages.texts.say_again()
    assert pages.note.problem_label.text().startswith("“X” has 121 characters")
    assert pages.note.accessibleName().startswith("“X” has 121 characters")


def test_a_warning_that_can_be_asked_for_again_follows_the_language(pages):
    pages.note.show_warning(lambda: _("Saved."), "备注")
    use_language("en")
    pages.texts.say_again()

    assert (pages.note.problem_label.text(), pages.note.advice_label.text()) == ("Saved.", "备注")


def test_only_a_hand_turns_to_another_row(qtbot):
    model = RowsModel((Column(lambda: "甲", str),))
    view = RowsView(model)
    qtbot.addWidget(view)
    view.show()
    turned = []
    view.turned.connect(lambda: turned.append(view.currentIndex().row()))
    model.show_rows(("一", "二", "三"))
    view.selectRow(0)
    assert turned == []

    qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_F5)
    place = view.visualRect(model.index(2, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert turned == [1, 2]
