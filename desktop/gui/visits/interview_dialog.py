"""谈话记录: the interviews of a visit left, the chosen one right; every change is saved by itself."""

import time
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTabWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.dialogue_panel import DialoguePanel
from desktop.gui.visits.interview_fields import InterviewFields
from desktop.gui.visits.interview_removal import InterviewRemoval
from desktop.gui.visits.interview_saver import InterviewSaver
from desktop.gui.visits.visit_words import minute_text, removal_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import name_window
from desktop.gui.widgets.wrapped_list import WrappedList
from desktop.i18n import _
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.interview import Interview, NumberedInterview, missing_in_interview
from desktop.services.visits.record_interview import OpenedInterviews, new_interview, open_interviews

_SIZE_PX = (980, 600)
_LIST_PX = 210
_SPOKEN_TAB = 1


class InterviewDialog(FittingDialog):
    """``print_wanted``: the forms of the interviews of this visit."""

    print_wanted = Signal()

    def __init__(self, jobs: Jobs, visit: EditedVisit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._visit = visit
        self._interviews: list[NumberedInterview] = []
        self._row = -1
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Interviews"))
        resize_on_screen(self, *_SIZE_PX)
        self.saver = InterviewSaver(jobs, visit, self)
        self.removal = InterviewRemoval(jobs, texts, visit, self)
        self._buttons = QWidget()
        self.note = NoteBar()
        self.saved_label = plain_label("", "muted")
        self.removed_label = plain_label("", "warning", wraps=True)
        self.removed_label.hide()
        self.list = WrappedList()
        self.list.setFixedWidth(_LIST_PX)
        self.list.setAccessibleName(_("Interviews of this visit"))
        self.fields = InterviewFields(texts, lambda: round(time.time() * 1000))
        self.fields.setParent(self)
        self.dialogue = DialoguePanel(texts)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setAccessibleName(_("Interviews"))
        self._notice_label = plain_label("", wraps=True)
        self.new_button = text_button(texts, lambda: _("New interview (Ctrl+N)"))
        self.print_button = text_button(texts, lambda: _("Print …"), "printer")
        self.close_button = text_button(texts, lambda: _("Close"), is_primary=True)
        self._lay_out(texts)
        self._connect()
        self.new_button.setEnabled(visit.is_open)
        self._allow()
        work = partial(open_interviews, visit_id=visit.id)
        jobs.read(work, self._show_opened, self.note.show_problem, name="interviews")

    def add_interview(self) -> None:
        """A new one, begun now; the one before stays as it was typed."""
        if self._visit.is_open:
            work = partial(new_interview, visit_id=self._visit.id)
            self._jobs.read(work, self._show_new, self.note.show_problem, name="new interview")

    def done(self, result: int) -> None:
        """What is on its way to the disk arrives there."""
        self.saver.flush()
        super().done(result)

    def _show_opened(self, opened: OpenedInterviews) -> None:
        self._notice_label.setText(opened.notice)
        self.saver.base_ctx = opened.base_ctx
        self._interviews = [*opened.interviews, *opened.removed]
        self._show_list()
        if self._interviews:
            self.list.setCurrentRow(0)
            self.list.setFocus()
        else:
            self.add_interview()

    def _show_changed(self, key: str, opened: OpenedInterviews) -> None:
        """One was removed or put back; what is typed in others and could not be stored stays."""
        self.saver.base_ctx = opened.base_ctx
        typed = {each.key: each for each in self._interviews if each.key != key and not each.removed}
        stored = [typed.pop(each.key, each) for each in opened.interviews]
        self._interviews = [*stored, *typed.values(), *opened.removed]
        keys = [each.key for each in self._interviews]
        row = keys.index(key) if key in keys else len(keys) - 1
        self._row = -1
        self._show_list()
        self.removal.show(None)
        self.removed_label.hide()
        self._allow()
        if not self._interviews:
            self._show_nothing()
        self.list.setCurrentRow(row)
        self.list.setFocus()
        self.saved_label.clear()

    def _show_nothing(self) -> None:
        """None is left: what was removed may not look as if it were there."""
        self.fields.show_interview(Interview(), is_open=False)
        self.fields.show_missing(())
        self.dialogue.show_dialogue((), is_open=False)

    def _show_new(self, new: NumberedInterview) -> None:
        self._interviews.append(new)
        self._show_list()
        self.list.setCurrentRow(len(self._interviews) - 1)
        self.tabs.setCurrentIndex(0)
        self.fields.lines["interviewers"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            self.list.addItems([_line(each) for each in self._interviews])
            self.list.setCurrentRow(self._row)

    def _show_row(self, row: int) -> None:
        if not 0 <= row < len(self._interviews):
            return
        self._row = row
        shown = self._interviews[row]
        interview, is_open = shown.interview, self._visit.is_open and not shown.removed
        self.removal.show(shown)
        self.removed_label.setText(_removed_text(shown))
        self.removed_label.setVisible(bool(shown.removed))
        self.fields.show_interview(interview, is_open=is_open)
        self.fields.show_missing(self._interviews[row].missing)
        self.dialogue.show_dialogue(interview.dialogue, is_open=is_open)
        self._allow()

    def _take(self) -> None:
        """What was typed just now is on its way to the disk."""
        if not 0 <= self._row < len(self._interviews) or not self._visit.is_open:
            return
        before = self._interviews[self._row]
        if before.removed:
            return
        typed = replace(self.fields.typed(before.interview), dialogue=self.dialogue.dialogue())
        if typed == before.interview:
            return
        after = NumberedInterview(before.key, typed, missing_in_interview(typed))
        self._interviews[self._row] = after
        self.list.item(self._row).setText(_line(after))
        self.fields.show_missing(after.missing)
        self.saved_label.setText(_("Saving …"))
        self.saver.put(after.key, typed)

    def _show_saved(self, at: str) -> None:
        self.note.hide()
        self.saved_label.setText(_("Saved at {time}").format(time=at))
        self._allow()

    def _show_not_saved(self, error: UserError) -> None:
        self.saved_label.setText(_("Not saved"))
        self.note.show_problem(error)

    def _allow(self) -> None:
        self.tabs.setEnabled(self._row >= 0)
        self.print_button.setEnabled(any(not each.removed for each in self._interviews))

    def _print(self) -> None:
        self.print_wanted.emit()
        self.accept()

    def _show_tab(self, number: int) -> None:
        self.tabs.setCurrentIndex(number)
        field = (
            self.fields.lines["interviewers"],
            self.dialogue.question_field,
            self.fields.ended_field.edit,
        )
        field[number].setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_row)
        self.list.itemActivated.connect(lambda _item: self._show_tab(_SPOKEN_TAB))
        self.fields.changed.connect(self._take)
        self.dialogue.changed.connect(lambda _lines: self._take())
        self.saver.saved.connect(self._show_saved)
        self.saver.failed.connect(self._show_not_saved)
        self.removal.asks.connect(lambda asks: self._buttons.setVisible(not asks))
        self.removal.begun.connect(self.saver.flush)
        self.removal.done.connect(self._show_changed)
        self.removal.failed.connect(self.note.show_problem)
        self.new_button.clicked.connect(self.add_interview)
        self.print_button.clicked.connect(self._print)
        self.close_button.clicked.connect(self.accept)
        QShortcut(QKeySequence("Ctrl+N"), self).activated.connect(self.add_interview)
        for number in range(3):
            keys = QKeySequence(f"Ctrl+{number + 1}")
            QShortcut(keys, self).activated.connect(partial(self._show_tab, number))
        # Enter belongs to the questions.
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)

    def _lay_out(self, texts: Texts) -> None:
        spoken = QWidget()
        middle = QVBoxLayout(spoken)
        middle.setContentsMargins(2, 12, 2, 4)
        middle.setSpacing(8)
        answer = FieldForm(texts)
        answer.add_field(lambda: _("Answer to what was told"), self.fields.lines["notice_answer"])
        for part in (self._notice_label, answer, self.dialogue):
            if isinstance(part, QWidget):
                middle.addWidget(part, 1 if part is self.dialogue else 0)
            else:
                middle.addLayout(part)
        self.tabs.addTab(self.fields.start, _("1 Who (Ctrl+1)"))
        self.tabs.addTab(spoken, _("2 Questions (Ctrl+2)"))
        self.tabs.addTab(self.fields.end, _("3 End (Ctrl+3)"))
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.list, 1)
        left.addWidget(self.new_button)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addLayout(left)
        sides.addWidget(self.tabs, 1)
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.addWidget(self.saved_label)
        buttons.addStretch(1)
        buttons.addWidget(self.removal.remove_button)
        buttons.addWidget(self.removal.back_button)
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addWidget(self.removed_label)
        column.addLayout(sides, 1)
        column.addWidget(self._buttons)
        column.addWidget(self.removal.ask_bar)


def _line(each: NumberedInterview) -> str:
    """When and with whom; a word while something is missing, and where it was removed."""
    begun = minute_text(each.interview.started_at)[5:]
    person = each.interview.person or _("nobody named yet")
    what = f"{begun}  {person}"
    if each.removed:
        return _("{what} (removed)").format(what=what)
    return _("{what} (unfinished)").format(what=what) if each.missing else what


def _removed_text(each: NumberedInterview) -> str:
    return removal_text(each.removed) if each.removed else ""
