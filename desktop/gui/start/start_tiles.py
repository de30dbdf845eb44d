"""The large buttons of the start page: recent workspaces, and the ways to a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import unambiguous
from desktop.gui.widgets.icons import icon
from desktop.i18n import _
from desktop.settings import RecentWorkspace


@dataclass(frozen=True)
class Way:
    """One way to begin; ``go`` takes it."""

    title: Callable[[], str]
    about: Callable[[], str]
    icon_name: str
    go: Callable[[], None]


class RecentRow(QWidget):
    """``open_wanted`` carries the folder as a Path, ``forget_wanted`` as it stands in the settings."""

    open_wanted = Signal(object)
    forget_wanted = Signal(str)

    def __init__(self, recent: RecentWorkspace) -> None:
        super().__init__()
        tile = QPushButton(unambiguous(f"  {_shortened(recent.name)}\n  {_shortened(recent.folder, 34)}"))
        tile.setProperty("look", "tile")
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


def way_tile(texts: Texts, way: Way) -> QPushButton:
    tile = QPushButton()
    tile.setProperty("look", "tile")
    tile.setIconSize(QSize(24, 24))
    texts.say(tile.setText, lambda: f"  {way.title()}\n  {way.about()}")
    texts.say(tile.setAccessibleName, way.title)
    texts.say(tile.setIcon, lambda: icon(way.icon_name, "primary", side_px=24))
    tile.clicked.connect(lambda: way.go())
    return tile


def _shortened(text: str, most: int = 24) -> str:
    """The end of a path says more than its beginning."""
    flat = " ".join(text.split())
    if len(flat) <= most:
        return flat
    return f"{flat[: most - 1]}…" if most < 30 else f"…{flat[1 - most :]}"
