"""What a rule asks the inspector for, and how the answers are read.

An answer holds its inputs as JSON ({key: value}); keys are ASCII, decimals are text, as canonical JSON needs it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from desktop.domain.canonical import Json
from desktop.domain.fields import Fields
from desktop.domain.names import display_name
from desktop.domain.points import parse_number, show
from desktop.errors import UserError
from desktop.i18n import _

Inputs = Mapping[str, object]

_KEY = re.compile(r"[a-z][a-z_]{0,31}")


class InputKind(StrEnum):
    """How an input is filled in. PARTS is a count, or the list of the parts that are counted."""

    DECIMAL = "decimal"
    INTEGER = "integer"
    FLAG = "flag"
    CHOICE = "choice"
    PARTS = "parts"


@dataclass(frozen=True)
class Input:
    """One question. ``choices`` are the answers of CHOICE and the parts of PARTS; ``at_most`` bounds a count."""

    key: str
    label: str
    kind: InputKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    at_most: int | None = None


def is_given(asked: Input, inputs: Inputs) -> bool:
    return inputs.get(asked.key) is not None


def read_figure(asked: Input, inputs: Inputs) -> Fraction:
    """Return a figure that has to be there; raises UserError naming the input."""
    value = inputs.get(asked.key)
    if value is None:
        raise UserError(_("“{label}” is not filled in.").format(label=asked.label))
    try:
        figure = parse_number(value)
    except ValueError:
        raise UserError(_("“{label}” must be a number.").format(label=asked.label)) from None
    if asked.kind is InputKind.INTEGER:
        return Fraction(_whole(asked, figure))
    return figure


def read_count(asked: Input, inputs: Inputs) -> tuple[int, tuple[str, ...]]:
    """Return a count, 0 where it is not given, and the names of the parts where they were ticked."""
    value = inputs.get(asked.key)
    if value is None:
        return 0, ()
    if asked.kind is InputKind.PARTS and isinstance(value, list | tuple):
        if not all(part in asked.choices for part in value):
            raise UserError(
                _("“{label}” may only name: {choices}.").format(
                    label=asked.label, choices=_(", ").join(asked.choices)
                )
            )
        parts = tuple(part for part in asked.choices if part in value)
        return len(parts), parts
    try:
        return _whole(asked, parse_number(value)), ()
    except ValueError:
        raise UserError(_("“{label}” must be a number.").format(label=asked.label)) from None


def read_flag(asked: Input, inputs: Inputs) -> bool:
    """Return yes or no; False where it is not given."""
    value = inputs.get(asked.key)
    if value is None:
        return False
    if not isinstance(value, bool):
        raise UserError(_("“{label}” must be yes or no.").format(label=asked.label))
    return value


def read_choice(asked: Input, inputs: Inputs) -> str:
    value = inputs.get(asked.key)
    if not isinstance(value, str) or value not in asked.choices:
        raise UserError(
            _("“{label}” must be one of: {choices}.").format(
                label=asked.label, choices=_(", ").join(asked.choices)
            )
        )
    return value


def storable_inputs(asked: tuple[Input, ...], inputs: Inputs) -> dict[str, Json]:
    """Return the inputs as they are stored; raises UserError for an unknown key or a value of the wrong kind."""
    for key in inputs:
        if key not in {one.key for one in asked}:
            raise UserError(
                _("The item does not ask for “{key}”; it asks for: {keys}.").format(
                    key=display_name(key, 40), keys=_(", ").join(one.key for one in asked)
                )
            )
    return {one.key: _storable(one, inputs) for one in asked if is_given(one, inputs)}


def _storable(asked: Input, inputs: Inputs) -> Json:
    match asked.kind:
        case InputKind.FLAG:
            return read_flag(asked, inputs)
        case InputKind.CHOICE:
            return read_choice(asked, inputs)
        case InputKind.PARTS:
            count, parts = read_count(asked, inputs)
            return list(parts) or count
        case InputKind.INTEGER:
            return read_figure(asked, inputs).numerator
    return show(read_figure(asked, inputs)).replace("−", "-")


def _whole(asked: Input, figure: Fraction) -> int:
    if figure.denominator != 1 or figure < 0:
        raise UserError(_("“{label}” must be a whole number.").format(label=asked.label))
    if asked.at_most is not None and figure > asked.at_most:
        raise UserError(
            _("“{label}” must be at most {bound}.").format(label=asked.label, bound=asked.at_most)
        )
    return figure.numerator


def read_key(fields: Fields) -> str:
    key = fields.text("key")
    if not _KEY.fullmatch(key):
        raise UserError(_("The field “{key}” must be small letters and underscores.").format(key="key"))
    return key


def read_figure_input(value: object) -> Input:
    """Read an input of a measure from a checklist file; decimal unless it says ``"kind": "integer"``."""
    fields = Fields(value)
    kind = InputKind(_one_of(fields, "kind", (InputKind.DECIMAL, InputKind.INTEGER)))
    asked = Input(read_key(fields), fields.text("label"), kind, fields.text("unit", ""))
    fields.done()
    return asked


def _one_of(fields: Fields, key: str, choices: tuple[str, ...]) -> str:
    text = fields.text(key, choices[0])
    if text not in choices:
        raise UserError(
            _("The field “{key}” must be one of: {choices}.").format(key=key, choices=_(", ").join(choices))
        )
    return text
