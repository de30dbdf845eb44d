"""What a window shows and whether it shows it whole: for the tests that hold every page and every dialog to it."""

import re

from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from desktop.gui.start.start_tiles import Tile
from desktop.gui.widgets.buttons import ShrinkingButton
from desktop.gui.window_fit import RoomForPages

FOREIGN_WORDS = """
    pdf xlsx json docx mcp usb sha age jpg png heic img src file etc passwd amp mingcha markdown exif gps
    ctrl shift alt enter esc tab home end pgup pgdn space english excel photo card fat gib mib kib
"""
"""Words in Latin letters that a Chinese page may show: names of formats and keys, and the planted markup."""


def shown(window, kind=QWidget):
    return [
        widget
        for widget in window.findChildren(kind)
        if widget.isVisible() and not widget.visibleRegion().isEmpty()
    ]


def is_scrolled(widget):
    """Whether the widget may lie outside what is seen because somebody can scroll to it.

    The area around all pages does not count: on the screens of these tests it never scrolls.
    """
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea) and not isinstance(parent, QHeaderView | RoomForPages):
            return True
        parent = parent.parentWidget()
    return False


def columns_of(model):
    """A list has one column, and does not let anybody ask."""
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def texts_of(window):
    """Every text that a page says itself or shows from the data."""
    for widget in shown(window):
        match widget:
            case QComboBox():
                yield widget.currentText()
            case QLineEdit() | QPlainTextEdit():
                yield widget.placeholderText()
            case QLabel() | QAbstractButton():
                yield widget.text()
            case QTabBar():
                yield from (widget.tabText(tab) for tab in range(widget.count()))
            case QAbstractItemView() if widget.model() is not None and not isinstance(widget, QHeaderView):
                model = widget.model()
                columns = range(columns_of(model))
                yield from (
                    str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns
                )
                for row in range(min(model.rowCount(), 20)):
                    yield from (str(model.index(row, column).data() or "") for column in columns)
        yield widget.toolTip()
        yield widget.accessibleName()


def is_inner(widget):
    """The line edit of a spin box and the like: the box carries the name."""
    parent = widget.parentWidget()
    return parent is not None and (
        parent.inherits("QAbstractSpinBox") or parent.inherits("QComboBox") or parent.inherits("QTabBar")
    )


def is_cut(widget, *, with_scrolled=False):
    """Whether a label or button is smaller than its text needs."""
    if not widget.text() or (is_scrolled(widget) and not with_scrolled):
        return False
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width()) - 1
        return widget.width() < widget.fontMetrics().horizontalAdvance(widget.text()) - 1
    # One that shows its icon only, or the end of a path, leaves its text out, and says it in other ways.
    is_own_cutter = isinstance(widget, ShrinkingButton | Tile)
    needed = widget.minimumSizeHint() if is_own_cutter else widget.sizeHint()
    return widget.width() < needed.width() - 2


def english_words(text):
    """The words of a text that a Chinese window has no business to show."""
    plain = re.sub(r"[/\\][^\s]*|[0-9a-f]{8,}|\b[\w.-]+\.\w{2,4}\b|\{[^}]*\}", " ", text)
    words = {word.lower() for word in re.findall(r"[A-Za-z]{3,}", plain)} - set(FOREIGN_WORDS.split())
    return set() if re.search(r"[A-Z]{2,}-\d{4}", text) else words


def chinese_headings(window):
    """The texts of buttons, tabs and columns that are still Chinese: what is data there, is said to be."""
    found = set()
    for widget in shown(window, QAbstractButton):
        if re.search(r"[一-鿿]", widget.text()) and widget.property("look") not in ("tile", "data"):
            found.add(widget.text()[:60])
    for view in shown(window, QAbstractItemView):
        if view.model() is not None and not isinstance(view, QHeaderView):
            heads = [
                str(view.model().headerData(column, Qt.Orientation.Horizontal) or "")
                for column in range(columns_of(view.model()))
            ]
            found |= {head for head in heads if re.search(r"[一-鿿]", head)}
    return found
