"""Everything that is wrong with a checklist while it is being written, in plain words, each at its field.

``read_checklist`` stays the judge of what may be stored: it stops at the first fault and speaks of fields of a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from desktop.domain.checklist import MAX_ITEMS, TOTAL_POINTS, read_checklist
from desktop.domain.lengths import LONGEST_ENTRY
from desktop.domain.points import parse_number, show
from desktop.domain.read_rule import read_rule
from desktop.errors import UserError
from desktop.i18n import _

HEAD_TEXTS = ("name", "mode", "object", "category")
_ITEM_TEXTS = ("title", "criteria", "method")
_RULE_TEXTS = ("label", "text")
_RULE_NUMBERS = (
    "each",
    "fixed",
    "no",
    "deduct",
    "at_most",
    "below",
    "at_least",
    "over",
    "target",
    "per",
    "score",
)


@dataclass(frozen=True)
class ChecklistProblem:
    """``item``: its number, 0 for the checklist as a whole; ``field``: a field of the file."""

    field: str
    text: str
    item: int = 0


def checklist_problems(value: Mapping[str, Any]) -> tuple[ChecklistProblem, ...]:
    """``value`` has every field of a checklist file, the texts perhaps empty."""
    found = [*_head(value)]
    for number, item in enumerate(value["items"], start=1):
        found += [ChecklistProblem(field, text, number) for field, text in _item(item)]
    if not found:
        try:
            read_checklist(value)
        except UserError as error:
            found.append(ChecklistProblem("code", error.problem))
    return tuple(found)


def total_points(items: Sequence[Mapping[str, Any]]) -> Fraction:
    """The sum of those points that are numbers."""
    return sum((number for item in items if (number := _number(item["points"])) is not None), Fraction(0))


def _head(value: Mapping[str, Any]) -> Iterator[ChecklistProblem]:
    for field in HEAD_TEXTS:
        if not value[field].strip():
            yield ChecklistProblem(field, _("This is to be filled in."))
    for field in (*HEAD_TEXTS, "note"):
        if len(value[field]) > LONGEST_ENTRY:
            yield ChecklistProblem(field, _too_long())
    items = value["items"]
    if not items:
        yield ChecklistProblem("items", _("The checklist has no item yet."))
    elif len(items) > MAX_ITEMS:
        yield ChecklistProblem("items", _("There are more than {count} items.").format(count=MAX_ITEMS))
    elif total_points(items) != TOTAL_POINTS:
        total = show(total_points(items))
        text = _("The points of the items sum to {total}, not to 100.").format(total=total)
        yield ChecklistProblem("items", text)


def _item(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in _ITEM_TEXTS:
        if not item[field].strip():
            yield field, _("This is to be filled in.")
        elif len(item[field]) > LONGEST_ENTRY:
            yield field, _too_long()
    if item["veto"] and not item["veto_text"].strip():
        yield "veto_text", _("Say what is vetoed.")
    elif len(item["veto_text"]) > LONGEST_ENTRY:
        yield "veto_text", _too_long()
    evidence = _number(item["evidence_min"])
    if evidence is None or evidence < 0 or evidence.denominator != 1:
        yield "evidence_min", _("Write a whole number, such as 0 or 2.")
    points = _number(item["points"])
    if points is None or points <= 0 or (points * 10).denominator != 1:
        yield "points", _("The points of an item are more than 0, with at most one place.")
    else:
        text = _rule(item["rule"], points)
        if text:
            yield "rule", text


def _rule(rule: Mapping[str, Any], points: Fraction) -> str:
    text = next(_plain_faults(rule), "")
    if text:
        return text
    try:
        read_rule(rule, Decimal(show(points)))
    except UserError as error:
        return error.problem
    return ""


def _plain_faults(value: object, key: str = "") -> Iterator[str]:
    """What a clerk understands without knowing the fields of the file."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _plain_faults(inner, name)
    elif isinstance(value, list):
        if not value:
            yield _("The scoring rule has no line yet.")
        for inner in value:
            yield from _plain_faults(inner)
    elif key in _RULE_TEXTS and not str(value).strip():
        yield _("A line of the scoring rule has no text.")
    elif key in _RULE_NUMBERS and _number(value) is None:
        yield _("The scoring rule needs a number in place of “{text}”.").format(text=str(value)[:40])


def _number(value: object) -> Fraction | None:
    try:
        return parse_number(value)
    except ValueError:
        return None


def _too_long() -> str:
    return _("At most {count} characters.").format(count=LONGEST_ENTRY)
