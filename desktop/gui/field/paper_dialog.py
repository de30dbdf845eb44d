"""补录: which visit the paper is of, its times, its scans; the items are keyed in on the page of the visit."""

import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.field.paper_fields import PaperFields
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.visits.time_field import TimeField
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
    """``begun`` carries the id of the visit; what cannot be entered is said in the dialog."""

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
        self._lay_out(texts)
        self.add_button.clicked.connect(self._ask_scans)
        self.begin_button.clicked.connect(self._begin)
        self.cancel_button.clicked.connect(self.reject)
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
        column.addLayout(button_row(self.cancel_button, self.begin_button))
