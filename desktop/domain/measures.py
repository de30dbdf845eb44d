"""Measured values: what the program computes from the figures an inspector types in (计划额 and 完成额 …)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from desktop.domain.fields import Fields
from desktop.domain.points import equals, show, term
from desktop.domain.rule_inputs import Input, Inputs, read_figure, read_figure_input
from desktop.errors import UserError
from desktop.i18n import _

Measured = tuple[Fraction, tuple[str, ...]]
"""A value and the arithmetic that led to it."""


@dataclass(frozen=True)
class Measure:
    """A value found from ``inputs`` by a formula; where one is the reference, it is the last."""

    formula: str
    label: str
    unit: str
    inputs: tuple[Input, ...]

    def value(self, inputs: Inputs) -> Measured:
        """Raises UserError where an input is missing, or where a reference is zero (人工认定)."""
        return FORMULAS[self.formula](self, inputs)


def read_measure(value: object) -> Measure:
    fields = Fields(value)
    formula = fields.text("formula")
    inputs = tuple(read_figure_input(inner) for inner in fields.list("inputs"))
    measure = Measure(formula, fields.text("label"), fields.text("unit", ""), inputs)
    fields.done()
    if formula not in FORMULAS:
        raise UserError(
            _("The field “{key}” must be one of: {choices}.").format(
                key="formula", choices=_(", ").join(FORMULAS)
            )
        )
    if len(inputs) < (1 if formula == "value" else 2) or len(inputs) > _MOST_INPUTS.get(formula, 9):
        raise UserError(_("The formula “{formula}” has another number of inputs.").format(formula=formula))
    return measure


def _value(measure: Measure, inputs: Inputs) -> Measured:
    value = read_figure(measure.inputs[0], inputs)
    return value, (f"{measure.label}{show(value)}{measure.unit}",)


def _percent(measure: Measure, inputs: Inputs) -> Measured:
    part, whole = read_figure(measure.inputs[0], inputs), _base(measure.inputs[1], inputs)
    value = 100 * part / whole
    return value, (f"{measure.label}{show(part)}÷{show(whole)}{equals(value)}%",)


def _deviation(measure: Measure, inputs: Inputs) -> Measured:
    """The largest deviation of any figure from the reference, in percent of it."""
    *sources, reference = measure.inputs
    base = _base(reference, inputs)
    steps, values = [], []
    for source in sources:
        figure = read_figure(source, inputs)
        values.append(100 * abs(figure - base) / base)
        steps.append(f"{source.label}|{show(figure)}−{show(base)}|÷{show(base)}{equals(values[-1])}%")
    return max(values), tuple(steps)


def _gap(measure: Measure, inputs: Inputs) -> Measured:
    """The largest distance of any figure from the reference, in percentage points."""
    *sources, reference = measure.inputs
    base = read_figure(reference, inputs)
    steps, values = [], []
    for source in sources:
        figure = read_figure(source, inputs)
        values.append(abs(figure - base))
        steps.append(f"{source.label}|{show(figure)}−{term(base)}|{equals(values[-1])}")
    return max(values), tuple(steps)


def _lead(measure: Measure, inputs: Inputs) -> Measured:
    """How far the lowest figure is ahead of the reference, in percentage points; negative where it lags."""
    *sources, reference = measure.inputs
    lowest = min(read_figure(source, inputs) for source in sources)
    base = read_figure(reference, inputs)
    return lowest - base, (f"{measure.label}{show(lowest)}−{term(base)}{equals(lowest - base)}",)


def _base(asked: Input, inputs: Inputs) -> Fraction:
    figure = read_figure(asked, inputs)
    if figure <= 0:
        raise UserError(
            _("“{label}” is zero or negative as a base; decide by hand.").format(label=asked.label)
        )
    return figure


FORMULAS: Mapping[str, Callable[[Measure, Inputs], Measured]] = MappingProxyType(
    {"value": _value, "percent": _percent, "deviation": _deviation, "gap": _gap, "lead": _lead}
)
_MOST_INPUTS = {"value": 1, "percent": 2}
