"""The mean of weighted parts, as S17, S18 and S31 use it: a part without data gives its weight to the others."""

from collections.abc import Sequence
from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.scoring.method import Outcome
from desktop.domain.scoring.parameters import wrong
from desktop.i18n import _


def check_weights(weights: Sequence[Fraction], count: int) -> None:
    if len(weights) != count:
        raise wrong("weights", _("“{name}” must have one weight for each part."))
    if sum(weights) != 1:
        raise wrong("weights", _("“{name}” must sum to 1."))


def weighted_mean(
    parts: Sequence[Fraction | None], weights: Sequence[Fraction], labels: Sequence[str]
) -> Outcome:
    """Weigh the parts; ``weights`` sum to 1, labels name them with a place for the {arithmetic}.

    Raises UserError where every part that has a weight is missing.
    """
    present = [
        (part, weight, label)
        for part, weight, label in zip(parts, weights, labels, strict=True)
        if part is not None
    ]
    whole = sum((weight for _part, weight, _label in present), start=Fraction(0))
    if whole == 0:
        raise wrong("weights", _("There is no figure for any part that has a weight (“{name}”)."))
    total = sum((part * weight for part, weight, _label in present), start=Fraction(0)) / whole
    if len(present) == 1:
        part, _weight, label = present[0]
        return Outcome(total, (label.format(arithmetic=show(part)),))
    # Weights that no longer sum to 1 are written as a quotient, so that the arithmetic stays exact.
    divisor = "" if whole == 1 else f"÷{show(whole)}"
    steps = tuple(
        label.format(arithmetic=f"{show(part)}×{show(weight)}{divisor}{equals(part * weight / whole)}")
        for part, weight, label in present
    )
    if divisor:
        products = "+".join(f"{show(part)}×{show(weight)}" for part, weight, _label in present)
        return Outcome(total, steps, f"({products}){divisor}")
    return Outcome(total, steps, "+".join(show(part * weight) for part, weight, _label in present))
