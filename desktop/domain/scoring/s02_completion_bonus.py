"""S02 超额加分: the completion rate, and a bonus for each percentage point above 100 %."""

from desktop.domain.points import equals, quotient, show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import ACTUAL, BASE_TARGET, WEIGHT, Values, number
from desktop.domain.scoring.s01_completion import completion
from desktop.i18n import _

PER_POINT = number("k", at_least=0)
CAP = number("cap", at_least=0)


def score(values: Values) -> Outcome:
    weight, target, actual = values[WEIGHT], values[BASE_TARGET], values[ACTUAL]
    over = 100 * (actual / target - 1)
    if over <= 0:
        return completion(weight, target, actual)
    bonus = values[PER_POINT] * over
    is_capped = bonus > values[CAP]
    written, sign = show(over), ">" if is_capped else "≤"
    steps = (
        quotient(actual, target)[0],
        _("{points} percentage points above").format(points=written),
        f"{written}×{show(values[PER_POINT])}{equals(bonus)}{sign}{show(values[CAP])}",
    )
    bonus = min(bonus, values[CAP])
    return Outcome(weight + bonus, steps, f"{show(weight)}+{show(bonus)}")


METHOD = Method(
    code="S02",
    name=lambda: _("Completion rate with a bonus"),
    formula="S01 + min(cap, k·max(0, 100·(A/T − 1)))",
    parameters=(WEIGHT, BASE_TARGET, ACTUAL, PER_POINT, CAP),
    score=score,
)
