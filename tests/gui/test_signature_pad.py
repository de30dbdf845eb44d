"""The pad is written on with synthetic events of a pen, a finger and a mouse."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.domain.strokes import (
    BOX_HEIGHT,
    BOX_WIDTH,
    MOST_POINTS,
    MOST_STROKES,
    is_signature,
    strokes_as_json,
    strokes_from_json,
)
from desktop.gui.signing.signature_pad import SignaturePad, now_ms
from tests.services.worlds import Clock

PEN = QPointingDevice(
    "pen",
    1,
    QInputDevice.DeviceType.Stylus,
    QPointingDevice.PointerType.Pen,
    QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
    1,
    1,
)
FINGER = QTest.createTouchDevice()
WAY = (QPoint(20, 40), QPoint(120, 60), QPoint(280, 100))


@pytest.fixture
def clock():
    return Clock(5000)


@pytest.fixture
def pad(qtbot, clock):
    pad = SignaturePad(clock)
    qtbot.addWidget(pad)
    pad.resize(400, 160)
    pad.show()
    return pad


def pen(pad, kind, place, pressure=0.0):
    event = QTabletEvent(
        kind,
        PEN,
        QPointF(place),
        QPointF(pad.mapToGlobal(place)),
        pressure,
        0,
        0,
        0,
        0,
        0,
        Qt.KeyboardModifier.NoModifier,
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
    )
    QApplication.sendEvent(pad, event)
    assert event.isAccepted()


def by_pen(pad, clock, way=WAY):
    pen(pad, QEvent.Type.TabletPress, way[0], 0.25)
    for place in way[1:]:
        clock.go_on(20)
        pen(pad, QEvent.Type.TabletMove, place, 0.75)
    pen(pad, QEvent.Type.TabletRelease, way[-1])


def by_mouse(pad, clock, way=WAY):
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=way[0])
    for place in way[1:]:
        clock.go_on(20)
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=way[-1])


def by_finger(pad, clock, way=WAY):
    QTest.touchEvent(pad, FINGER).press(1, way[0], pad).commit()
    for place in way[1:]:
        clock.go_on(20)
        QTest.touchEvent(pad, FINGER).move(1, place, pad).commit()
    QTest.touchEvent(pad, FINGER).release(1, way[-1], pad).commit()


@pytest.mark.parametrize(
    ("write", "pressures"),
    [(by_pen, (250, 750, 750)), (by_mouse, (500,) * 3), (by_finger, None)],
)
def test_a_stroke_is_whole_numbers_in_the_box_with_time_and_pressure(pad, clock, qtbot, write, pressures):
    with qtbot.waitSignal(pad.changed):
        write(pad, clock)

    (stroke,) = pad.strokes
    assert [point[:3] for point in stroke] == [(200, 400, 0), (1200, 600, 20), (2800, 1000, 40)]
    if pressures is not None:
        assert tuple(point[3] for point in stroke) == pressures
    assert is_signature(pad.strokes)
    assert strokes_from_json(strokes_as_json(pad.strokes)) == pad.strokes


def test_the_size_of_the_pad_does_not_matter(pad, clock):
    by_mouse(pad, clock)
    small = pad.strokes
    pad.clear()
    pad.resize(800, 320)
    by_mouse(pad, clock, [place * 2 for place in WAY])

    assert [point[:2] for point in pad.strokes[0]] == [point[:2] for point in small[0]]


def test_what_leaves_the_box_stays_at_its_edge(pad, clock):
    by_mouse(pad, clock, (QPoint(200, 80), QPoint(900, -300)))

    assert pad.strokes[0][-1][:2] == (BOX_WIDTH, 0)
    by_mouse(pad, clock, (QPoint(200, 80), QPoint(-900, 900)))
    assert pad.strokes[1][-1][:2] == (0, BOX_HEIGHT)


def test_strokes_are_taken_back_one_by_one_or_all(pad, clock):
    for _stroke in range(3):
        by_pen(pad, clock)
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes) == 2
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert pad.strokes == ()
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    QTest.keyClick(pad, Qt.Key.Key_A)
    assert pad.strokes == ()


def test_moving_without_a_press_writes_nothing(pad):
    QTest.mouseMove(pad, WAY[1])
    QTest.mousePress(pad, Qt.MouseButton.RightButton, pos=WAY[0])
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, pos=WAY[0])
    pen(pad, QEvent.Type.TabletMove, WAY[1], 0.5)

    assert pad.strokes == ()


def test_a_hand_that_rests_beside_the_finger_does_not_write(pad, clock):
    QTest.touchEvent(pad, FINGER).press(1, WAY[0], pad).press(2, WAY[2], pad).commit()
    QTest.touchEvent(pad, FINGER).move(1, WAY[1], pad).stationary(2).commit()
    QTest.touchEvent(pad, FINGER).release(1, WAY[1], pad).release(2, WAY[2], pad).commit()

    assert len(pad.strokes) == 1


def test_a_touch_that_the_system_takes_away_ends_the_stroke(pad, clock, qtbot):
    QTest.touchEvent(pad, FINGER).press(1, WAY[0], pad).commit()
    QApplication.sendEvent(
        pad, QTouchEvent(QEvent.Type.TouchCancel, FINGER, Qt.KeyboardModifier.NoModifier, [])
    )
    QTest.mouseMove(pad, WAY[2])

    assert [len(stroke) for stroke in pad.strokes] == [1]
    QTest.touchEvent(pad, FINGER).release(1, WAY[0], pad).commit()


def test_points_that_say_nothing_new_are_left_out(pad, clock):
    by_mouse(pad, clock, (QPoint(20, 40), QPoint(20, 40), QPoint(120, 60)))

    assert len(pad.strokes[0]) == 2


def test_the_pad_is_full_at_last(pad, clock):
    for number in range(MOST_STROKES + 2):
        by_pen(pad, clock, (QPoint(20 + number % 300, 40),))
    assert len(pad.strokes) == MOST_STROKES
    pad.clear()
    by_pen(pad, clock, [QPoint(10 + n % 380, 10 + (n // 380) % 140) for n in range(MOST_POINTS + 50)])

    assert len(pad.strokes[0]) == MOST_POINTS
    assert strokes_from_json(strokes_as_json(pad.strokes)) == pad.strokes


def test_handwriting_is_painted(pad, clock):
    by_pen(pad, clock)
    by_pen(pad, clock, (QPoint(50, 120),))
    picture = pad.grab().toImage()

    assert picture.pixelColor(WAY[1]).lightness() < 80
    assert picture.pixelColor(50, 120).lightness() < 200


def test_the_time_of_a_pad_only_goes_on():
    assert now_ms() <= now_ms()
