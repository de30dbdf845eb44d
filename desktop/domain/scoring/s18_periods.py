"""S18 平时、半年、年终: parts of a year, weighted; null is a part without data."""

from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import Values, numbers, numbers_or_none
from desktop.domain.scoring.weighted_mean import check_weights, weighted_mean
from desktop.i18n import _

PARTS = numbers_or_none("parts")
WEIGHTS = numbers("weights", at_least=0)


def score(values: Values) -> Outcome:
    parts = values[PARTS]
    check_weights(values[WEIGHTS], len(parts))
    mean = weighted_mean(parts, values[WEIGHTS], ["{arithmetic}"] * len(parts))
    missing = tuple(
        _("part {number} is missing").format(number=number)
        for number, part in enumerate(parts, start=1)
        if part is None
    )
    return Outcome(mean.exact, mean.steps, mean.last, missing)


METHOD = Method(
    code="S18",
    name=lambda: _("Parts of the year"),
    formula="Σ weights·parts; a missing part gives its weight to the others",
    parameters=(PARTS, WEIGHTS),
    score=score,
)
