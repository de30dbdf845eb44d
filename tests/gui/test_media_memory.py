import gc

from PySide6.QtCore import QBuffer, QObject
from shiboken6 import isValid

from desktop.gui.capture.segment import Segment, sound_container
from desktop.gui.capture.source import speech_format
from desktop.gui.media_memory import outlive_media


def test_memory_that_was_given_away_is_there_though_nobody_holds_it(qtbot):
    buffer = QBuffer()
    gone = []
    buffer.destroyed.connect(lambda: gone.append(True))

    outlive_media(buffer)
    del buffer
    gc.collect()
    qtbot.wait(50)

    assert not gone


def open_buffers():
    """Those that are written to. Asking a recorder for its own would hold it for good."""
    found = (each for each in gc.get_objects() if isinstance(each, QBuffer) and isValid(each))
    return {each for each in found if each.isWritable()}


def test_the_file_of_a_recorder_outlives_a_window_that_is_deleted_while_it_starts(qtbot):
    """The recorder writes the head of the file after all; with the file gone, the program would be."""
    before = open_buffers()
    window = QObject()
    segment = Segment(sound_container(), has_picture=False, sound_format=speech_format(), parent=window)
    (file,) = open_buffers() - before
    before.clear()
    gone, ended = [], []
    file.destroyed.connect(lambda: gone.append(True))
    segment.destroyed.connect(lambda: ended.append(True))
    del file, segment

    window.deleteLater()
    del window
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    gc.collect()
    qtbot.wait(50)

    assert not gone
