import re
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from desktop import gui
from desktop.gui.widgets.quiet_wheel import ChoiceField, NumberField


def turn_down(widget):
    middle = QPointF(widget.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(widget.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)
    return turn.isAccepted()


def test_the_wheel_over_a_field_leaves_it_alone_and_is_offered_to_the_page(qtbot):
    choice, number = ChoiceField(), NumberField()
    choice.addItems(["明查", "暗访"])
    for field in (choice, number):
        qtbot.addWidget(field)

    assert [turn_down(field) for field in (choice, number)] == [False, False]
    assert (choice.currentText(), number.value()) == ("明查", 0)
    by_wheel = Qt.FocusPolicy.WheelFocus.value & ~Qt.FocusPolicy.StrongFocus.value
    assert not any(field.focusPolicy().value & by_wheel for field in (choice, number))


def test_no_field_of_the_window_follows_the_wheel():
    plain = re.compile(r"\bQ(ComboBox|SpinBox|DoubleSpinBox|DateEdit|TimeEdit|DateTimeEdit)\((?!Q)")
    sources = Path(gui.__path__[0]).rglob("*.py")

    assert [path.name for path in sources if plain.search(path.read_text(encoding="utf-8"))] == []
