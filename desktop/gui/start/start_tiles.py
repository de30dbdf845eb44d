"""The large buttons of the start page: recent workspaces, and the ways to a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import unambiguous
from desktop.gui.widgets.icons import icon
from desktop.i18n import _
from desktop.settings import RecentWorkspace

_LEAST_PX, _USUAL_PX, _EDGES_PX = 180, 320, 44


@dataclass(frozen=True)
class Way:
    """One way to begin; ``go`` takes it."""

    title: Callable[[], str]
    about: Callable[[], str]
    icon_name: str
    go: Callable[[], None]


class Tile(QPushButton):
    """Two lines, each cut where there is no room: at its end, but a path, which says most there, at its start."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = ("", "")
        self.setProperty("look", "tile")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, title: str, about: str) -> None:
        self._lines = (" ".join(title.split()), " ".join(about.split()))
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(_USUAL_PX, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802  Qt's spelling
        return QSize(_LEAST_PX, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width(), _LEAST_PX) - self.iconSize().width() - _EDGES_PX
        title, about = self._lines
        right, left = Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideLeft
        cut = self.fontMetrics().elidedText
        second = cut(about, left if "/" in about or "\\" in about else right, room)
        # The style leaves hardly any space between an icon and its text.
        self.setText(unambiguous(f"  {cut(title, right, room)}\n  {second}"))


class RecentRow(QWidget):
    """``open_wanted`` carries the folder as a Path, ``forget_wanted`` as it stands in the settings."""

    open_wanted = Signal(object)
    forget_wanted = Signal(str)

    def __init__(self, recent: RecentWorkspace) -> None:
        super().__init__()
        tile = Tile()
        tile.show_lines(recent.name, recent.folder)
        tile.setIcon(icon("building-2" if recent.kind == "office" else "laptop", "primary", side_px=22))
        tile.setIconSize(QSize(22, 22))
        tile.setAccessibleName(_("Open {name}").format(name=recent.name))
        tile.clicked.connect(lambda: self.open_wanted.emit(Path(recent.folder)))
        forget_button = QToolButton()
        forget_button.setProperty("look", "plain")
        forget_button.setIcon(icon("x", "muted"))
        forget_button.setAccessibleName(_("Take {name} off this list").format(name=recent.name))
        forget_button.setToolTip(_("Take off this list; the workspace stays"))
        forget_button.clicked.connect(lambda: self.forget_wanted.emit(recent.folder))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(tile, 1)
        line.addWidget(forget_button)


def way_tile(texts: Texts, way: Way) -> Tile:
    tile = Tile()
    tile.setIconSize(QSize(24, 24))
    texts.say(lambda _title: tile.show_lines(way.title(), way.about()), way.title)
    texts.say(tile.setAccessibleName, way.title)
    texts.say(tile.setIcon, lambda: icon(way.icon_name, "primary", side_px=24))
    tile.clicked.connect(lambda: way.go())
    return tile
