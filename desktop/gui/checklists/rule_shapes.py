"""The scoring rules as forms: which fields and tables each type has; docs/decisions/0040 describes the rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop.gui.widgets.edit_table import Choices, EditColumn
from desktop.i18n import _


@dataclass(frozen=True)
class FieldShape:
    """``key`` is a path with dots into the rule."""

    key: str
    label: Callable[[], str]
    choices: Choices | None = None


@dataclass(frozen=True)
class TableShape:
    key: str
    title: Callable[[], str]
    columns: tuple[EditColumn, ...]


@dataclass(frozen=True)
class RuleShape:
    text: Callable[[], str]
    fields: tuple[FieldShape, ...] = ()
    tables: tuple[TableShape, ...] = ()


def _kinds() -> Sequence[tuple[str, str]]:
    return (("each", _("for each")), ("fixed", _("once")), ("takes_all", _("no points at all")))


def _signs() -> Sequence[tuple[str, str]]:
    return (
        ("at_most", "≤"),
        ("below", "＜"),
        ("at_least", "≥"),
        ("over", "＞"),
        ("", _("everything else")),
    )


def _formulas() -> Sequence[tuple[str, str]]:
    return (
        ("value", _("the figure itself")),
        ("percent", _("first ÷ second, in percent")),
        ("deviation", _("largest deviation from the last, in percent")),
        ("gap", _("largest distance from the last")),
        ("lead", _("the lowest minus the last")),
    )


def _figures() -> Sequence[tuple[str, str]]:
    return (("decimal", _("any number")), ("integer", _("whole number")))


def _part_steps() -> Sequence[tuple[str, str]]:
    return (
        ("proportional", _("in proportion")),
        ("floor", _("whole steps only")),
        ("ceil", _("a part counts as a whole step")),
    )


_MEASURE_FIELDS = (
    FieldShape("measure.label", lambda: _("What is measured")),
    FieldShape("measure.unit", lambda: _("Its unit")),
    FieldShape("measure.formula", lambda: _("How it is computed"), _formulas),
)
_INPUTS = TableShape(
    "measure.inputs",
    lambda: _("Figures that are filled in"),
    (
        EditColumn("label", lambda: _("Figure")),
        EditColumn("unit", lambda: _("Its unit"), 84),
        EditColumn("kind", lambda: _("Kind"), 100, _figures),
    ),
)
SHAPES: Mapping[str, RuleShape] = {
    "deduct": RuleShape(
        lambda: _("Deduct per finding"),
        (),
        (
            TableShape(
                "findings",
                lambda: _("What may be found"),
                (
                    EditColumn("label", lambda: _("What is found")),
                    EditColumn("kind", lambda: _("Deducts"), 112, _kinds),
                    EditColumn("points", lambda: _("Points"), 66),
                    EditColumn("unit", lambda: _("Its unit"), 88),
                    EditColumn("at_most", lambda: _("At most"), 78),
                    EditColumn("parts", lambda: _("Or these parts")),
                ),
            ),
        ),
    ),
    "tiers": RuleShape(
        lambda: _("Tiers of a measured value"),
        _MEASURE_FIELDS,
        (
            _INPUTS,
            TableShape(
                "tiers",
                lambda: _("Tiers; the first that holds counts, the last takes everything else"),
                (
                    EditColumn("text", lambda: _("Tier")),
                    EditColumn("sign", lambda: _("Bound"), 92, _signs),
                    EditColumn("bound", lambda: _("Value"), 62),
                    EditColumn("deduct", lambda: _("Points off"), 92),
                    EditColumn("excuse_label", lambda: _("Excused by"), 104),
                    EditColumn("excuse_deduct", lambda: _("Then off"), 88),
                ),
            ),
        ),
    ),
    "yes_no": RuleShape(
        lambda: _("Met or not met"),
        (
            FieldShape("label", lambda: _("Question")),
            FieldShape("no", lambda: _("Points off for “no”")),
        ),
    ),
    "ratio": RuleShape(
        lambda: _("Points off for falling short"),
        (
            *_MEASURE_FIELDS,
            FieldShape("target", lambda: _("Value to be reached")),
            FieldShape("per", lambda: _("For every … below it")),
            FieldShape("each", lambda: _("Points off")),
            FieldShape("part_step", lambda: _("Parts of a step"), _part_steps),
        ),
        (_INPUTS,),
    ),
    "share": RuleShape(
        lambda: _("Points in proportion to what was done"),
        (
            FieldShape("done.label", lambda: _("Amount done")),
            FieldShape("done.unit", lambda: _("Its unit")),
            FieldShape("done.kind", lambda: _("Kind"), _figures),
            FieldShape("due.label", lambda: _("Amount due")),
            FieldShape("due.unit", lambda: _("Its unit")),
            FieldShape("due.kind", lambda: _("Kind"), _figures),
        ),
    ),
    "grade": RuleShape(
        lambda: _("Grades"),
        (),
        (
            TableShape(
                "subjects",
                lambda: _("What is graded"),
                (EditColumn("label", lambda: _("Subject")),),
            ),
            TableShape(
                "grades",
                lambda: _("Grades and their points; the best must give the points of the item"),
                (
                    EditColumn("text", lambda: _("Grade")),
                    EditColumn("score", lambda: _("Points"), 80),
                ),
            ),
        ),
    ),
}
