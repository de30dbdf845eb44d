"""Pictures of the window, for the manual and for the demo: every page that is there, of office and field node.

``python -m desktop.gui.pictures DEMO OUT``. The pages are those that the workspaces have; a page that is added is
in the pictures by itself.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from desktop.gui.application import make_application
from desktop.gui.main_window import MainWindow
from desktop.gui.start.start_page import DEMO_PASSPHRASE
from desktop.gui.theme import use_theme
from desktop.i18n import LANGUAGES, use_language
from desktop.services.visits.find_visits import VisitLine, find_visits
from desktop.services.workspace.open_workspace import open_workspace
from desktop.settings import Settings, Theme

WORKSPACES = ("office", "field-01")
_MOST_WAIT_S = 60
_SETTLE_S = 0.3
_PACKED_HARDEST = 0
_THEMES = (Theme.LIGHT.value, Theme.DARK.value)
_SCALE_VARIABLE = "QT_SCALE_FACTOR"


@dataclass(frozen=True)
class Look:
    """How the window is shown; ``size`` in pixels of the screen."""

    language: str
    theme: Theme
    size: tuple[int, int]

    @property
    def suffix(self) -> str:
        return f"{self.language}-{self.theme.value}-{self.size[0]}x{self.size[1]}"


@dataclass(frozen=True)
class Order:
    """Which pictures are wanted, and how. ``only``: beginnings of their names, none for all of them.

    ``scale`` is that of the screen; a small picture has 256 colours.
    """

    looks: tuple[Look, ...]
    folder: Path
    only: tuple[str, ...] = ()
    scale: float = 1.0
    is_small: bool = False

    def wants(self, name: str) -> bool:
        return not self.only or name.startswith(self.only)


class PictureTaker:
    """One window over the demo, shown in one look after the other."""

    def __init__(self, app: QApplication, settings: Path, order: Order) -> None:
        self._app = app
        self._order = order
        use_theme(app, Theme.LIGHT)
        self._window = MainWindow(Settings(theme=Theme.LIGHT), settings)
        self._window.show()

    def close(self) -> None:
        self._window.close()

    def take_start(self) -> Iterator[Path]:
        for look in self._order.looks:
            self._put_on(look)
            yield from self._take("start", look)

    def take_workspace(self, workspace: Path) -> Iterator[Path]:
        """Every page of a workspace, and every tab of a page."""
        window = self._window
        make = partial(open_workspace, workspace, DEMO_PASSPHRASE)
        window.jobs.open(make, window.show_workspace)
        self._wait(lambda: bool(window.pages))
        self._choose_visit()
        for look in self._order.looks:
            self._put_on(look)
            for name in list(window.pages):
                window.show_page(name)
                for tab in self._tabs(window.pages[name]):
                    yield from self._take(f"{workspace.name}-{name}{tab}", look)
        window.leave_workspace()
        self._wait(lambda: True)

    def _put_on(self, look: Look) -> None:
        use_language(look.language)
        use_theme(self._app, look.theme)
        width, height = look.size
        scale = self._order.scale
        self._window.resize(round(width / scale), round(height / scale))
        self._window.say_again()

    def _choose_visit(self) -> None:
        """A page that shows one visit is empty before somebody has chosen one; one that was made shows more."""
        page = self._window.pages.get("visit")
        if page is not None:
            self._window.jobs.read(find_visits, lambda found: page.open_item(_made(found.rows).id))
            self._wait(lambda: True)

    def _tabs(self, page: QWidget) -> Iterator[str]:
        """Bring one tab after the other to the front; what to add to the name of its picture."""
        bars = [bar for bar in page.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1]
        if not bars:
            yield ""
            return
        for number in range(bars[0].count()):
            bars[0].setCurrentIndex(number)
            yield f"-{number + 1}"
        bars[0].setCurrentIndex(0)

    def _take(self, name: str, look: Look) -> Iterator[Path]:
        if not self._order.wants(name):
            return
        self._wait(lambda: True)
        picture = self._window.grab().toImage()
        if self._order.is_small:
            picture = _with_few_colors(picture)
        file = self._order.folder / f"{name}-{look.suffix}.png"
        picture.save(str(file), quality=_PACKED_HARDEST)
        yield file

    def _wait(self, is_ready: Callable[[], bool]) -> None:
        """Until everything asked for is answered and drawn; what is drawn beside the window gets a moment more."""
        end = time.monotonic() + _MOST_WAIT_S
        quiet_since = time.monotonic()
        while time.monotonic() < end:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
            # Only a loop that runs by itself deletes what was to be deleted later.
            self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            if not (is_ready() and self._window.jobs.is_quiet):
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since > _SETTLE_S:
                return
            time.sleep(0.005)
        raise TimeoutError


def _made(visits: Sequence[VisitLine]) -> VisitLine:
    """One that was made; at the office, whose page is for paper, one from paper."""
    made = [visit for visit in visits if visit.score is not None]
    return next((visit for visit in made if visit.is_held_here or visit.is_from_paper), (*made, *visits)[0])


def _with_few_colors(picture: QImage) -> QImage:
    """The 256 most frequent colours; Qt's own choice of them would strew dots over every plain area."""
    plain = picture.convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(plain.constBits()).cast("I"))
    colors = [number for number, _count in counts.most_common(256)]
    return plain.convertToFormat(
        QImage.Format.Format_Indexed8, colors, Qt.ImageConversionFlag.ThresholdDither
    )


def take_pictures(demo: Path, order: Order) -> Iterator[Path]:
    """Take the pictures of the demo in ``demo``; each is on the disk when it is named."""
    order.folder.mkdir(parents=True, exist_ok=True)
    app = make_application(["mingcha"])
    with tempfile.TemporaryDirectory() as temporary:
        taker = PictureTaker(app, Path(temporary) / "settings.json", order)
        try:
            yield from taker.take_start()
            for name in WORKSPACES:
                yield from taker.take_workspace(demo / name)
        finally:
            taker.close()


def main(arguments: Sequence[str]) -> int:
    options = _parser().parse_args(arguments)
    # A screen that somebody looks at would limit the size; nothing is to be seen of this window anyway.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ[_SCALE_VARIABLE] = str(options.scale)
    looks = tuple(
        Look(language, Theme(theme), size)
        for language in options.languages
        for theme in options.themes
        for size in options.sizes
    )
    order = Order(looks, options.out, tuple(options.only), options.scale, is_small=options.small)
    for file in take_pictures(options.demo, order):
        sys.stdout.write(f"{file}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m desktop.gui.pictures", description=__doc__)
    parser.add_argument("demo", type=Path, help="folder that “mingcha demo” has built")
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=["zh"])
    parser.add_argument("--themes", nargs="+", choices=_THEMES, default=[Theme.LIGHT.value])
    parser.add_argument("--sizes", nargs="+", type=_size, default=[(1366, 768)], metavar="WIDTHxHEIGHT")
    parser.add_argument("--scale", type=float, default=1.0, help="1.5 for a screen set to 150 %%")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="NAME", help="beginnings of names, such as office-merge"
    )
    parser.add_argument("--small", action="store_true", help="256 colours, for the manual")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _x, height = text.partition("x")
    return int(width), int(height)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
