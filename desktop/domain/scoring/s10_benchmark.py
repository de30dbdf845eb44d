"""S10 对标全省平均: points above or below a benchmark; the bonus is capped."""

from desktop.domain.points import equals, show, term
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import ACTUAL, WEIGHT, Values, number
from desktop.i18n import _

AVERAGE = number("avg")
PER_POINT_ABOVE = number("k_plus", at_least=0)
PER_POINT_BELOW = number("k_minus", at_least=0)
CAP = number("cap", at_least=0)


def score(values: Values) -> Outcome:
    weight, average, actual = values[WEIGHT], values[AVERAGE], values[ACTUAL]
    difference = actual - average
    if difference == 0:
        return Outcome(weight, (_("no difference"),))
    each = values[PER_POINT_ABOVE] if difference > 0 else values[PER_POINT_BELOW]
    change = abs(difference) * each
    steps: tuple[str, ...] = (f"{show(actual)}−{term(average)}{equals(difference)}",)
    if each != 1:
        steps += (f"{show(abs(difference))}×{show(each)}{equals(change)}",)
    if difference < 0:
        return bounded(steps, f"{show(weight)}−{show(change)}", weight - change)
    return bounded(steps, f"{show(weight)}+{show(change)}", weight + change, high=weight + values[CAP])


METHOD = Method(
    code="S10",
    name=lambda: _("Against the average of the province"),
    formula="max(0, W + min(cap, k_plus·max(0, A − avg)) − k_minus·max(0, avg − A))",
    parameters=(WEIGHT, AVERAGE, ACTUAL, PER_POINT_ABOVE, PER_POINT_BELOW, CAP),
    score=score,
)
