"""A small chip on the tile of a photo whose camera tells another time than its visit."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.domain.photo_time import Fit
from desktop.gui.evidence.tiles import TILE
from desktop.gui.theme import color
from desktop.services.records.time_words import short_fit_text
from desktop.services.visits.show_visit import ShownEvidence

FIT_LOOKS = {
    Fit.CONSISTENT: "",
    Fit.OFF: "warning",
    Fit.UNKNOWN: "muted",
    Fit.BEFORE_ISSUE: "warning",
    Fit.AFTER_RECEIPT: "warning",
}
_HEIGHT_PX, _TEXT_PX, _EDGE_PX = 16, 10, 3


def with_time_chip(tile: QPixmap, evidence: ShownEvidence) -> QPixmap:
    """The tile, marked where the time is odd; most are not, and stay as they are."""
    text = short_fit_text(evidence.time_fit)
    if not text:
        return tile
    tone = "bad" if evidence.time_fit.fit.is_implausible else "warn"
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = painter.font()
    font.setPixelSize(_TEXT_PX)
    painter.setFont(font)
    width = min(painter.fontMetrics().horizontalAdvance(text) + 12, TILE.width() - 2 * _EDGE_PX)
    chip = QRectF(_EDGE_PX, _EDGE_PX, width, _HEIGHT_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(f"{tone}_soft"))
    painter.drawRoundedRect(chip, _HEIGHT_PX / 2, _HEIGHT_PX / 2)
    painter.setPen(color(tone))
    painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return tile
