"""Covering parts of a photo and saving a copy, for those who must not see all of it. The original stays."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.evidence.picture_view import PictureView
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.i18n import _
from desktop.services.evidence.save_covered_copy import Area, CoveredCopy, save_covered_copy
from desktop.services.visits.show_visit import ShownEvidence

_WHOLE = 1_000_000


class CoverBar(QWidget):
    """One button until it is pressed; then a hint, and undo and save as soon as something is drawn."""

    def __init__(self, jobs: Jobs, texts: Texts, view: PictureView, note: NoteBar) -> None:
        super().__init__()
        self._jobs, self._view, self._note = jobs, view, note
        self._evidence: ShownEvidence | None = None
        self.begin_button = text_button(texts, lambda: _("Cover parts …"), "square")
        self.undo_button = text_button(texts, lambda: _("Take back"), "undo-2")
        self.save_button = text_button(texts, lambda: _("Save the covered copy …"), "save")
        self._hint_label = plain_label("", "muted")
        texts.say(self._hint_label.setText, lambda: _("Draw over what must not be seen."))
        self.begin_button.setCheckable(True)
        self.begin_button.setProperty("look", "choice")
        self.begin_button.toggled.connect(self._switch)
        self.undo_button.clicked.connect(lambda: view.set_covers(view.covers[:-1]))
        self.save_button.clicked.connect(self._ask_target)
        view.covers_changed.connect(self._allow)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.begin_button, self._hint_label, self.undo_button, self.save_button):
            row.addWidget(widget)
        self._allow()

    def show_evidence(self, evidence: ShownEvidence) -> None:
        """Another picture: nothing of it is covered yet."""
        self._evidence = evidence
        self.begin_button.setChecked(False)

    def save(self, target: Path) -> None:
        if self._evidence is not None:
            areas = tuple(map(_area, self._view.covers))
            work = partial(save_covered_copy, evidence_id=self._evidence.id, areas=areas, target=target)
            self._jobs.write(work, self._show_saved, self._show_problem)

    def _switch(self, is_on: bool) -> None:
        self._view.set_covering(is_on)
        if not is_on:
            self._view.set_covers(())
        self._allow()

    def _allow(self) -> None:
        is_on, has_covers = self.begin_button.isChecked(), bool(self._view.covers)
        self._hint_label.setVisible(is_on and not has_covers)
        self.undo_button.setVisible(is_on and has_covers)
        self.save_button.setVisible(is_on and has_covers)

    def _ask_target(self) -> None:
        if self._evidence is not None:
            name = f"{self._evidence.number}-{_('covered')}.jpg"
            target = choose_target(self, _("Save the covered copy …"), name, "JPEG (*.jpg)")
            if target is not None:
                self.save(target)

    def _show_saved(self, copy: CoveredCopy) -> None:
        self._note.show_done(
            _("The copy has been saved without what was covered and without metadata."),
            _("It is no original and is readable by anybody. SHA-256 {hash}").format(hash=copy.sha256),
        )

    def _show_problem(self, error: UserError) -> None:
        self._note.show_problem(error)


def _area(cover: QRectF) -> Area:
    return Area(
        int(cover.left() * _WHOLE),
        int(cover.top() * _WHOLE),
        int(cover.right() * _WHOLE) + 1,
        int(cover.bottom() * _WHOLE) + 1,
    )
