"""S27 无任务单位: 60 % of the points without a task and anything new; else the basic points and a bonus."""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import WEIGHT, Values, integer, number
from desktop.i18n import _

SHARE_WITHOUT_TASK = Fraction(60, 100)
NEW = integer("new", at_least=0)
EACH = number("per", at_least=0)


def score(values: Values) -> Outcome:
    weight, new, each = values[WEIGHT], values[NEW], values[EACH]
    if new == 0:
        return Outcome(weight * SHARE_WITHOUT_TASK, (), f"{show(weight)}×60%")
    bonus = new * each
    step = f"{new}×{show(each)}{equals(bonus)}"
    return bounded((step,), f"{show(weight)}+{show(bonus)}", weight + bonus, high=2 * weight)


METHOD = Method(
    code="S27",
    name=lambda: _("Unit without a task"),
    formula="new = 0: 60 %·W; else W + min(W, per·new)",
    parameters=(WEIGHT, NEW, EACH),
    score=score,
)
