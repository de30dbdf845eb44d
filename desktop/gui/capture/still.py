"""A still of the camera: packed into a JPEG in memory and taken in as evidence, all of it beside the window."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QDateTime, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from desktop.services.evidence.collect_evidence import (
    TAKEN_HERE,
    IntakeLine,
    Source,
    collect_evidence,
    list_sources,
)
from desktop.services.workspace.workspace import Workspace

_KIND = "照片"
_QUALITY = 92


def still_name() -> str:
    """The name of the file of a still that is taken now."""
    return f"{_KIND}-{QDateTime.currentDateTime().toString('yyyyMMdd-HHmmss-zzz')}.jpg"


def keep_still(workspace: Workspace, visit_id: str, item: int, name: str, image: QImage) -> IntakeLine:
    """``item`` 0 is the visit as a whole."""
    note = {"kind": _KIND, **({"item": item} if item else {})}
    sources = (Source(Path(name), packed(image), TAKEN_HERE),)
    (line,) = collect_evidence(workspace, visit_id, list_sources(sources), note)
    return line


def packed(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpg"))
    writer.setQuality(_QUALITY)
    writer.write(image)
    buffer.close()
    return bytes(data.data())
