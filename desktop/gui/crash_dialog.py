"""The crash report: what to tell and what to copy. The text names places in the program, never what was typed."""

import platform
import traceback
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop import __version__
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _


def crash_text(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Where it happened. The message of the exception is left out: it may hold what a person wrote."""
    places = [
        f"{frame.filename.rpartition('desktop')[2] or frame.filename}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]
    head = (
        f"mingcha {__version__}",
        f"Python {platform.python_version()}, Qt {qVersion()}",
        platform.platform(),
    )
    return "\n".join((*head, "", kind.__name__, *places))


class CrashDialog(FittingDialog):
    """Shows the report; everything that was saved is safe, so the user may go on or leave."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        texts = Texts()
        self.report = report
        name_window(self, _("The program has made a mistake"))
        resize_on_screen(self, 640, 420)
        report_field = QPlainTextEdit(report)
        report_field.setReadOnly(True)
        report_field.setTabChangesFocus(True)
        report_field.setAccessibleName(_("Crash report"))
        self.copy_button = text_button(texts, lambda: _("Copy the report"), "copy")
        self.close_button = text_button(texts, lambda: _("Go on"), is_primary=True)
        self.copy_button.clicked.connect(self.copy_report)
        self.close_button.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.copy_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(plain_label(_("The program has made a mistake"), "title"))
        advice = _(
            "What was saved is safe. Copy the report below and give it to whoever looks after the program."
        )
        column.addWidget(plain_label(advice, wraps=True))
        column.addWidget(report_field, 1)
        column.addLayout(row)

    def copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
