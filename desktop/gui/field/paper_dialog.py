"""补录: which visit the paper is of, its times, its scans; the items are keyed in on the page of the visit."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QListWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.field.paper_fields import PaperFields
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.time_field import TimeField
from desktop.gui.widgets.ask_bar import AskBar
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.drop_zone import DropZone
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.file_dialogs import choose_files
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.scrolled import Scrolled
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.missions.enter_from_paper import PaperVisit, enter_from_paper
from desktop.services.missions.paper_choices import PaperChoices

_SCANS_PX = 78


class PaperDialog(FittingDialog):
    """``begun`` carries the id of the visit; what cannot be entered is said in the dialog.

    Nothing is kept before it begins, so closing asks first once something was filled in.
    """

    begun = Signal(str)

    def __init__(
        self,
        jobs: Jobs,
        choices: PaperChoices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._scans: list[Path] = []
        texts = Texts()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Enter a paper record"))
        resize_on_screen(self, 680, 600)
        self.note = NoteBar()
        self._form = FieldForm(texts)
        self.fields = PaperFields(texts, choices, self._form)
        self.started_field, self.ended_field = (
            TimeField(texts, lambda: round(time.time() * 1000)) for _each in range(2)
        )
        self.scans_list = QListWidget()
        self.scans_list.setFixedHeight(_SCANS_PX)
        self.scans_list.hide()
        self.scans_list.setAccessibleName(_("Scans"))
        self.add_button = text_button(texts, lambda: _("Add scans …"))
        self.begin_button = text_button(texts, lambda: _("Begin keying in"), is_primary=True)
        self.cancel_button = text_button(texts, lambda: _("Cancel"))
        self.ask_bar = AskBar(texts, lambda: _("Drop it"), no=lambda: _("Go on filling in"))
        self._buttons = QWidget()
        self._lay_out(texts)
        self._untouched = self._filled_in()
        self.add_button.clicked.connect(self._ask_scans)
        self.begin_button.clicked.connect(self._begin)
        self.cancel_button.clicked.connect(self.reject)
        self.ask_bar.accepted.connect(lambda _choice: self.done(QDialog.DialogCode.Rejected))
        self.ask_bar.no_button.clicked.connect(self._go_on)
        first = self.fields.mission_field if choices.is_at_office else self.fields.visit_field
        first.setFocus()

    def choose_visit(self, visit_id: str) -> None:
        """Begin with this visit, where it is one that can be entered."""
        self.fields.choose_visit(visit_id)

    def add_scans(self, files: Sequence[Path]) -> None:
        self._scans += [file for file in files if file not in self._scans]
        self.scans_list.clear()
        self.scans_list.addItems([file.name for file in self._scans])
        self.scans_list.setVisible(bool(self._scans))
        # On a low screen the list stands below what is seen: what was added would seem lost.
        QTimer.singleShot(0, self, lambda: self._scrolled.ensureWidgetVisible(self.scans_list))

    def reject(self) -> None:
        """Escape and the closing button come here, too; where it has been asked already, the question leaves."""
        if not self.ask_bar.isHidden():
            self._go_on()
        elif self._filled_in() == self._untouched:
            super().reject()
        else:
            self._buttons.hide()
            self.ask_bar.ask(_("Nothing of this has been entered yet. Drop what was filled in?"))
            self.ask_bar.no_button.setFocus()

    def _go_on(self) -> None:
        self.ask_bar.hide()
        self._buttons.show()
        self.begin_button.setFocus()

    def _filled_in(self) -> tuple[object, ...]:
        """Which visit it is of is chosen again with one press, and does not count."""
        return (*self._scans, self.started_field.time(), self.ended_field.time(), self.fields.typed())

    def _begin(self) -> None:
        self.begin_button.setEnabled(False)
        paper = PaperVisit(
            self.fields.visit(),
            self.started_field.time(),
            self.ended_field.time(),
            tuple(self._scans),
            self.fields.leader(),
            self.fields.team(),
        )
        self._jobs.write(partial(enter_from_paper, paper=paper), self._show_begun, self._show_refused)

    def _show_begun(self, visit_id: str) -> None:
        self.begun.emit(visit_id)
        self.accept()

    def _show_refused(self, error: UserError) -> None:
        self.begin_button.setEnabled(True)
        self.note.show_problem(error)

    def _ask_scans(self) -> None:
        self.add_scans(choose_files(self, _("Add scans …")))

    def _lay_out(self, texts: Texts) -> None:
        self._form.add_field(lambda: _("Begun at, as on paper"), self.started_field)
        self._form.add_field(lambda: _("Ended at, as on paper"), self.ended_field)
        drop_zone = DropZone(
            texts, lambda: _("Scans of the paper: pictures or PDF, dropped here or added."), self.add_button
        )
        drop_zone.files_dropped.connect(self.add_scans)
        hint = _(
            "The visit is marked as entered from paper. Its items are keyed in on the page of the visit."
        )
        paper = QVBoxLayout()
        paper.setContentsMargins(0, 0, 0, 0)
        paper.setSpacing(10)
        paper.addLayout(self._form)
        paper.addWidget(drop_zone)
        paper.addWidget(self.scans_list)
        paper.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(hint, "muted", wraps=True))
        column.addWidget(self.note)
        self._scrolled = Scrolled(paper)
        column.addWidget(self._scrolled, 1)
        buttons = button_row(self.cancel_button, self.begin_button)
        buttons.setContentsMargins(0, 0, 0, 0)
        self._buttons.setLayout(buttons)
        column.addWidget(self._buttons)
        column.addWidget(self.ask_bar)
