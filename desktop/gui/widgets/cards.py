"""Cards: white areas with a border that hold what belongs together."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.theme import tokens
from desktop.gui.widgets.icons import icon_pixmap
from desktop.gui.widgets.labels import plain_label


class Card(QFrame):
    """A card whose content is put into ``content``."""

    def __init__(self, direction: QBoxLayout.Direction = QBoxLayout.Direction.TopToBottom) -> None:
        super().__init__()
        self.setObjectName("card")
        self.content = QBoxLayout(direction, self)
        self.content.setContentsMargins(18, 14, 18, 14)
        self.content.setSpacing(10)


class FigureCard(Card):
    """A figure that matters, with what it counts above and a remark below."""

    def __init__(self) -> None:
        super().__init__()
        self.content.setContentsMargins(16, 12, 16, 12)
        self.content.setSpacing(2)
        self.name_label = plain_label("", "muted")
        self.figure_label = plain_label("—", "figure")
        self.remark_label = plain_label("", "muted")
        for label in (self.name_label, self.figure_label, self.remark_label):
            self.content.addWidget(label)

    def show_figure(self, figure: str, remark: str) -> None:
        self.figure_label.setText(figure)
        self.remark_label.setText(remark)
        self.setAccessibleName(f"{self.name_label.text()} {figure} {remark}")


class EmptyState(QFrame):
    """What belongs on an empty page, and the next step. Buttons are added to ``action_row``."""

    def __init__(
        self, texts: Texts, icon_name: str, what: Callable[[], str], next_step: Callable[[], str]
    ) -> None:
        super().__init__()
        picture = plain_label()
        texts.say(picture.setPixmap, lambda: icon_pixmap(icon_name, tokens().muted, 40, 2.0))
        self.what_label = _centred(plain_label("", "heading"))
        self.next_label = _centred(plain_label("", "muted", wraps=True))
        self.next_label.setMaximumWidth(560)
        texts.say(self.what_label.setText, what)
        texts.say(self.next_label.setText, next_step)
        self.action_row = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.what_label)
        column.addLayout(_in_the_middle(self.next_label))
        column.addLayout(self.action_row)
        column.setAlignment(self.action_row, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)


def table_card(view: QWidget, remark: QWidget, button: QWidget) -> QWidget:
    """A card filled by a table, with a remark and a button below it."""
    card = Card()
    card.content.setContentsMargins(1, 1, 1, 12)
    card.content.addWidget(view, 1)
    row = QHBoxLayout()
    row.setContentsMargins(16, 0, 16, 0)
    row.addWidget(remark, 1)
    row.addWidget(button)
    card.content.addLayout(row)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    return holder


class Split(QSplitter):
    """Two areas whose border can be moved; until somebody does, they share the room as ``widths`` say."""

    def __init__(self, left: QWidget, right: QWidget, widths: tuple[int, int]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._widths: tuple[int, int] | None = widths
        self.setHandleWidth(14)
        self.setChildrenCollapsible(False)
        self.addWidget(left)
        self.addWidget(right)
        self.splitterMoved.connect(self._leave_border)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._share()

    def event(self, event: QEvent) -> bool:
        """Qt would keep what a longer language, or a smaller window, has made of the widths."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return is_done

    def _share(self) -> None:
        if self._widths is not None:
            self.setSizes(self._widths)

    def _leave_border(self, *_place: int) -> None:
        self._widths = None


def _in_the_middle(label: QLabel) -> QHBoxLayout:
    # An alignment would give a wrapping label the height of one line, however many it needs.
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 1000)
    row.addStretch(1)
    return row


def _centred(label: QLabel) -> QLabel:
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label
