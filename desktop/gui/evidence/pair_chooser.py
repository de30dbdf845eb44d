"""Which earlier photo shows the same place before the rectification?"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.pictures.pair_photos import pair_photos, photos_before
from desktop.services.pictures.related import Related
from desktop.services.visits.show_visit import ShownEvidence


class PairChooser(FittingDialog):
    """``paired`` carries the id of the photo of after, once the pair is on the disk."""

    paired = Signal(str)

    def __init__(self, jobs: Jobs, after: ShownEvidence, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._after = jobs, after
        self._visits: dict[str, str] = {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Photo of before the rectification"))
        texts = Texts()
        self.note = NoteBar()
        self.strip = EvidenceStrip(jobs)
        self.strip.setAccessibleName(_("Earlier photos of the same unit or site"))
        self._hint_label, self._chosen_label = (plain_label("", "muted", wraps=True) for _each in range(2))
        self.choose_button = text_button(texts, lambda: _("Set beside it"), is_primary=True)
        self.cancel_button = text_button(texts, lambda: _("Cancel"))
        self.choose_button.setEnabled(False)
        self.choose_button.clicked.connect(self._choose)
        self.cancel_button.clicked.connect(self.reject)
        self.strip.evidence_chosen.connect(self._show_chosen)
        self.strip.evidence_opened.connect(lambda _evidence: self._choose())
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for widget in (self._hint_label, self.strip, self._chosen_label, self.note):
            column.addWidget(widget)
        column.setStretchFactor(self.strip, 1)
        column.addLayout(button_row(self.cancel_button, self.choose_button))
        resize_on_screen(self, 760, 520)
        jobs.read(partial(photos_before, evidence_id=after.id), self.show_photos, self.note.show_problem)

    def show_photos(self, photos: Sequence[Related]) -> None:
        self._visits = {each.evidence.id: each.visit for each in photos}
        self.strip.show_evidence([each.evidence for each in photos])
        if photos:
            self._hint_label.setText(
                _("Choose the photo that shows the place before; the newest come first.")
            )
            self.strip.setCurrentRow(0)
            self.strip.setFocus()
        else:
            self._hint_label.setText(
                _("There is no earlier photo of this unit or site in this workspace; none can be chosen.")
            )

    def _show_chosen(self, evidence: ShownEvidence | None) -> None:
        self.choose_button.setEnabled(evidence is not None)
        if evidence is not None:
            caption = " ".join((evidence.caption or evidence.name).split())[:60]
            self._chosen_label.setText(f"{self._visits[evidence.id]}　{evidence.number} {caption}")

    def _choose(self) -> None:
        before = self.strip.chosen()
        if before is not None:
            work = partial(pair_photos, after_id=self._after.id, before_id=before.id)
            self._jobs.write(work, self._end, self.note.show_problem)

    def _end(self, _none: None) -> None:
        self.paired.emit(self._after.id)
        self.accept()
