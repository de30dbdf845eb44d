"""S30 整改得分: the share of problems that were put right, less points for the late and the open ones."""

from desktop.domain.points import equals, quotient, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import WEIGHT, Values, integer, number
from desktop.errors import UserError
from desktop.i18n import _

ON_TIME = integer("on_time", at_least=0)
LATE = integer("late", at_least=0)
OPEN = integer("open", at_least=0)
LATE_EACH = number("late_each", at_least=0)
OPEN_EACH = number("open_each", at_least=0)


def score(values: Values) -> Outcome:
    weight, late, still_open = values[WEIGHT], values[LATE], values[OPEN]
    done = values[ON_TIME] + late
    if done + still_open == 0:
        raise UserError(
            _("There is no problem to put right, so there is no rate."),
            _("Mark this part as not applicable."),
        )
    late_off, open_off = late * values[LATE_EACH], still_open * values[OPEN_EACH]
    rate, operand = quotient(done, done + still_open)
    steps = (
        _("rate {arithmetic}").format(arithmetic=rate),
        _("late {arithmetic}").format(arithmetic=f"{late}×{show(values[LATE_EACH])}{equals(late_off)}"),
        _("open {arithmetic}").format(arithmetic=f"{still_open}×{show(values[OPEN_EACH])}{equals(open_off)}"),
    )
    value = weight * done / (done + still_open) - late_off - open_off
    return bounded(steps, f"{show(weight)}×{operand}−{show(late_off)}−{show(open_off)}", value)


METHOD = Method(
    code="S30",
    name=lambda: _("Rectification"),
    formula="max(0, W·(on_time + late)/all − late_each·late − open_each·open)",
    parameters=(WEIGHT, ON_TIME, LATE, OPEN, LATE_EACH, OPEN_EACH),
    score=score,
)
