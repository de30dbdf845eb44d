"""Tables on a terminal: a Chinese character takes two cells."""

import unicodedata
from collections.abc import Sequence

from desktop.domain.names import display_name


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as aligned columns; control characters of foreign text are taken out."""
    clean = [[display_name(cell) for cell in row] for row in rows]
    widths = [max((width(row[i]) for row in clean), default=0) for i in range(len(clean[0]) if clean else 0)]
    lines = ("  ".join(c + " " * (widths[i] - width(c)) for i, c in enumerate(row)).rstrip() for row in clean)
    return "\n".join(lines)


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)
