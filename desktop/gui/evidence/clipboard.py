"""What the clipboard holds that can be evidence: files that were copied, or a picture."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QDateTime, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from desktop.i18n import _
from desktop.services.evidence.collect_evidence import Source

_READY_MADE = {"image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True)
class Pasted:
    """Files, or one picture: as bytes that were on the clipboard, or as pixels that ``sources`` packs into a PNG.

    ``capture_mode``: how files were come by, where that is known.
    """

    paths: tuple[Path, ...] = ()
    name: str = ""
    data: bytes = b""
    pixels: QImage | None = None
    capture_mode: str = ""

    def sources(self) -> tuple[Source, ...]:
        """Packing a large picture takes time: call it beside the window."""
        if self.paths:
            return tuple(Source(path, capture_mode=self.capture_mode) for path in self.paths)
        return (Source(Path(self.name), self.data or _png(self.pixels)),)


def pasted(content: QMimeData | None) -> Pasted | None:
    """None where the clipboard holds neither. A PNG or JPEG is taken as it is: nothing foreign is decoded here."""
    if content is None:
        return None
    paths = tuple(Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile())
    if paths:
        return Pasted(paths)
    stamp = QDateTime.currentDateTime().toString("yyyyMMdd-HHmmss")
    for mime, extension in _READY_MADE.items():
        data = bytes(content.data(mime).data())
        if data:
            return Pasted(name=f"{_('Pasted')}-{stamp}.{extension}", data=data)
    pixels = content.imageData() if content.hasImage() else None
    if isinstance(pixels, QImage) and not pixels.isNull():
        return Pasted(name=f"{_('Pasted')}-{stamp}.png", pixels=pixels)
    return None


def _png(pixels: QImage | None) -> bytes:
    if pixels is None:
        return b""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(pixels)
    buffer.close()
    return bytes(data.data())
