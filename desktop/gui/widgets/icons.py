"""Icons: Lucide outlines, coloured with a token of the theme in use."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.datafiles import RESOURCES
from desktop.gui.theme import tokens

SIDE_PX = 18
_SCALES = (1.0, 1.5, 2.0)
_TASK_BAR_SIDES_PX = (16, 22, 24, 32, 48, 64)
_GREY = "#7a8494"


def icon(name: str, token: str = "text", checked: str | None = None, side_px: int = SIDE_PX) -> QIcon:  # noqa: S107  a colour
    """An icon in a token's colour; ``checked`` is that of a button that is pressed down."""
    made = QIcon()
    colors = tokens()
    for scale in _SCALES:
        plain = icon_pixmap(name, getattr(colors, token), side_px, scale)
        made.addPixmap(plain, QIcon.Mode.Normal, QIcon.State.Off)
        made.addPixmap(icon_pixmap(name, colors.muted, side_px, scale), QIcon.Mode.Disabled, QIcon.State.Off)
        if checked is not None:
            down = icon_pixmap(name, getattr(colors, checked), side_px, scale)
            made.addPixmap(down, QIcon.Mode.Normal, QIcon.State.On)
    return made


@lru_cache(maxsize=1)
def neutral_icon() -> QIcon:
    """For the task bar and the tray, where strangers see it: any sheet of text, on a light ground and a dark one."""
    made = QIcon()
    for side_px in _TASK_BAR_SIDES_PX:
        made.addPixmap(icon_pixmap("file-text", _GREY, side_px, 1.0))
    return made


@lru_cache(maxsize=512)
def icon_pixmap(name: str, hex_color: str, side_px: int, scale: float) -> QPixmap:
    """One drawing of an icon at one size and scale."""
    pixmap = QPixmap(round(side_px * scale), round(side_px * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(scale)
    painter = QPainter(pixmap)
    drawing = _source(name).replace("currentColor", hex_color).encode()
    QSvgRenderer(QByteArray(drawing)).render(painter, QRectF(0, 0, side_px, side_px))
    painter.end()
    return pixmap


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
