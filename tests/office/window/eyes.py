"""Runs the real program and tells where on the screen its widgets are; it clicks nothing and changes nothing.

``python -m tests.office.window.eyes SOCKET [WORKSPACE]``: each line on the socket asks, each answer is one line of
JSON. ``?`` asks what is seen, ``quiet`` whether the program has nothing to do, ``turns`` how long it took for what.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from desktop.gui import application
from tests.office.window.pulse import Pulse


def texts_of(widget):
    """What a user reads in a widget."""
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QLineEdit):
        return widget.displayText()
    if isinstance(widget, QAbstractButton | QLabel):
        return widget.text().strip()
    return ""


def place(widget, rect=None):
    rect = rect or widget.rect()
    corner = widget.mapToGlobal(rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]


def seen(widget):
    """The part of a widget that is not scrolled or cut away, in its own coordinates."""
    return widget.visibleRegion().boundingRect()


def parts(widget):
    """What can be clicked within a widget: cells, list rows, tabs."""
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        columns = range(model.columnCount()) if isinstance(widget, QTableView) else (0,)
        for row in range(min(model.rowCount(widget.rootIndex()), 200)):
            for column in columns:
                index = model.index(row, column, widget.rootIndex())
                rect = widget.visualRect(index)
                text = index.data()
                if text and widget.viewport().rect().contains(rect.center()):
                    yield str(text), place(widget.viewport(), rect)
    if isinstance(widget, QMenu):
        for action in widget.actions():
            yield action.text(), place(widget, widget.actionGeometry(action))
    if isinstance(widget, QTabBar):
        for tab in range(widget.count()):
            yield widget.tabText(tab), place(widget, widget.tabRect(tab))


def everything():
    popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
    tops = [modal] if modal else [top for top in QApplication.topLevelWidgets() if top.isVisible()]
    tops = ([popup] if popup else []) + [top for top in tops if top is not popup]
    found = []
    for top in tops:
        for widget in [top, *top.findChildren(QWidget)]:
            region = seen(widget) if widget.isVisible() else QRect()
            if region.isEmpty():
                continue
            found.append(
                {
                    "class": type(widget).__name__,
                    "kinds": [base.__name__ for base in type(widget).__mro__],
                    "name": widget.accessibleName(),
                    "text": texts_of(widget),
                    "enabled": widget.isEnabled(),
                    "focus": widget.hasFocus(),
                    "popup": top is popup,
                    "whole": region == widget.rect(),
                    "rect": place(widget, region),
                    "parts": list(parts(widget)),
                }
            )
    return found


class Eyes:
    def __init__(self, socket_name, app):
        self.pulse = Pulse(app)
        self.answers = {
            "quiet": lambda: self.pulse.is_quiet,
            "turns": self.pulse.told,
        }
        self.server = QLocalServer()
        if not self.server.listen(socket_name):
            sys.exit(f"cannot listen on {socket_name}")
        self.server.newConnection.connect(self.serve)

    def serve(self):
        connection = self.server.nextPendingConnection()
        connection.readyRead.connect(lambda: self.answer(connection))

    def answer(self, connection):
        while connection.canReadLine():
            asked = bytes(connection.readLine().data()).decode().strip()
            answer = self.answers.get(asked, everything)()
            connection.write(json.dumps(answer).encode() + b"\n")
            connection.flush()


def main():
    make = application.make_application
    kept = []

    def make_and_look(arguments):
        app = make(arguments)
        kept.append(Eyes(sys.argv[1], app))
        return app

    application.make_application = make_and_look
    sys.exit(application.run_window(["mingcha"], *map(Path, sys.argv[2:])))


if __name__ == "__main__":
    main()
