"""Quotation marks on English paper.

The bundled faces are Chinese: they draw “ ” and ‘ ’ as wide as a character of theirs, which tears an English line
apart. Beside Latin letters, English paper gets the straight ones; quoted Chinese keeps its own.
"""

import re

from desktop.i18n import language

_OPENING = re.compile("([“‘])(?=[ -~])")
_CLOSING = re.compile("(?<=[ -~])([”’])")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


def fitting_quotes(text: str) -> str:
    """The text as it is drawn in the language in use; in Chinese it stays as it is."""
    if language() == "zh":
        return text
    for marks in (_OPENING, _CLOSING):
        text = marks.sub(lambda found: found[1].translate(_STRAIGHT), text)
    return text
