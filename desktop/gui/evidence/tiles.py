"""Tiles of one size for evidence: a small picture, or a sign of what the file is where there is none."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QApplication

from desktop.gui.theme import color, tokens
from desktop.gui.widgets.icons import icon_pixmap
from desktop.services.visits.show_visit import ShownEvidence

TILE = QSize(98, 74)
_SIGN_PX = 30
_RADIUS_PX = 6
_BADGE_TEXT_PX = 11
_DOCUMENTS = ("text/", "application/pdf", "application/ofd", "application/msword", "application/vnd.")


def picture_tile(picture: QPixmap, ratio: float) -> QPixmap:
    """The whole picture, centred on a tile; nothing of it is cut off, for its edge may be what matters."""
    tile, painter = _ground(ratio)
    fitted = picture.scaled(
        TILE * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    fitted.setDevicePixelRatio(ratio)
    size = fitted.deviceIndependentSize().toSize()
    painter.drawPixmap((TILE.width() - size.width()) // 2, (TILE.height() - size.height()) // 2, fitted)
    painter.end()
    return tile


def sign_tile(evidence: ShownEvidence, ratio: float) -> QPixmap:
    """For what has no picture, or whose picture has not come yet."""
    tile, painter = _ground(ratio)
    token = "muted" if evidence.is_here or evidence.is_pruned else "warn"
    sign = icon_pixmap(sign_of(evidence), getattr(tokens(), token), _SIGN_PX, max(1.0, ratio))
    painter.drawPixmap((TILE.width() - _SIGN_PX) // 2, (TILE.height() - _SIGN_PX) // 2, sign)
    painter.end()
    return tile


def with_badge(tile: QPixmap, text: str, *, is_below: bool = False) -> QPixmap:
    """A word of state in the upper left corner of a tile, or in the lower one: there it warns."""
    tone = "warn" if is_below else "primary"
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QApplication.font()
    font.setPixelSize(_BADGE_TEXT_PX)
    painter.setFont(font)
    width = min(painter.fontMetrics().horizontalAdvance(text) + 12, TILE.width() - 8)
    height = _BADGE_TEXT_PX + 7
    room = QRect(4, TILE.height() - height - 4 if is_below else 4, width, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(f"{tone}_soft"))
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setPen(color(tone))
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return tile


def sign_of(evidence: ShownEvidence) -> str:
    """The icon of a kind of file."""
    if not evidence.is_here and not evidence.is_pruned:
        return "download"
    if evidence.mime.startswith("image/"):
        return "image"
    if evidence.mime.startswith("video/"):
        return "film"
    if evidence.mime.startswith("audio/"):
        return "music"
    return "file-text" if evidence.mime.startswith(_DOCUMENTS) else "file"


def _ground(ratio: float) -> tuple[QPixmap, QPainter]:
    tile = QPixmap(TILE * ratio)
    tile.setDevicePixelRatio(ratio)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRect(0, 0, TILE.width(), TILE.height()), _RADIUS_PX, _RADIUS_PX)
    painter.fillPath(path, color("hover"))
    painter.setClipPath(path)
    return tile, painter
