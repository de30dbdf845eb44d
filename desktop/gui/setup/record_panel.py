"""The record beside the list: its form, saved and deleted, with the questions that belong to it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.setup.question_bar import Answer, QuestionBar
from desktop.gui.setup.record_form import RecordForm
from desktop.gui.setup.sheet_words import same_person_text
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState
from desktop.gui.widgets.labels import CutLabel
from desktop.i18n import _
from desktop.services.master_data.delete_master_data import delete_master_data
from desktop.services.master_data.edit_master_data import (
    ANOTHER_PERSON,
    FormValues,
    NamesakeError,
    form_columns,
    new_form,
    read_form,
    save_form,
    suggestions,
)
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.records.typed_texts import FieldError

_NEW = FormValues("", "", {}, "")
_MOST_NAMESAKES = 3


@dataclass(frozen=True)
class PanelWords:
    """What the panel of one kind says. ``about_deleting`` explains what goes with it."""

    new: Callable[[], str]
    nothing: Callable[[], str]
    next_step: Callable[[], str]
    about_deleting: Callable[[], str]
    icon_name: str


class RecordPanel(Card):
    """``saved`` carries the id of the record, ``deleted`` its name, ``failed`` a UserError.

    ``kept``: the record that is being typed stays, whatever was asked for. ``discarded``: it need not.
    """

    saved = Signal(str)
    deleted = Signal(str)
    failed = Signal(object)
    shown_changed = Signal()
    kept = Signal()
    discarded = Signal()

    def __init__(self, jobs: Jobs, texts: Texts, kind: str, words: PanelWords) -> None:
        super().__init__()
        self.shown = _NEW
        self.is_new = False
        self._jobs = jobs
        self._kind = kind
        self._is_saving = False
        self._words = words
        named = [column for column, _type in MAPPINGS[kind].references.values()]
        named += ["group"] if kind == "units" else []
        self.title_label = CutLabel("", "heading")
        self.form = RecordForm(texts, form_columns(kind), named)
        self.question = QuestionBar()
        self.save_button = text_button(texts, lambda: _("Save"), "save", is_primary=True)
        self.undo_button = text_button(texts, lambda: _("Discard"), "undo-2")
        self.delete_button = text_button(texts, lambda: _("Delete …"), "trash-2")
        self.form.changed.connect(self._mark_changed)
        self.form.submitted.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self.discard)
        self.delete_button.clicked.connect(self.ask_to_delete)
        self._lay_out(texts)

    @property
    def is_changed(self) -> bool:
        return self._sides.currentIndex() == 0 and bool(self.form.changes())

    def load(self, record_id: str) -> None:
        """Read a record and show it; what is being typed is asked about first."""
        is_same = not self.is_new and record_id in (self.shown.record_id, self.shown.person_id)
        if is_same and self.is_changed:
            # Whoever types goes on; saving says if it has become another one meanwhile.
            return
        if self.is_changed:
            self._ask_before(partial(self._read, record_id))
        else:
            self._read(record_id)

    def begin(self, start: FormValues = _NEW) -> None:
        """An empty form for a new record; ``start`` has what is known already."""
        if self.is_changed:
            self._ask_before(partial(self._begin, start))
        else:
            self._begin(start)

    def show_nothing(self) -> None:
        """There is no record to show; what is being typed stays."""
        if not self.is_changed and not self.is_new:
            self.shown = _NEW
            self._sides.setCurrentIndex(1)

    def save(self) -> None:
        """Write what was typed; nothing happens where nothing was."""
        if self.is_changed and not self._is_saving:
            self._save(self.shown.person_id if self._is_post_of_somebody else None)

    def discard(self) -> None:
        """Back to what is saved."""
        self.question.hide()
        self.form.show_texts(self.form.shown_texts())
        if self.is_new:
            self.is_new = False
            self.show_nothing()
        self._mark_changed()
        self.discarded.emit()

    def ask_to_delete(self) -> None:
        if self.shown == _NEW or self.is_new:
            return
        self.question.ask(
            _("Delete “{name}”?").format(name=self.shown.texts.get("name", "")[:60]),
            self._words.about_deleting(),
            (Answer(_("Delete"), self._delete), Answer(_("Keep"))),
        )

    def leave(self) -> None:
        """The workspace is about to be closed: what was typed is saved if it can be."""
        self.save()

    @property
    def _is_post_of_somebody(self) -> bool:
        return bool(self.shown.person_id) and not self.shown.record_id

    def _save(self, person_id: str | None) -> None:
        texts = self.form.changes() if self.shown.record_id else self.form.texts()
        self._is_saving = True
        self._leave_buttons()
        self.save_button.setEnabled(False)
        work = partial(
            save_form,
            kind=self._kind,
            texts=texts,
            record_id=self.shown.record_id,
            seen=self.shown.seen if person_id in (None, self.shown.person_id) else "",
            person_id=person_id,
        )
        self._jobs.write(work, self._show_saved, self._show_refusal)

    def _show_saved(self, record_id: str) -> None:
        self._is_saving = False
        self.question.hide()
        self.is_new = False
        self._read(record_id)
        self.saved.emit(record_id)

    def _show_refusal(self, error: UserError) -> None:
        self._is_saving = False
        self._mark_changed()
        match error:
            case NamesakeError():
                self._ask_who(error)
                return
            case FieldError():
                self.form.focus_field(error.field)
            case ChangedMeanwhileError() if self.shown.record_id:
                self._read(self.shown.record_id)
        self.failed.emit(error)

    def _ask_who(self, error: NamesakeError) -> None:
        answers = [
            Answer(same_person_text(namesake), partial(self._save, namesake.person_id))
            for namesake in error.namesakes[:_MOST_NAMESAKES]
        ]
        answers += [Answer(_("Another person"), partial(self._save, ANOTHER_PERSON)), Answer(_("Cancel"))]
        self.question.ask(error.problem, error.advice, answers)

    def _delete(self) -> None:
        name = self.shown.texts.get("name", "")
        work = partial(
            delete_master_data, kind=self._kind, record_id=self.shown.record_id or self.shown.person_id
        )
        self._jobs.write(work, lambda _none: self._show_deleted(name), self.failed.emit)

    def _show_deleted(self, name: str) -> None:
        self.form.show_texts({})
        self.show_nothing()
        self.deleted.emit(name)

    def _ask_before(self, go_on: Callable[[], object]) -> None:
        self.question.ask(
            _("What you typed has not been saved yet."),
            "",
            (
                Answer(_("Save"), self.save),
                Answer(_("Discard"), go_on),
                Answer(_("Go on typing"), self.kept.emit),
            ),
        )

    def _read(self, record_id: str) -> None:
        read = partial(read_form, kind=self._kind, record_id=record_id)
        self._jobs.read(read, self._show, self._show_gone, name=f"form of {self._kind}")

    def _show(self, values: FormValues) -> None:
        self.shown = values
        self.is_new = False
        self._put(values, values.texts.get("name", ""))

    def _show_gone(self, _error: UserError) -> None:
        self.form.show_texts({})
        self.show_nothing()

    def _begin(self, start: FormValues) -> None:
        self.shown = start
        self.is_new = True
        self._put(start, self._words.new())
        self.form.focus_field(self._first_empty(start))
        if not start.texts:
            work = partial(new_form, kind=self._kind)
            self._jobs.read(work, self._propose, name=f"new form of {self._kind}")

    def _propose(self, start: FormValues) -> None:
        """Fill in what can be foreseen, unless somebody types already."""
        if self.is_new and start.texts and not self.shown.person_id and not self.form.changes():
            self.form.show_texts(start.texts)
            self.form.focus_field(self._first_empty(start))

    def _first_empty(self, start: FormValues) -> str:
        fields = [column.field for column in self.form.columns]
        return next((field for field in fields if not start.texts.get(field)), fields[0])

    def _put(self, values: FormValues, title: str) -> None:
        self.question.hide()
        self.title_label.setText(title)
        self.form.show_texts(values.texts)
        self._sides.setCurrentIndex(0)
        self._mark_changed()
        self.shown_changed.emit()
        self._jobs.read(partial(suggestions, kind=self._kind), self._suggest, name=f"names for {self._kind}")

    def _suggest(self, names: dict[str, tuple[str, ...]]) -> None:
        for field, known in names.items():
            self.form.suggest(field, known)

    def _mark_changed(self) -> None:
        is_changed = bool(self.form.changes())
        if not is_changed:
            self._leave_buttons()
        self.save_button.setEnabled(is_changed)
        self.undo_button.setEnabled(is_changed or self.is_new)
        self.delete_button.setEnabled(not self.is_new and self.shown != _NEW)

    def _leave_buttons(self) -> None:
        """Switched off, a button gives the keyboard to what comes next, and that is the sidebar in the end."""
        if self.save_button.hasFocus() or self.undo_button.hasFocus():
            self.form.focus_field(self.form.columns[0].field)

    def _lay_out(self, texts: Texts) -> None:
        self.extra_row = QHBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self.title_label, 1)
        head.addLayout(self.extra_row)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        buttons = QHBoxLayout()
        buttons.addWidget(self.delete_button)
        buttons.addStretch(1)
        buttons.addWidget(self.undo_button)
        buttons.addWidget(self.save_button)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(area, 1)
        column.addLayout(buttons)
        self._sides = QStackedWidget()
        self._sides.addWidget(shown)
        self._sides.addWidget(
            EmptyState(texts, self._words.icon_name, self._words.nothing, self._words.next_step)
        )
        self._sides.setCurrentIndex(1)
        self.content.addWidget(self.question)
        self.content.addWidget(self._sides, 1)
