"""What is drawn onto a copy of a picture: arrows, boxes, words, covers. Whole numbers, so that it can be signed.

Places are millionths of width and height of the upright picture, from its upper left corner.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.canonical import Json
from desktop.domain.names import display_name

WHOLE = 1_000_000
MOST_MARKS = 200
MOST_LETTERS = 60

STROKE_SHARE, TEXT_SHARE, HEAD_STROKES = 240, 30, 6
"""A stroke is a 240th of the longest side wide and letters are a 30th high, so that marks look alike on every
picture; the head of an arrow is six strokes long."""

RED, WHITE, BLACK = (208, 22, 30), (255, 255, 255), (0, 0, 0)


class MarkKind(StrEnum):
    """COVER hides what lies below it for good; the others point to something and hide nothing."""

    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"
    COVER = "cover"


ANNOTATED, COVERED = "标注", "遮盖"
"""What a derivation is called in the records; one that covers anything is a covering."""


@dataclass(frozen=True)
class Mark:
    """From one corner to the other, an arrow from its tail to its tip; a text begins at (x1, y1) and has no end."""

    kind: MarkKind
    x1: int
    y1: int
    x2: int
    y2: int
    text: str = ""

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        return (
            min(self.x1, self.x2),
            min(self.y1, self.y2),
            max(self.x1, self.x2),
            max(self.y1, self.y2),
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be seen of it: a press without a stroke, a text without letters."""
        match self.kind:
            case MarkKind.TEXT:
                return not self.text
            case MarkKind.ARROW:
                return (self.x1, self.y1) == (self.x2, self.y2)
        return self.x1 == self.x2 or self.y1 == self.y2


def bounded(mark: Mark) -> Mark:
    """The mark within the picture, its text on one line, without signs that cannot be seen."""
    x1, y1, x2, y2 = (min(max(value, 0), WHOLE) for value in (mark.x1, mark.y1, mark.x2, mark.y2))
    text = display_name(mark.text, MOST_LETTERS) if mark.kind is MarkKind.TEXT else ""
    return Mark(mark.kind, x1, y1, x2, y2, text)


def derivation_kind(marks: Sequence[Mark]) -> str:
    return COVERED if any(mark.kind is MarkKind.COVER for mark in marks) else ANNOTATED


def marks_as_json(marks: Sequence[Mark]) -> list[Json]:
    """The steps of a derivation, in the order in which they were drawn."""
    return [_as_json(mark) for mark in marks]


def marks_from_json(value: Json) -> tuple[Mark, ...]:
    """Read steps; raises ValueError for what this version would not have written."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_MARKS:
        raise ValueError("not steps")
    return tuple(map(_from_json, value))


def _as_json(mark: Mark) -> Json:
    step: dict[str, Json] = {"do": mark.kind.value, "at": [mark.x1, mark.y1, mark.x2, mark.y2]}
    return {**step, "text": mark.text} if mark.kind is MarkKind.TEXT else step


def _from_json(step: Json) -> Mark:
    match step:
        case {"do": str(do), "at": [int(x1), int(y1), int(x2), int(y2)], **rest} if do in set(MarkKind):
            text = rest.get("text", "")
            if isinstance(text, str):
                mark = Mark(MarkKind(do), x1, y1, x2, y2, text)
                if bounded(mark) == mark and not mark.is_empty:
                    return mark
    raise ValueError("not a step")
