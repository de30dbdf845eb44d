"""S21 满意度测评: votes weighted by their value (0–100), over the valid ones."""

from fractions import Fraction

from desktop.domain.names import display_name
from desktop.domain.points import quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import WEIGHT, Values, integer, table, wrong
from desktop.errors import UserError
from desktop.i18n import _

VOTES = table("votes")
VALUES = table("values", at_most=100)
INVALID = integer("invalid", at_least=0, default=0)


def score(values: Values) -> Outcome:
    votes, worth, weight = values[VOTES], values[VALUES], values[WEIGHT]
    for name, number in votes.items():
        if name not in worth:
            raise UserError(_("The answer “{name}” has no value.").format(name=display_name(name, 40)))
        if number.denominator != 1:
            raise wrong(
                f"votes.{display_name(name, 40)}", _("The parameter “{name}” must be a whole number.")
            )
    valid = sum(votes.values(), start=Fraction(0))
    if valid == 0:
        raise UserError(_("There is no valid vote."))
    total = sum((number * worth[name] for name, number in votes.items()), start=Fraction(0))
    added = "+".join(f"{show(number)}×{show(worth[name])}" for name, number in votes.items())
    mean, operand = quotient(total, valid)
    steps: tuple[str, ...] = (f"({added})÷{show(valid)}={mean}",)
    if values[INVALID]:
        steps = (_("{count} invalid votes left out").format(count=values[INVALID]), *steps)
    return Outcome(weight * total / valid / 100, steps, f"{show(weight)}×{operand}÷100")


METHOD = Method(
    code="S21",
    name=lambda: _("Satisfaction poll"),
    formula="W·Σ votes·values ÷ Σ votes ÷ 100",
    parameters=(WEIGHT, VOTES, VALUES, INVALID),
    score=score,
)
