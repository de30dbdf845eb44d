"""常用语: all phrases with their codes; one is put into the facts, own ones are added, changed and removed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.phrases import Phrase
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.facts_field import BLANK
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.checklists.keep_phrases import keep_phrases

_SHOWN_BLANK = "＿＿"
"""A blank is invisible as it is stored."""


class PhrasesDialog(FittingDialog):
    """``phrase_chosen`` carries the text of one; ``phrases_changed`` all of them after a change was saved."""

    phrase_chosen = Signal(str)
    phrases_changed = Signal(object)

    def __init__(self, jobs: Jobs, phrases: Sequence[Phrase], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Phrases"))
        resize_on_screen(self, 720, 520)
        texts = Texts()
        self.note = NoteBar()
        self.phrases: RowsModel[Phrase] = RowsModel(_columns(), self)
        self.view = RowsView(self.phrases)
        self.view.setAccessibleName(_("Phrases"))
        self.code_field, self.text_field = QLineEdit(), QLineEdit()
        self.code_field.setMaximumWidth(110)
        for field, name in ((self.code_field, _("Code")), (self.text_field, _("Phrase"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(name)
        self.keep_button = text_button(texts, lambda: _("Keep as my own"))
        self.remove_button = text_button(texts, lambda: _("Remove the phrase"))
        self.use_button = text_button(texts, lambda: _("Put into the facts"), is_primary=True)
        for button in (self.keep_button, self.remove_button, self.use_button):
            button.setAutoDefault(False)
        self.view.row_chosen.connect(self._show_phrase)
        self.view.row_opened.connect(lambda _phrase: self._use())
        self.keep_button.clicked.connect(self._keep)
        self.remove_button.clicked.connect(self._remove)
        self.use_button.clicked.connect(self._use)
        self._lay_out()
        self.phrases.show_rows(phrases)
        self.view.choose_first()

    def _show_phrase(self, phrase: Phrase) -> None:
        self.code_field.setText(phrase.code)
        self.text_field.setText(phrase.text.replace(BLANK, _SHOWN_BLANK))
        self.remove_button.setEnabled(phrase.is_own)

    def _text(self) -> str:
        return self.text_field.text().replace(_SHOWN_BLANK, BLANK)

    def _own(self) -> list[Phrase]:
        rows = (self.phrases.row(number) for number in range(self.phrases.rowCount()))
        return [phrase for phrase in rows if phrase.is_own]

    def _keep(self) -> None:
        new = Phrase(self.code_field.text().strip().lower(), self._text(), is_own=True)
        self._save([*(each for each in self._own() if each.code != new.code), new])

    def _remove(self) -> None:
        chosen = self.view.chosen_row()
        self._save([each for each in self._own() if each != chosen])

    def _save(self, own: list[Phrase]) -> None:
        self._jobs.write(partial(keep_phrases, own=own), self._show_kept, self.note.show_problem)

    def _show_kept(self, phrases: tuple[Phrase, ...]) -> None:
        self.note.show_done(_("The phrases are saved."))
        self.phrases.show_rows(phrases)
        self.phrases_changed.emit(phrases)

    def _use(self) -> None:
        if self.text_field.text():
            self.phrase_chosen.emit(self._text())
            self.accept()

    def _lay_out(self) -> None:
        fields, buttons = QHBoxLayout(), QHBoxLayout()
        fields.addWidget(self.code_field)
        fields.addWidget(self.text_field, 1)
        fields.addWidget(self.keep_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(self.use_button)
        hint = _("In the facts, type a code and press Tab or Enter. {blank} is a place to be filled in.")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(hint.format(blank=_SHOWN_BLANK), "muted", wraps=True))
        column.addWidget(self.note)
        column.addWidget(self.view, 1)
        column.addLayout(fields)
        column.addLayout(buttons)


def _columns() -> tuple[Column[Phrase], ...]:
    return (
        Column(lambda: _("Code"), lambda row: row.code, 90),
        Column(lambda: _("Phrase"), lambda row: row.text.replace(BLANK, _SHOWN_BLANK)),
        Column(
            lambda: _("Whose"),
            lambda row: _("my own") if row.is_own else _("of the office"),
            90,
            chip=lambda row: "primary" if row.is_own else "muted",
        ),
    )
