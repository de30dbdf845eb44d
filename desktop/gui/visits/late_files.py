"""The files that a correction adds to its item: chosen, dropped or pasted, and taken in only when it is saved."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.gui.evidence.clipboard import Pasted, pasted
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.file_dialogs import choose_files
from desktop.gui.widgets.labels import CutLabel
from desktop.gui.widgets.progress_row import ProgressRow
from desktop.i18n import _

_MOST_NAMED = 6


class LateFiles(QFrame):
    """``changed``: other files than before. Nothing is read before the correction is saved."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        self._found: list[Pasted] = []
        self.add_button = text_button(texts, lambda: _("Add files …"))
        self.paste_button = text_button(texts, lambda: _("Paste"))
        self.clear_button = text_button(texts, lambda: _("Leave out"))
        self.caption_field = QLineEdit()
        self.names_label = CutLabel("", "muted")
        self.progress = ProgressRow(texts)
        texts.say(self.caption_field.setPlaceholderText, lambda: _("What the added evidence shows"))
        texts.say(self.caption_field.setAccessibleName, lambda: _("What the added evidence shows"))
        texts.say(self.names_label.setText, self._names)
        self.add_button.clicked.connect(self._ask_files)
        self.paste_button.clicked.connect(self.paste)
        self.clear_button.clicked.connect(self.clear)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.paste)
        self._lay_out()
        self._show()
        self.hide()

    @property
    def found(self) -> tuple[Pasted, ...]:
        """What was chosen, dropped and pasted, in this order."""
        return tuple(self._found)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(path.name for found in self._found for path in found.paths or (Path(found.name),))

    @property
    def caption(self) -> str:
        return self.caption_field.text().strip()

    def add_files(self, files: Sequence[Path]) -> None:
        """Files, and folders with all that lies below them."""
        if files:
            self._add(Pasted(tuple(files)))

    def paste(self) -> None:
        found = pasted(QApplication.clipboard().mimeData())
        if found is not None:
            self._add(found)

    def clear(self) -> None:
        self.caption_field.clear()
        if self._found:
            self._found.clear()
            self._show()
            self.changed.emit()

    def allow(self, *, is_allowed: bool) -> None:
        """Not while they are being taken in."""
        for widget in (self.add_button, self.paste_button, self.clear_button, self.caption_field):
            widget.setEnabled(is_allowed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  Qt's spelling
        if self.add_button.isEnabled() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  Qt's spelling
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _add(self, found: Pasted) -> None:
        self._found.append(found)
        self._show()
        self.changed.emit()

    def _ask_files(self) -> None:
        self.add_files(list(choose_files(self, _("Photos and files for this item"))))

    def _show(self) -> None:
        self.names_label.setText(self._names())
        self.caption_field.setVisible(bool(self._found))
        self.clear_button.setVisible(bool(self._found))

    def _names(self) -> str:
        names = self.names
        if not names:
            return _("Photos, scans and files can be dropped here.")
        shown = _(", ").join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        return _("With the correction comes: {names}").format(names=shown)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add_button, self.paste_button, self.clear_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(6)
        column.addLayout(buttons)
        column.addWidget(self.names_label)
        column.addWidget(self.caption_field)
        column.addWidget(self.progress)
