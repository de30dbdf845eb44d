import gc

from PySide6.QtCore import QBuffer

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
