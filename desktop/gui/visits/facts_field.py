"""The field of facts: a code and Tab or Enter become a phrase, whose blanks are then filled one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from desktop.domain.phrases import Phrase, expand
from desktop.gui.widgets.text_fields import TextArea

BLANK = "　"
"""An ideographic space in a phrase is a place that has to be filled in."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FactsField(TextArea):
    """Taking back is the business of the page, which keeps the steps of all items."""

    def __init__(self) -> None:
        super().__init__()
        self._phrases: tuple[Phrase, ...] = ()
        self._blanks = 0
        self.setTabChangesFocus(True)
        self.setProperty("look", "facts")
        self.setUndoRedoEnabled(False)

    def use_phrases(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)

    def show_text(self, text: str) -> None:
        """Put another text; where it is the same, the cursor stays."""
        self._blanks = 0
        if text != self.toPlainText():
            self.setPlainText(text)
            self.moveCursor(QTextCursor.MoveOperation.End)

    def insert_phrase(self, text: str) -> None:
        """Put a phrase at the cursor and go to its first blank."""
        start = self.textCursor().selectionStart()
        self.insertPlainText(text)
        self._blanks = text.count(BLANK)
        self._go_to_blank(start)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  Qt's spelling
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not (event.key() in _ENTER and event.modifiers() in plain and self._expand()):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802  Qt's spelling; called by the Tab key
        return (is_next and (self._expand() or self._go_to_next_blank())) or super().focusNextPrevChild(
            is_next
        )

    def _expand(self) -> bool:
        cursor = self.textCursor()
        expansion = expand(self._phrases, cursor.block().text()[: cursor.positionInBlock()])
        if expansion is None or cursor.hasSelection() or self.isReadOnly():
            return False
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, expansion.typed)
        self.setTextCursor(cursor)
        self.insert_phrase(expansion.text)
        return True

    def _go_to_next_blank(self) -> bool:
        return self._blanks > 0 and self._go_to_blank(self.textCursor().selectionEnd())

    def _go_to_blank(self, start: int) -> bool:
        found = self.document().find(BLANK, start)
        self._blanks -= 1
        if found.isNull():
            self._blanks = 0
            return False
        self.setTextCursor(found)
        return True
