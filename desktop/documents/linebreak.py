"""Breaks text into lines as Chinese typesetting asks (GB/T 15834, 避头尾).

Latin words and numbers stay whole unless one is wider than the line. U+2060 WORD JOINER forbids a break where
it stands, so that a check box stays with its label.
"""

from collections.abc import Callable
from dataclasses import dataclass

NO_START = frozenset("，。、；：！？）》〉」』】〗〕］｝”’％‰℃…—～·／" + "!),.:;?]}%")
NO_END = frozenset("（《〈「『【〖〔［｛“‘￥＄№／" + "([{¥$")
WORD_JOINER = "\u2060"
# 11时05分 reads badly with 分 on the next line.
_AFTER_NUMBER = frozenset("年月日时分秒号")

# Widths are sums of floats: a line that fills its cell exactly must not be broken for the last bit.
_TOLERANCE = 0.001


@dataclass(frozen=True)
class Line:
    """``text`` may end in spaces, which hang past the edge; ``is_last`` tells the last line of a paragraph."""

    text: str
    is_last: bool


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> tuple[Line, ...]:
    """Break ``text`` into lines not wider than ``width``; ``measure`` gives the width of one character.

    Only line ends are taken away, every other character is in exactly one line. A single character wider than
    the line gets a line of its own. An empty paragraph gives an empty line, an empty text none.
    """
    lines: list[Line] = []
    for paragraph in text.splitlines():
        lines.extend(_break_paragraph(paragraph, [measure(char) for char in paragraph], width))
    return tuple(lines)


def _break_paragraph(text: str, widths: list[float], width: float) -> list[Line]:
    lines = []
    start = 0
    while True:
        end = _end_of_line(text, widths, start, width)
        lines.append(Line(text[start:end], is_last=end == len(text)))
        if end == len(text):
            return lines
        start = end


def _end_of_line(text: str, widths: list[float], start: int, width: float) -> int:
    overflow = _first_overflow(text, widths, start, width)
    if overflow == len(text):
        return overflow
    for end in range(overflow, start, -1):
        if _may_break(text, end):
            # A word that fits into no line is broken here instead of leaving this line short.
            if end < overflow and _word_width(text, widths, end) > width + _TOLERANCE:
                break
            return end
    for end in range(overflow, start, -1):
        if _keeps_marks(text, end):
            return end
    return overflow


def _first_overflow(text: str, widths: list[float], start: int, width: float) -> int:
    """The first index after ``start`` that no longer fits; spaces hang and so always fit."""
    used = 0.0
    for index in range(start, len(text)):
        used += widths[index]
        if used > width + _TOLERANCE and index > start and text[index] != " ":
            return index
    return len(text)


def _may_break(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    in_word = _is_word(before) and _is_word(after)
    in_number = after.isdecimal() and before == "," and text[index - 2 : index - 1].isdecimal()
    after_number = before.isdecimal() and after in _AFTER_NUMBER
    return _keeps_marks(text, index) and not (in_word or in_number or after_number)


def _keeps_marks(text: str, index: int) -> bool:
    before, after = text[index - 1], text[index]
    return not (
        after in NO_START
        or before in NO_END
        or WORD_JOINER in (before, after)
        # Spaces hang at the end of a line, they never begin one.
        or after == " "
    )


def _word_width(text: str, widths: list[float], start: int) -> float:
    end = start
    while end < len(text) and _is_word(text[end]):
        end += 1
    return sum(widths[start:end])


def _is_word(char: str) -> bool:
    return char < "\u2e80" and (char.isalnum() or char in "-_./@#&+:'\"%\u00b0")
