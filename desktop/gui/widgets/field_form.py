"""A form: labels above each other, fields beside them, and one button that does it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.errors import UserError
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _


class FieldForm(QFormLayout):
    """Rows of label and field whose texts follow the language."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(10)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)

    def add_field(self, label: Callable[[], str], field: QWidget) -> None:
        name_label = plain_label()
        name_label.setBuddy(field)
        name_label.setMinimumHeight(32)
        self._texts.say(name_label.setText, label)
        self._texts.say(field.setAccessibleName, label)
        self.addRow(name_label, field)


def empty_error(fields: Sequence[QLineEdit]) -> UserError | None:
    """Names the first of these fields that is empty, and puts the cursor there; None where all are filled in."""
    for field in fields:
        if not field.text().strip():
            field.setFocus()
            return UserError(
                _("Something is still empty."), _("Fill in “{field}”.").format(field=field.accessibleName())
            )
    return None


class PathField(QWidget):
    """A path that can be typed or chosen; ``choose`` asks for it and answers None when nothing was chosen."""

    def __init__(
        self, texts: Texts, choose: Callable[[], Path | None], button_text: Callable[[], str]
    ) -> None:
        super().__init__()
        self._choose = choose
        self.edit = QLineEdit()
        self.button: QPushButton = text_button(texts, button_text)
        self.button.clicked.connect(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit, 1)
        row.addWidget(self.button)
        self.setFocusProxy(self.edit)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802  Qt's spelling
        """The field within is what is focused, so that it carries the name."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def ask(self) -> None:
        chosen = self._choose()
        if chosen is not None:
            self.edit.setText(str(chosen))

    def path(self) -> Path | None:
        text = self.edit.text().strip()
        return Path(text) if text else None


def secret_field() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
