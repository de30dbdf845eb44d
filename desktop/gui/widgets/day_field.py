"""A day, typed in any common way and put into the way it is stored when the cursor leaves it."""

from PySide6.QtWidgets import QLineEdit

from desktop.services.records.typed_texts import day_text


class DayField(QLineEdit):
    """``2026.3.17`` and ``2026年3月17日`` become ``2026-03-17``; what is no day stays as it was typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("2026-03-17")
        self.editingFinished.connect(self._put_in_order)

    def _put_in_order(self) -> None:
        text = day_text(self.text())
        if text != self.text():
            self.setText(text)
            self.textEdited.emit(text)
