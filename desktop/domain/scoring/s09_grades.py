"""S09 定性等级: the mean of the coefficients of the grades that several raters gave."""

from fractions import Fraction

from desktop.domain.names import display_name
from desktop.domain.points import quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import WEIGHT, Values, table, words
from desktop.errors import UserError
from desktop.i18n import _

GRADES = words("grades")
COEFFICIENTS = table("coefficients", at_most=1)


def score(values: Values) -> Outcome:
    coefficients = [_coefficient(values, grade) for grade in values[GRADES]]
    total = sum(coefficients, start=Fraction(0))
    added = "+".join(show(coefficient) for coefficient in coefficients)
    mean, operand = quotient(total, len(coefficients))
    step = f"({added})÷{len(coefficients)}={mean}"
    return Outcome(values[WEIGHT] * total / len(coefficients), (step,), f"{show(values[WEIGHT])}×{operand}")


def _coefficient(values: Values, grade: str) -> Fraction:
    if grade not in values[COEFFICIENTS]:
        raise UserError(_("The grade “{grade}” has no coefficient.").format(grade=display_name(grade, 40)))
    return values[COEFFICIENTS][grade]


METHOD = Method(
    code="S09",
    name=lambda: _("Grades of several raters"),
    formula="W·mean(coefficient(grade))",
    parameters=(WEIGHT, GRADES, COEFFICIENTS),
    score=score,
)
