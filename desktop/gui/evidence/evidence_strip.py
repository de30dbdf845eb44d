"""Small pictures of evidence with their numbers; one is opened to be looked at."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem

from desktop.gui.capture.length import length_text
from desktop.gui.evidence.tiles import TILE, picture_tile, sign_tile, with_badge
from desktop.gui.evidence.time_chip import with_time_chip
from desktop.gui.jobs import Jobs
from desktop.i18n import _
from desktop.services.records.late_evidence import addition_mark, addition_text
from desktop.services.visits.show_visit import ShownEvidence, evidence_picture

_GRID = QSize(TILE.width() + 8, TILE.height() + 34)
_MOST_KEPT = 400


class EvidenceStrip(QListWidget):
    """``evidence_opened`` and ``evidence_chosen`` carry a ShownEvidence, the latter None where nothing is chosen.

    Names and signs stand at once. Pictures are read one at a time, those that can be seen first, so that hundreds
    of them never keep a page waiting.
    """

    evidence_opened = Signal(object)
    evidence_chosen = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._jobs = jobs
        self._shown: tuple[ShownEvidence, ...] = ()
        self._pictures: dict[str, QPixmap | None] = {}
        self._is_reading = False
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setIconSize(TILE)
        self.setGridSize(_GRID)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.itemActivated.connect(self._open)
        self.currentItemChanged.connect(self._choose)

    @property
    def evidence(self) -> tuple[ShownEvidence, ...]:
        """What is shown, in its order."""
        return self._shown

    def show_evidence(self, evidence: Sequence[ShownEvidence]) -> None:
        """Put this in the place of what was shown; what was chosen stays chosen."""
        if self._shown == tuple(evidence):
            return
        chosen = self.chosen()
        self._shown = tuple(evidence)
        self.blockSignals(True)
        self.clear()
        for each in evidence:
            item = QListWidgetItem(strip_text(each))
            item.setData(Qt.ItemDataRole.UserRole, each)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, _spoken(each))
            self.addItem(item)
            self._paint(item)
            if chosen is not None and each.id == chosen.id:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self._choose()
        self._read_next()

    def chosen(self) -> ShownEvidence | None:
        number = self.currentRow()
        return self._shown[number] if 0 <= number < len(self._shown) else None

    def recolor(self, _tokens: object = None) -> None:
        """After a switch of the theme."""
        for number in range(self.count()):
            self._paint(self.item(number))

    def _paint(self, item: QListWidgetItem) -> None:
        evidence: ShownEvidence = item.data(Qt.ItemDataRole.UserRole)
        picture = self._pictures.get(evidence.sha256)
        ratio = self.devicePixelRatioF()
        tile = sign_tile(evidence, ratio) if picture is None else picture_tile(picture, ratio)
        if evidence.is_derived:
            tile = with_badge(tile, _("Derived"))
        if evidence.added is not None:
            tile = with_badge(tile, addition_mark(evidence.added), is_below=True)
        item.setIcon(QIcon(with_time_chip(tile, evidence)))

    def _read_next(self) -> None:
        evidence = None if self._is_reading else self._next_unread()
        if evidence is not None:
            self._is_reading = True
            self._jobs.read(
                partial(evidence_picture, sha256=evidence.sha256),
                partial(self._put, evidence.sha256),
                partial(self._leave_out, evidence.sha256),
            )

    def _next_unread(self) -> ShownEvidence | None:
        unread = [number for number, each in enumerate(self._shown) if self._is_unread(each)]
        seen = self.viewport().rect()
        near = (number for number in unread if self.visualItemRect(self.item(number)).intersects(seen))
        number = next(near, unread[0] if unread else None)
        return None if number is None else self._shown[number]

    def _is_unread(self, evidence: ShownEvidence) -> bool:
        is_picture = evidence.is_here and evidence.mime.startswith("image/")
        return is_picture and evidence.sha256 not in self._pictures

    def _put(self, sha256: str, jpeg: bytes) -> None:
        picture = QPixmap()
        # The worker has made it anew, so it is a JPEG and nothing else.
        is_sound = bool(jpeg) and picture.loadFromData(jpeg, "JPG")
        if len(self._pictures) >= _MOST_KEPT:
            here = {each.sha256 for each in self._shown}
            self._pictures = {key: kept for key, kept in self._pictures.items() if key in here}
        self._pictures[sha256] = picture if is_sound else None
        for number, each in enumerate(self._shown):
            if each.sha256 == sha256:
                self._paint(self.item(number))
        self._is_reading = False
        self._read_next()

    def _leave_out(self, sha256: str, _error: object) -> None:
        """A picture that cannot be shown leaves its sign; opening the evidence says why."""
        self._put(sha256, b"")

    def _open(self, item: QListWidgetItem) -> None:
        self.evidence_opened.emit(item.data(Qt.ItemDataRole.UserRole))

    def _choose(self, *_items: object) -> None:
        self.evidence_chosen.emit(self.chosen())


def strip_text(evidence: ShownEvidence) -> str:
    """The number on the forms, and what the evidence is called, on one line."""
    return f"{evidence.number} {' '.join((evidence.caption or _own_name(evidence)).split())[:60]}"


def _own_name(evidence: ShownEvidence) -> str:
    """What a recording is called says less than how long it is."""
    if evidence.recording is None:
        return evidence.name
    length = length_text(evidence.recording.duration_ms)
    return length if evidence.recording.is_complete else _("{length}, no end").format(length=length)


def _spoken(evidence: ShownEvidence) -> str:
    """What a screen reader says of a tile; the badges are painted."""
    text = strip_text(evidence)
    derived = f"{_('Derived')} {evidence.derivation}" if evidence.is_derived else ""
    added = addition_text(evidence.added) if evidence.added is not None else ""
    return " ".join(each for each in (text, derived, added) if each)
