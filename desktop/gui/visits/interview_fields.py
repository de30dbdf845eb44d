"""The fields of an interview around its questions: who speaks with whom, what was told, how it ended."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.lengths import LONGEST_LINE
from desktop.gui.texts import Texts
from desktop.gui.visits.head_panel import names_in
from desktop.gui.visits.time_field import TimeField
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.visits.interview import READ_ALOUD, READ_BY_PERSON, Interview

_NAMES = ("interviewers", "witnesses")
_GENDERS = ("", "男", "女")
_CLOSINGS = ("", READ_BY_PERSON, READ_ALOUD)


class InterviewFields(QWidget):
    """``changed``: something was typed. ``start`` and ``end`` are shown before and after the questions."""

    changed = Signal()

    def __init__(self, texts: Texts, clock_ms: Callable[[], int]) -> None:
        super().__init__()
        self.hide()
        self.started_field, self.ended_field = TimeField(texts, clock_ms), TimeField(texts, clock_ms)
        self.gender_field, self.closing_field = ChoiceField(), ChoiceField()
        self.lines: dict[str, QLineEdit] = {}
        for name in (
            *("place", "interviewers", "recorder", "person", "age", "post", "phone", "matter"),
            *("notice_answer", "refusal", "witnesses"),
        ):
            self.lines[name] = QLineEdit()
            if name not in _NAMES:
                self.lines[name].setMaxLength(LONGEST_LINE)
            self.lines[name].textEdited.connect(lambda _text: self.changed.emit())
        for times in (self.started_field, self.ended_field):
            times.changed.connect(self.changed)
        for box in (self.gender_field, self.closing_field):
            box.activated.connect(lambda _number: self.changed.emit())
        texts.say(lambda names: _fill(self.gender_field, _GENDERS, names), _gender_texts)
        texts.say(lambda names: _fill(self.closing_field, _CLOSINGS, names), _closing_texts)
        texts.say(
            self.lines["person"].setPlaceholderText,
            lambda: _("a code for somebody who is not to be known; leave the rest empty then"),
        )
        for name in _NAMES:
            texts.say(self.lines[name].setPlaceholderText, lambda: _("names, separated by commas"))
        self._missing_label = plain_label("", "warning", wraps=True)
        self.start = Scrolled(self._start_rows(texts))
        self.end = Scrolled(self._end_rows(texts))

    def show_interview(self, interview: Interview, *, is_open: bool) -> None:
        for name, field in self.lines.items():
            value: Any = getattr(interview, name)
            field.setText(_(", ").join(value) if name in _NAMES else value)
            field.setReadOnly(not is_open)
        self.started_field.show_time(interview.started_at)
        self.ended_field.show_time(interview.ended_at)
        for box, value in ((self.gender_field, interview.gender), (self.closing_field, interview.closing)):
            box.setCurrentIndex(max(0, box.findData(value)))
        for widget in (self.started_field, self.ended_field, self.gender_field, self.closing_field):
            widget.setEnabled(is_open)

    def typed(self, before: Interview) -> Interview:
        """``before`` with what stands in the fields."""
        texts: dict[str, Any] = {
            name: names_in(field.text()) if name in _NAMES else field.text().strip()
            for name, field in self.lines.items()
        }
        return replace(
            before,
            started_at=self.started_field.time(),
            ended_at=self.ended_field.time(),
            gender=str(self.gender_field.currentData() or ""),
            closing=str(self.closing_field.currentData() or ""),
            **texts,
        )

    def show_missing(self, missing: Iterable[str]) -> None:
        lines = "\n".join(f"· {each}" for each in missing)
        self._missing_label.setText(_("Still needed:") + f"\n{lines}" if lines else "")
        self._missing_label.setVisible(bool(lines))

    def _start_rows(self, texts: Texts) -> QVBoxLayout:
        return _column(
            texts,
            (lambda: _("Begun at"), self.started_field),
            (lambda: _("Place"), self.lines["place"]),
            (lambda: _("Interviewers, two or more"), self.lines["interviewers"]),
            (lambda: _("Who writes it down"), self.lines["recorder"]),
            (lambda: _("Person interviewed, name or code"), self.lines["person"]),
            (lambda: _("Gender"), self.gender_field),
            (lambda: _("Age"), self.lines["age"]),
            (lambda: _("Unit and post"), self.lines["post"]),
            (lambda: _("Telephone"), self.lines["phone"]),
            (lambda: _("What the interview is about"), self.lines["matter"]),
        )

    def _end_rows(self, texts: Texts) -> QVBoxLayout:
        column = _column(
            texts,
            (lambda: _("Ended at"), self.ended_field),
            (lambda: _("The record was"), self.closing_field),
            (lambda: _("Reason of a refusal to sign"), self.lines["refusal"]),
            (lambda: _("Inspectors who witnessed it"), self.lines["witnesses"]),
        )
        column.insertWidget(1, self._missing_label)
        return column


def _column(texts: Texts, *rows: tuple[Callable[[], str], QWidget]) -> QVBoxLayout:
    form = FieldForm(texts)
    for name, field in rows:
        form.add_field(name, field)
    column = QVBoxLayout()
    column.setContentsMargins(2, 12, 10, 4)
    column.setSpacing(12)
    column.addLayout(form)
    column.addStretch(1)
    return column


def _fill(box: QComboBox, values: tuple[str, ...], names: tuple[str, ...]) -> None:
    chosen = max(0, box.currentIndex())
    box.clear()
    for value, name in zip(values, names, strict=True):
        box.addItem(name, value)
    box.setCurrentIndex(chosen)


def _gender_texts() -> tuple[str, ...]:
    return ("", _("male"), _("female"))


def _closing_texts() -> tuple[str, ...]:
    return ("", _("read by the person"), _("read to the person"))
