"""S23 组均值系数: makes scores of different groups comparable, only for praise across groups."""

from desktop.domain.points import show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Values, base, number
from desktop.i18n import _

SCORE = number("score", at_least=0)
GROUP_MEAN = base("group_mean")
OVERALL_MEAN = number("overall_mean", at_least=0)


def score(values: Values) -> Outcome:
    own, group, overall = values[SCORE], values[GROUP_MEAN], values[OVERALL_MEAN]
    return Outcome(own * overall / group, (), f"{show(own)}×{show(overall)}÷{show(group)}")


METHOD = Method(
    code="S23",
    name=lambda: _("Factor of the group mean"),
    formula="score·overall_mean/group_mean",
    parameters=(SCORE, GROUP_MEAN, OVERALL_MEAN),
    score=score,
)
