"""Marks on a photo: what is drawn, taken back, and kept as derived evidence or given away as a copy."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.marks import MOST_LETTERS, MarkKind
from desktop.errors import UserError
from desktop.gui.evidence.picture_view import PictureView
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import ChoiceButton, text_button
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.evidence.derive_evidence import Derived, derive_evidence
from desktop.services.evidence.save_marked_copy import MarkedCopy, save_marked_copy
from desktop.services.visits.show_visit import ShownEvidence

_TOOLS: tuple[tuple[MarkKind, str, Callable[[], str]], ...] = (
    (MarkKind.ARROW, "arrow-up-right", lambda: _("Arrow")),
    (MarkKind.BOX, "square", lambda: _("Box")),
    (MarkKind.TEXT, "type", lambda: _("Words")),
    (MarkKind.COVER, "eye-off", lambda: _("Cover")),
)
_TEXT_PX = 320


class MarkBar(QWidget):
    """A row of tools, hidden until ``begin_button`` is pressed, which the dialog puts where it likes.

    ``derived``: a piece of evidence was made from the one that is shown.
    """

    derived = Signal(object)

    def __init__(self, jobs: Jobs, texts: Texts, view: PictureView, note: NoteBar) -> None:
        super().__init__()
        self._jobs, self._view, self._note = jobs, view, note
        self._evidence: ShownEvidence | None = None
        self.begin_button = ChoiceButton(texts, lambda: _("Mark or cover …"), "pencil")
        self.tool_buttons = {kind: ChoiceButton(texts, name, sign) for kind, sign, name in _TOOLS}
        self.text_field = QLineEdit()
        self.text_field.setMaxLength(MOST_LETTERS)
        self.text_field.setFixedWidth(_TEXT_PX)
        texts.say(self.text_field.setPlaceholderText, lambda: _("Words to write"))
        texts.say(self.text_field.setAccessibleName, lambda: _("Words to write"))
        self._hint_label = plain_label("", "muted", wraps=True)
        self.undo_button = text_button(texts, lambda: _("Take back"), "undo-2")
        self.save_button = text_button(texts, lambda: _("Save a copy …"), "save")
        self.keep_button = text_button(texts, lambda: _("Keep as derived evidence"), is_primary=True)
        self._connect()
        self._lay_out()
        self._switch(False)

    def show_evidence(self, evidence: ShownEvidence) -> None:
        """Another picture: nothing is drawn on it yet."""
        self._evidence = evidence
        self.begin_button.setChecked(False)

    def save(self, target: Path) -> None:
        """Write a copy with the marks to a file, for somebody else."""
        if self._evidence is not None:
            marks = self._view.pen.marks
            work = partial(save_marked_copy, evidence_id=self._evidence.id, marks=marks, target=target)
            self._jobs.write(work, self._show_saved, self._show_problem)

    def keep(self) -> None:
        """Take the picture with the marks in as evidence of the same visit."""
        if self._evidence is not None:
            self.keep_button.setEnabled(False)
            marks = self._view.pen.marks
            work = partial(derive_evidence, evidence_id=self._evidence.id, marks=marks)
            self._jobs.write(work, self._show_kept, self._show_problem)

    def _switch(self, is_on: bool) -> None:
        self.setVisible(is_on)
        if is_on:
            tool = next(
                (kind for kind, button in self.tool_buttons.items() if button.isChecked()), MarkKind.ARROW
            )
            self._take(tool)
        else:
            self._view.pen.take_tool(None)
            self._view.pen.set_marks(())
        self._allow()

    def _take(self, tool: MarkKind) -> None:
        self.tool_buttons[tool].setChecked(True)
        self._view.pen.take_tool(tool)
        self._allow()
        if tool is MarkKind.TEXT and not self.text_field.text():
            self.text_field.setFocus()
        else:
            self._view.setFocus()

    def _allow(self) -> None:
        tool, has_marks = self._view.pen.tool, bool(self._view.pen.marks)
        self.text_field.setVisible(tool is MarkKind.TEXT)
        self._hint_label.setText(_hint(tool))
        for button in (self.undo_button, self.save_button, self.keep_button):
            button.setEnabled(has_marks)

    def _ask_target(self) -> None:
        if self._evidence is not None:
            name = f"{self._evidence.number}-{_('marked')}.jpg"
            target = choose_target(self, _("Save a copy …"), name, "JPEG (*.jpg)")
            if target is not None:
                self.save(target)

    def _show_saved(self, copy: MarkedCopy) -> None:
        self._note.show_done(
            _("The copy has been saved with the marks and without metadata."),
            _("It is no original and is readable by anybody. SHA-256 {hash}").format(hash=copy.sha256),
        )

    def _show_kept(self, kept: Derived) -> None:
        self.begin_button.setChecked(False)
        self._note.show_done(
            _("Kept as {number}, derived from this photo.").format(number=kept.number),
            _("The original is unchanged. SHA-256 {hash}").format(hash=kept.sha256),
        )
        self.derived.emit(kept)

    def _show_problem(self, error: UserError) -> None:
        self._allow()
        self._note.show_problem(error)

    def _connect(self) -> None:
        group = QButtonGroup(self)
        for kind, button in self.tool_buttons.items():
            group.addButton(button)
            button.clicked.connect(partial(self._take, kind))
        self.begin_button.toggled.connect(self._switch)
        self.text_field.textChanged.connect(self._view.pen.set_text)
        self.text_field.returnPressed.connect(self._view.setFocus)
        self.undo_button.clicked.connect(self._view.pen.undo)
        self.save_button.clicked.connect(self._ask_target)
        self.keep_button.clicked.connect(self.keep)
        self._view.pen.changed.connect(self._allow)
        self._view.pen.left.connect(partial(self.begin_button.setChecked, False))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for tool_button in self.tool_buttons.values():
            row.addWidget(tool_button)
        row.addStretch(1)
        for button in (self.save_button, self.keep_button):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        hint = QHBoxLayout()
        hint.setSpacing(8)
        hint.addWidget(self.text_field)
        hint.addWidget(self._hint_label, 1)
        hint.addWidget(self.undo_button)
        column.addLayout(hint)
        column.addLayout(row)


def _hint(tool: MarkKind | None) -> str:
    match tool:
        case MarkKind.TEXT:
            return _("Write the words, then click where they belong.")
        case MarkKind.COVER:
            return _("Draw over what must not be seen.")
        case MarkKind.ARROW:
            return _("Draw from the tail of the arrow to its tip; the arrow keys and Enter draw, too.")
    return _("Draw around what is to be seen; the arrow keys and Enter draw, too.")
