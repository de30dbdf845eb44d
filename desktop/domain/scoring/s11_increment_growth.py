"""S11 增量40%＋增幅60%: increment and growth, each against the best of the group; what fell counts as 0."""

from fractions import Fraction

from desktop.domain.points import show
from desktop.domain.scoring.method import Method, Outcome
from desktop.domain.scoring.parameters import (
    WEIGHT,
    Values,
    check_base,
    check_index,
    integer,
    number,
    numbers,
    wrong,
)
from desktop.i18n import _

BASES = numbers("B")
ACTUALS = numbers("A")
INDEX = integer("index", at_least=0)
INCREMENT_SHARE = number("increment_share", at_least=0, at_most=1, default=Fraction(4, 10))
GROWTH_SHARE = number("growth_share", at_least=0, at_most=1, default=Fraction(6, 10))


def score(values: Values) -> Outcome:
    bases, actuals = values[BASES], values[ACTUALS]
    index = check_index("index", values[INDEX], len(actuals))
    if len(bases) != len(actuals):
        raise wrong("B", _("The list “{name}” must be as long as “A”."))
    if values[INCREMENT_SHARE] + values[GROWTH_SHARE] != 1:
        raise wrong("growth_share", _("The shares must sum to 1 (“{name}”)."))
    for base in bases:
        check_base("B", base)
    increments = [actual - base for base, actual in zip(bases, actuals, strict=True)]
    growths = [100 * increment / base for increment, base in zip(increments, bases, strict=True)]
    increment, increment_text = _share(values[INCREMENT_SHARE], increments, index)
    growth, growth_text = _share(values[GROWTH_SHARE], growths, index)
    steps = (
        _("increments {values}, the best {best}").format(
            values="/".join(map(show, increments)), best=show(max(increments))
        ),
        _("growth {values}%, the best {best}%").format(
            values="/".join(map(show, growths)), best=show(max(growths))
        ),
    )
    weight = values[WEIGHT]
    return Outcome(weight * (increment + growth), steps, f"{show(weight)}×({increment_text}+{growth_text})")


def _share(share: Fraction, figures: list[Fraction], index: int) -> tuple[Fraction, str]:
    """Return this unit's part and its arithmetic; 0 where it fell, and where nobody rose."""
    if figures[index] <= 0:
        return Fraction(0), f"{show(share)}×0"
    return (
        share * figures[index] / max(figures),
        f"{show(share)}×{show(figures[index])}÷{show(max(figures))}",
    )


METHOD = Method(
    code="S11",
    name=lambda: _("Increment and growth in the group"),
    formula="W·(increment_share·ΔA/max ΔA + growth_share·g/max g)",
    parameters=(WEIGHT, BASES, ACTUALS, INDEX, INCREMENT_SHARE, GROWTH_SHARE),
    score=score,
)
