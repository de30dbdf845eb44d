"""Text on a terminal: a Chinese character takes two cells, and a line may break beside it without a blank."""

import re
import unicodedata
from collections.abc import Sequence

from desktop.domain.names import display_name
from desktop.i18n import _

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
# What stays together: a Chinese character or a word, with the brackets before and the punctuation after it.
_PIECE = re.compile(
    rf"[“（《「]*(?:[{_WIDE}]|[^\s{_WIDE}“”（）《》「」，。；：、！？…]+)[”）》」，。；：、！？…]*|\s+|\S"
)


def in_columns(rows: Sequence[Sequence[str]]) -> str:
    """Rows of text as aligned columns; control characters of foreign text are taken out."""
    clean = [[display_name(cell) for cell in row] for row in rows]
    widths = [max((width(row[i]) for row in clean), default=0) for i in range(len(clean[0]) if clean else 0)]
    lines = ("  ".join(c + " " * (widths[i] - width(c)) for i, c in enumerate(row)).rstrip() for row in clean)
    return "\n".join(lines)


def labelled(name: str, text: object) -> str:
    """What something is called, and what is to be said of it; the name may come from elsewhere."""
    return _("{name}: {text}").format(name=display_name(name), text=text)


def width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else not unicodedata.combining(c) for c in text)


def wrapped(text: str, cells: int) -> list[str]:
    """The lines of a paragraph; a word wider than ``cells`` has a line to itself."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if width(lines[-1] + piece.rstrip()) > cells:
            lines.append("")
        lines[-1] = (lines[-1] + piece) if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
