"""S32 督查督办扣分阶梯: points off for notices that were not acted on, yellow and red cards."""

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import Values, integer, number
from desktop.i18n import _

NOTICE_POINTS = 2
YELLOW_POINTS = 5
RED_POINTS = 10
BASE = number("base", at_least=0)
NOTICES = integer("notices", at_least=0)
YELLOW = integer("yellow", at_least=0)
RED = integer("red", at_least=0)


def score(values: Values) -> Outcome:
    counts = (
        (_("notices {arithmetic}"), values[NOTICES], NOTICE_POINTS),
        (_("yellow cards {arithmetic}"), values[YELLOW], YELLOW_POINTS),
        (_("red cards {arithmetic}"), values[RED], RED_POINTS),
    )
    steps = tuple(
        text.format(arithmetic=f"{count}×{each}{equals(count * each)}")
        for text, count, each in counts
        if count
    )
    off = sum(count * each for _text, count, each in counts)
    return bounded(steps, f"{show(values[BASE])}−{show(off)}", values[BASE] - off)


METHOD = Method(
    code="S32",
    name=lambda: _("Notices and cards"),
    formula="max(0, base − 2·notices − 5·yellow − 10·red)",
    parameters=(BASE, NOTICES, YELLOW, RED),
    score=score,
)
