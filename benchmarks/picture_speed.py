"""Small pictures against Pillow and Qt, which do it without a worker process; and one photo among 50,000."""

import io
from collections.abc import Callable
from pathlib import Path
from random import Random

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImageReader

from benchmarks.pairs import Work, interleaved
from benchmarks.table import Result
from desktop.domain.picture_likeness import BANDS, MOST_DIFFERENT, bands, least_distance, near_band, views
from desktop.media.task import Outcome
from desktop.media.worker import Worker
from desktop.storage.database import create_database
from desktop.storage.driver import Database
from desktop.storage.picture_table import keep_picture_bits, pictures_of_bands

THUMBNAILS, LONGEST_SIDE = 20, 320
PICTURES, ASKED = 50_000, 20
_CAMERA = (4000, 3000)


def measure(folder: Path, pairs: int) -> list[Result]:
    photo = _photo()
    with Worker() as worker:
        _run(worker, "thumbnail", photo)

        def ours(_n: int) -> Work:
            return lambda: [_run(worker, "thumbnail", photo) for _each in range(THUMBNAILS)]

        def bits(_n: int) -> Work:
            return lambda: [_run(worker, "likeness", photo) for _each in range(THUMBNAILS)]

        def peer(make: Callable[[bytes], object]) -> Callable[[int], Work]:
            return lambda _n: lambda: [make(photo) for _each in range(THUMBNAILS)]

        by_pillow = interleaved(pairs, ours, peer(_pillow))
        by_qt = interleaved(pairs, ours, peer(_qt))
        of_bits = interleaved(pairs, bits, peer(_pillow))
    name = f"{THUMBNAILS} thumbnails of {_CAMERA[0] * _CAMERA[1] / 1e6:.0f} MP, {len(photo) / 1e6:.1f} MB"
    return [
        Result(name, "Pillow's draft, in this process", by_pillow.ratio(), by_pillow.text()),
        Result(name, "Qt's scaled reader, in this process", by_qt.ratio(), by_qt.text()),
        Result("the bits of likeness of as many", "a thumbnail by Pillow", of_bits.ratio(), of_bits.text()),
        _search(folder, pairs),
    ]


def _photo() -> bytes:
    target = io.BytesIO()
    Image.effect_noise(_CAMERA, 40).convert("RGB").save(target, "JPEG", quality=85)
    return target.getvalue()


def _run(worker: Worker, task: str, photo: bytes) -> None:
    if worker.run(task, photo, {"longest_side": LONGEST_SIDE}).outcome is not Outcome.OK:
        raise AssertionError(task)


def _pillow(photo: bytes) -> bytes:
    target = io.BytesIO()
    with Image.open(io.BytesIO(photo)) as picture:
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        picture.save(target, "JPEG", quality=82)
    return target.getvalue()


def _qt(photo: bytes) -> QByteArray:
    source, target = QBuffer(), QBuffer()
    source.setData(photo)
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    target.open(QBuffer.OpenModeFlag.WriteOnly)
    reader = QImageReader(source, b"JPEG")
    reader.setScaledSize(QSize(LONGEST_SIDE, LONGEST_SIDE * 3 // 4))
    reader.read().save(target, "JPEG", 82)
    return target.data()


def _search(folder: Path, pairs: int) -> Result:
    """By the pieces of the bits, as the program looks; the peer fetches all bits and compares them."""
    dice = Random(5)
    values = [dice.getrandbits(64) & ~1 for _each in range(PICTURES)]
    db = create_database(folder / "pictures.db", bytes(32))
    with db.atomic():
        keep_picture_bits(db, ((f"{number:064x}", bits) for number, bits in enumerate(values)))
    asked = values[:ASKED]

    def by_pieces(_n: int) -> Work:
        return lambda: [_alike(db, bits) for bits in asked]

    def by_all(_n: int) -> Work:
        return lambda: [_among_all(db, bits) for bits in asked]

    costs = interleaved(pairs, by_pieces, by_all)
    db.close()
    name = f"{ASKED} photos looked for among {PICTURES:,}, turned any way"
    return Result(name, "all bits fetched and compared", costs.ratio(), costs.text())


def _alike(db: Database, bits: int) -> list[str]:
    turned = [bands(view) for view in views(bits)]
    wanted = [sorted({near for each in turned for near in near_band(each[place])}) for place in range(BANDS)]
    found = pictures_of_bands(db, wanted)
    return [sha256 for sha256, other in found.items() if least_distance(bits, other) <= MOST_DIFFERENT]


def _among_all(db: Database, bits: int) -> list[str]:
    turned = views(bits)
    return [
        sha256
        for sha256, other in db.execute("SELECT sha256, bits FROM picture_hash")
        if min(((view ^ other) & ((1 << 64) - 1)).bit_count() for view in turned) <= MOST_DIFFERENT
    ]
