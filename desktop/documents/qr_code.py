"""QR codes as bars to fill, so that a printer draws them as sharply as it can."""

from dataclasses import dataclass
from itertools import groupby

import segno


@dataclass(frozen=True)
class QrBars:
    """A QR code ``modules`` wide; its dark bars as (line, first column, length)."""

    modules: int
    bars: tuple[tuple[int, int, int], ...]


def qr_bars(text: str) -> QrBars:
    matrix = segno.make_qr(text, error="m").matrix
    bars = []
    for line, modules in enumerate(matrix):
        column = 0
        for is_dark, group in groupby(modules):
            length = len(list(group))
            if is_dark:
                bars.append((line, column, length))
            column += length
    return QrBars(len(matrix), tuple(bars))
