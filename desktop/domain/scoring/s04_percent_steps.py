"""S04 每2%加减1分: one point for each ``per`` percent of the target above or below."""

from desktop.domain.points import equals, quotient, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import ACTUAL, BASE_TARGET, WEIGHT, Values, base, number
from desktop.i18n import _

PER = base("per")
LIMIT = number("limit", at_least=0)


def score(values: Values) -> Outcome:
    weight, target, actual, per = values[WEIGHT], values[BASE_TARGET], values[ACTUAL], values[PER]
    difference = 100 * (actual / target - 1)
    size = abs(difference)
    change = min(size / per, values[LIMIT])
    text = _("{percent}% above") if difference >= 0 else _("{percent}% below")
    arithmetic, operand = quotient(size, per)
    if size / per > change:
        operand = show(change)
        arithmetic = _("{arithmetic}, not above {bound}").format(arithmetic=arithmetic, bound=operand)
    # A target of 100 makes A the completion rate in percent, as forms often give it.
    rate = () if target == 100 else (f"{show(actual)}÷{show(target)}{equals(actual / target)}",)
    steps = (*rate, text.format(percent=show(size)), arithmetic)
    sign, signed = ("+", change) if difference >= 0 else ("−", -change)
    return bounded(steps, f"{show(weight)}{sign}{operand}", weight + signed)


METHOD = Method(
    code="S04",
    name=lambda: _("One point for every few percent"),
    formula="max(0, W + clamp(100·(A/T − 1)/per, −limit, limit))",
    parameters=(WEIGHT, BASE_TARGET, ACTUAL, PER, LIMIT),
    score=score,
)
