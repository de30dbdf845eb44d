"""Small pictures of evidence with their numbers; one is opened to be looked at."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from desktop.gui.jobs import Jobs
from desktop.gui.widgets.icons import icon
from desktop.services.show_visit import ShownEvidence, evidence_picture

_PICTURE = QSize(112, 84)


class EvidenceStrip(QListWidget):
    """``evidence_opened`` carries a ShownEvidence. Pictures come in one after the other, read beside the window."""

    evidence_opened = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._jobs = jobs
        self._shown: tuple[ShownEvidence, ...] = ()
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(_PICTURE)
        self.setGridSize(QSize(136, 124))
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemActivated.connect(self._open)

    def show_evidence(self, evidence: Sequence[ShownEvidence]) -> None:
        """Names and signs at once, the pictures as they come."""
        if self._shown == tuple(evidence):
            return
        self._shown = tuple(evidence)
        self.clear()
        for each in evidence:
            item = QListWidgetItem(f"{each.number} {' '.join((each.caption or each.name).split())[:60]}")
            item.setData(Qt.ItemDataRole.UserRole, each)
            sign = "image" if each.is_here else "download"
            item.setIcon(icon(sign, "muted", side_px=48))
            self.addItem(item)
            if each.is_here and each.mime.startswith("image/"):
                self._jobs.read(
                    partial(evidence_picture, sha256=each.sha256), partial(self._put, each), _ignored
                )

    def _put(self, evidence: ShownEvidence, jpeg: bytes) -> None:
        picture = QPixmap()
        # The worker has made it anew, so it is a JPEG and nothing else.
        if evidence not in self._shown or not jpeg or not picture.loadFromData(jpeg, "JPG"):
            return
        item = self.item(self._shown.index(evidence))
        if item is not None:
            item.setIcon(QIcon(picture))

    def _open(self, item: QListWidgetItem) -> None:
        self.evidence_opened.emit(item.data(Qt.ItemDataRole.UserRole))


def _ignored(_error: object) -> None:
    """A picture that cannot be shown leaves its sign; opening the evidence says why."""
