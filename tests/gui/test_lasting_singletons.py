import sys

from PySide6.QtCore import QObject, Signal


class Bell(QObject):
    rung = Signal(object)


def test_a_hundred_thousand_signals_do_not_end_the_interpreter(qapp):
    heard = []
    bell = Bell()
    bell.rung.connect(heard.append)
    for _each in range(100_000):
        bell.rung.emit(None)

    assert len(heard) == 100_000
    assert min(sys.getrefcount(each) for each in (None, True, False)) > 100_000
