"""Watching a folder while a visit is open: what appears in it is taken in for the item that is being answered."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from desktop.errors import UserError
from desktop.gui.evidence.clipboard import Pasted
from desktop.gui.jobs import Jobs, StoppedError
from desktop.gui.texts import Texts
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.evidence.watch_folder import (
    FileState,
    Look,
    WatchedFolder,
    WatchKind,
    choose_watched_folder,
    look_at,
    watched_folder,
)
from desktop.services.workspace.workspace import Workspace

EVERY_MS = 2000


class FolderWatch(QFrame):
    """One line that says which folder is watched, hidden while there is none.

    ``take`` is given what is new and says whether it has begun to take it in; else it is offered again. What lay in
    the folder before it was watched is left alone.
    """

    def __init__(self, jobs: Jobs, texts: Texts, take: Callable[[Pasted], bool]) -> None:
        super().__init__()
        self.setObjectName("note")
        self._jobs = jobs
        self._take = take
        self._watched: WatchedFolder | None = None
        self._has_asked = False
        self._known: frozenset[FileState] = frozenset()
        self._before: Look | None = None
        self._is_first = True
        self._problem: UserError | None = None
        self.text_label = plain_label("", wraps=True)
        self.stop_button = QToolButton()
        self.stop_button.setProperty("look", "plain")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self._look)
        self.stop_button.clicked.connect(lambda: self.watch(None))
        texts.say(self.stop_button.setIcon, lambda: icon("x", "muted"))
        texts.say(self.stop_button.setAccessibleName, lambda: _("Stop watching the folder"))
        texts.say(self.stop_button.setToolTip, lambda: _("Stop watching the folder"))
        texts.say(lambda _text: self._show(), lambda: "")
        self._texts = texts
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 6, 6)
        row.addWidget(self.text_label, 1)
        row.addWidget(self.stop_button)
        self.hide()

    @property
    def watched(self) -> WatchedFolder | None:
        return self._watched

    def offer_in(self, menu: QMenu) -> None:
        """Put what can be watched into a menu."""
        camera, scanner = menu.addAction(""), menu.addAction("")
        self._texts.say(camera.setText, lambda: _("Watch the folder of a camera or phone …"))
        self._texts.say(scanner.setText, lambda: _("Watch the folder of a scanner …"))
        camera.triggered.connect(lambda: self._ask(WatchKind.CAMERA))
        scanner.triggered.connect(lambda: self._ask(WatchKind.SCANNER))

    def begin(self) -> None:
        """Go on with the folder that was watched when the workspace was last open; asked for once."""
        if not self._has_asked:
            self._has_asked = True
            self._jobs.read(watched_folder, self._remember)

    def end(self) -> None:
        """The workspace is about to be closed."""
        self._timer.stop()
        self._watched = None

    def watch(self, watched: WatchedFolder | None) -> None:
        """Watch this folder from now on; None stops."""
        self._has_asked = True
        self._jobs.write(partial(choose_watched_folder, watched=watched), None, self._say)
        self._use(watched)

    def _remember(self, watched: WatchedFolder | None) -> None:
        # Unless another one has been chosen meanwhile.
        if self._watched is None and watched is not None:
            self._use(watched)

    def _use(self, watched: WatchedFolder | None) -> None:
        self._timer.stop()
        self._watched, self._before, self._problem = watched, None, None
        self._known, self._is_first = frozenset(), True
        self._show()
        self._look()

    def _look(self) -> None:
        if self._watched is not None:
            self._jobs.read(
                partial(_look_at, self._watched),
                partial(self._compare, self._watched),
                partial(self._miss, self._watched),
                name="watched folder",
            )

    def _compare(self, watched: WatchedFolder, now: Look) -> None:
        if watched is not self._watched:
            return
        if self._problem is not None:
            self._problem = None
            self._show()
        if self._is_first:
            self._known, self._is_first = now.files, False
        elif self._before is not None:
            new = now.settled(self._before, self._known)
            paths = tuple(Path(path) for path, _size, _time in new)
            if paths and self._take(Pasted(paths, capture_mode=watched.capture_mode)):
                self._known |= frozenset(new)
        self._before = now
        self._timer.start()

    def _miss(self, watched: WatchedFolder, error: UserError) -> None:
        """The folder is gone, for a while at least."""
        if watched is self._watched and not isinstance(error, StoppedError):
            self._before = None
            self._say(error)
            self._timer.start()

    def _say(self, error: UserError) -> None:
        self._problem = error
        self._show()

    def _show(self) -> None:
        watched = self._watched
        self.setVisible(watched is not None)
        if watched is None:
            return
        is_scanner = watched.kind is WatchKind.SCANNER
        text = (
            _("Scans from {folder} are taken in.") if is_scanner else _("Photos from {folder} are taken in.")
        )
        self.text_label.setText(
            text.format(folder=watched.folder.name or str(watched.folder))
            if self._problem is None
            else str(self._problem)
        )
        self.setToolTip("" if self._problem is not None else str(watched.folder))
        self.setProperty("tone", "done" if self._problem is None else "warning")
        for widget in (self, self.text_label):
            widget.style().unpolish(widget)
            widget.style().polish(widget)

    def _ask(self, kind: WatchKind) -> None:
        is_scanner = kind is WatchKind.SCANNER
        folder = choose_folder(
            self,
            _("Where does the scanner put its scans?")
            if is_scanner
            else _("Where does the camera or phone put its photos?"),
        )
        if folder is not None:
            self.watch(WatchedFolder(folder, kind))


def _look_at(watched: WatchedFolder, _workspace: Workspace) -> Look:
    return look_at(watched)
