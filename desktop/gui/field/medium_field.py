"""Where the package goes: what is plugged in, or any folder; what it is, and whether the package fits."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.field.handover_words import medium_problem, medium_remark, medium_text
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.i18n import _
from desktop.services.packages.find_media import Medium, find_media, look_at_medium

_LOOK_EVERY_MS = 2500


class MediumField(QWidget):
    """``chosen_changed``: another medium, or the one that is chosen was pulled out or came back.

    Looks every few seconds while it is shown, so that a stick appears by itself.
    """

    chosen_changed = Signal()

    def __init__(self, jobs: Jobs, texts: Texts, find: Callable[[], tuple[Medium, ...]] = find_media) -> None:
        super().__init__()
        self._jobs = jobs
        self._find = find
        self._folder: Path | None = None
        self._media: tuple[Medium, ...] = ()
        self._package_bytes = 0
        self._file_bytes = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.choice_field = ChoiceField()
        self.choice_field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.folder_button = text_button(texts, lambda: _("Another folder …"), "folder-open")
        self.facts_label = plain_label("", "muted", wraps=True)
        self.problem_label = plain_label("", "warning", wraps=True)
        texts.say(self.choice_field.setAccessibleName, lambda: _("Where the package goes"))
        texts.say(self._say_again, lambda: None)
        self.choice_field.activated.connect(self._choose_row)
        self.folder_button.clicked.connect(self._ask_folder)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choice_field, 1)
        row.addWidget(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(self.facts_label)
        column.addWidget(self.problem_label)

    @property
    def chosen(self) -> Medium | None:
        """The medium the package goes to, None while none was chosen."""
        return next((medium for medium in self._media if medium.folder == self._folder), None)

    @property
    def problem(self) -> str:
        """Why nothing can be written there; empty also while nothing is chosen."""
        return "" if self.chosen is None else medium_problem(self.chosen, self._file_bytes)

    def expect(self, package_bytes: int, file_bytes: int) -> None:
        """How large the package may become, and how large one of its files."""
        self._package_bytes = package_bytes
        self._file_bytes = min(package_bytes, file_bytes)
        self._tell()

    def choose(self, folder: Path) -> None:
        self._folder = folder
        self.look()

    def look(self) -> None:
        """Ask again what is plugged in."""
        folder = self._folder

        def look() -> tuple[Medium, ...]:
            media = self._find()
            if folder is None or folder in [medium.folder for medium in media]:
                return media
            return (*media, look_at_medium(folder))

        self._jobs.aside(look, self.show_media)

    def show_media(self, media: tuple[Medium, ...]) -> None:
        if media == self._media:
            return
        self._media = media
        if self._folder is None and media:
            self._folder = media[0].folder
        self._say_again()
        self.chosen_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's spelling
        super().showEvent(event)
        self.look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  Qt's spelling
        super().hideEvent(event)
        self._timer.stop()

    def _say_again(self, _nothing: object = None) -> None:
        self.choice_field.clear()
        for medium in self._media:
            self.choice_field.addItem(str(medium.folder), medium.folder)
        folders = [medium.folder for medium in self._media]
        if self._folder in folders:
            self.choice_field.setCurrentIndex(folders.index(self._folder))
        if not self._media:
            self.choice_field.addItem(_("No stick or disc is plugged in"))
        self.choice_field.setEnabled(bool(self._media))
        self._tell()

    def _tell(self) -> None:
        medium = self.chosen
        facts = [] if medium is None or not medium.is_there else [medium_text(medium)]
        if facts and medium is not None and not self.problem:
            facts.append(medium_remark(medium, self._package_bytes))
        self.facts_label.setText("\n".join(fact for fact in facts if fact))
        self.facts_label.setVisible(bool(facts))
        self.problem_label.setText(self.problem)
        self.problem_label.setVisible(bool(self.problem))

    def _choose_row(self, row: int) -> None:
        if row < len(self._media):
            self._folder = self._media[row].folder
            self._tell()
            self.chosen_changed.emit()

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Where should the package be written?"))
        if folder is not None:
            self.choose(folder)
