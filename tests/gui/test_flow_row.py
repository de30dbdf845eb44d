"""Rows that give way to a narrow window."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from desktop.gui.widgets.cards import Split
from desktop.gui.widgets.flow_row import FlowRow, TurningRow


@pytest.fixture
def within(qtbot):
    """Put a widget into a window of a width of which it gets the whole."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)

    def within(part, width):
        if part.parentWidget() is None:
            column.addWidget(part)
            window.show()
        window.resize(width, 400)
        qtbot.waitUntil(lambda: part.width() == width)
        qtbot.wait(30)
        return part

    return within


def rows_of(parts):
    """How many parts stand at each height."""
    tops = [part.y() for part in parts if not part.isHidden()]
    return [tops.count(top) for top in sorted(set(tops))]


def are_apart(parts):
    places = [QRect(part.geometry()) for part in parts if not part.isHidden()]
    return not any(a.intersects(b) for n, a in enumerate(places) for b in places[:n])


@pytest.fixture
def boxes():
    return [QCheckBox(text) for text in ("不适用（N）", "立行立改（L）", "触发否决（V）")]


def test_what_does_not_fit_goes_into_the_next_row_and_comes_back(within, boxes):
    row = FlowRow(*boxes, gap_px=12)
    whole = sum(box.sizeHint().width() for box in boxes) + 24

    within(row, whole)
    assert rows_of(boxes) == [3]
    within(row, whole - 1)
    assert rows_of(boxes) == [2, 1]
    within(row, max(box.sizeHint().width() for box in boxes))
    assert rows_of(boxes) == [1, 1, 1]
    assert are_apart(boxes)
    within(row, whole)
    assert rows_of(boxes) == [3]


def test_every_part_keeps_the_width_of_its_text(within, boxes):
    row = FlowRow(*boxes, gap_px=12)
    for width in (600, 300, 200, 130):
        within(row, width)
        assert all(box.width() >= box.sizeHint().width() for box in boxes)


def test_a_part_that_is_hidden_takes_no_room(within, boxes, qtbot):
    row = FlowRow(*boxes, gap_px=12)
    two = sum(box.sizeHint().width() for box in boxes[1:]) + 12
    within(row, two)
    assert rows_of(boxes) == [2, 1]
    boxes[0].hide()
    qtbot.waitUntil(lambda: rows_of(boxes) == [2])
    boxes[0].show()
    qtbot.waitUntil(lambda: rows_of(boxes) == [2, 1])


def test_parts_that_share_a_row_stand_below_each_other_where_it_is_narrow(within):
    buttons = [QPushButton("添加…"), QPushButton("最近一张（E）")]
    row = TurningRow(*buttons)
    whole = sum(button.sizeHint().width() for button in buttons) + 8

    within(row, whole)
    assert rows_of(buttons) == [2]
    within(row, whole - 1)
    assert rows_of(buttons) == [1, 1]
    assert are_apart(buttons)
    assert row.minimumSizeHint().width() < whole


def test_another_text_turns_the_row(within, qtbot):
    buttons = [QPushButton("Add"), QPushButton("Last photo (E)")]
    row = within(TurningRow(*buttons), sum(button.sizeHint().width() for button in buttons) + 20)
    assert rows_of(buttons) == [2]
    buttons[0].setText("Add whatever the camera has")

    qtbot.waitUntil(lambda: rows_of(buttons) == [1, 1])
    assert row.isVisible()


def test_two_areas_share_the_room_as_before_when_one_of_them_asks_for_less_again(within, qtbot):
    left, right = QWidget(), QWidget()
    split = within(Split(left, right, (600, 400)), 1014)
    shared = split.sizes()
    assert abs(shared[0] - 600) < 4
    right.setMinimumWidth(700)
    qtbot.waitUntil(lambda: split.sizes()[1] >= 700)
    right.setMinimumWidth(0)

    qtbot.waitUntil(lambda: split.sizes() == shared)
    within(split, 514)
    assert abs(split.sizes()[0] - 300) < 4


def test_a_border_that_somebody_has_moved_stays(within, qtbot):
    split = within(Split(QWidget(), QWidget(), (600, 400)), 1014)
    split.moveSplitter(200, 1)
    split.widget(1).setMinimumWidth(300)
    qtbot.wait(30)

    assert split.sizes()[0] == 200
