"""One version of what is in conflict: who wrote it when and where, and the whole text of the field in front."""

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.i18n import _
from desktop.services.packages.conflict_view import Version

_TEXT_PX = 68


class VersionPane(QWidget):
    """A table cell shows one line; here the rest can be read and copied."""

    def __init__(self, texts: Texts, name: Callable[[], str]) -> None:
        super().__init__()
        name_label = plain_label("", "muted")
        texts.say(name_label.setText, name)
        self.version_label = CutLabel("", "muted")
        self.text_field = QPlainTextEdit()
        self.text_field.setReadOnly(True)
        self.text_field.setTabChangesFocus(True)
        self.text_field.setFixedHeight(_TEXT_PX)
        texts.say(self.text_field.setAccessibleName, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(name_label)
        column.addWidget(self.version_label)
        column.addWidget(self.text_field)

    def show_version(self, version: Version | None) -> None:
        self.version_label.setText(_version_text(version) if version else _("nobody had filled it in"))

    def show_text(self, text: str) -> None:
        self.text_field.setPlainText(text)


def _version_text(version: Version) -> str:
    return " · ".join(word for word in (version.who, version.node, version.at) if word)
