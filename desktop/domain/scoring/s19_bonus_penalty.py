"""S19 加减分: the bonus is capped, the penalty is not."""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import Values, number, numbers
from desktop.i18n import _

BASE = number("base", at_least=0)
PLUS = numbers("plus", at_least=0, is_empty_allowed=True)
MINUS = numbers("minus", at_least=0, is_empty_allowed=True)
CAP = number("cap", at_least=0)


def score(values: Values) -> Outcome:
    plus, minus = (sum(values[side], start=Fraction(0)) for side in (PLUS, MINUS))
    steps: list[str] = []
    if values[PLUS]:
        arithmetic = f"{'+'.join(map(show, values[PLUS]))}{equals(plus)}"
        if plus > values[CAP]:
            plus = values[CAP]
            arithmetic = _("{arithmetic}, not above {bound}").format(arithmetic=arithmetic, bound=show(plus))
        steps.append(_("plus {arithmetic}").format(arithmetic=arithmetic))
    if values[MINUS]:
        arithmetic = f"{'+'.join(map(show, values[MINUS]))}{equals(minus)}"
        steps.append(_("minus {arithmetic}").format(arithmetic=arithmetic))
    change = plus - minus
    sign = "−" if change < 0 else "+"
    steps.append(f"{show(plus)}−{show(minus)}={sign}{show(abs(change))}")
    return bounded(tuple(steps), f"{show(values[BASE])}{sign}{show(abs(change))}", values[BASE] + change)


METHOD = Method(
    code="S19",
    name=lambda: _("Bonus and penalty"),
    formula="max(0, base + min(cap, Σ plus) − Σ minus)",
    parameters=(BASE, PLUS, MINUS, CAP),
    score=score,
)
