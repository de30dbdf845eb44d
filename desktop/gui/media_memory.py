"""Memory instead of files for Qt's recorder and player: nothing of a recording lies readable on a disk."""

from functools import partial

from PySide6.QtCore import QBuffer, QTimer

_GRACE_MS = 20_000


def outlive_media(buffer: QBuffer) -> None:
    """Delete a buffer that was given to a recorder or player, when their threads are surely done with it.

    A recorder that is stopped while it starts may still write the head of its file when it says it is done, and the
    threads of a player may still be reading. The timer holds the buffer; a method of it would not.
    """
    QTimer.singleShot(_GRACE_MS, partial(QBuffer.deleteLater, buffer))
