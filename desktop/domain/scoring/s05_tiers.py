"""S05 分档累进: percentage points of completion count differently in each tier, like a progressive tax.

``tiers`` is [{"to": "100", "per_point": "0.1"}, …] in rising order; the first one ends at 100 and deducts for each
point below, the others add; the last one is open (``"to": null``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from desktop.domain.points import equals, quotient, show
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import (
    ACTUAL,
    BASE_TARGET,
    WEIGHT,
    Kind,
    Parameter,
    Values,
    number,
    read_list,
    read_number,
    wrong,
)
from desktop.i18n import _


@dataclass(frozen=True)
class Tier:
    """Points for each percentage point up to ``to`` percent of the target; None is open."""

    to: Fraction | None
    per_point: Fraction


DEFAULT_TIERS: tuple[Tier, ...] = (
    Tier(Fraction(100), Fraction(1, 10)),
    Tier(Fraction(130), Fraction(2, 10)),
    Tier(None, Fraction(1, 10)),
)


def _read_tiers(value: object) -> tuple[Tier, ...]:
    tiers = tuple(_read_tier(inner) for inner in read_list("tiers", value, is_empty_allowed=False))
    ends = [tier.to for tier in tiers[:-1]]
    is_rising = all(a is not None and b is not None and a < b for a, b in pairwise(ends))
    if len(tiers) < 2 or ends[0] != 100 or not is_rising or tiers[-1].to is not None:
        raise wrong("tiers", _("The tiers in “{name}” must rise from 100, and the last one must be open."))
    return tiers


def _read_tier(value: object) -> Tier:
    if not isinstance(value, Mapping) or set(value) != {"to", "per_point"}:
        raise wrong("tiers", _("Each tier in “{name}” must have “to” and “per_point”."))
    to = None if value["to"] is None else read_number("tiers.to", value["to"], 0)
    return Tier(to, read_number("tiers.per_point", value["per_point"], 0))


TIERS = Parameter("tiers", Kind.TIERS, _read_tiers, DEFAULT_TIERS)
BOUND = number("bound", at_least=0, default=Fraction(10))


def score(values: Values) -> Outcome:
    weight, target, actual = values[WEIGHT], values[BASE_TARGET], values[ACTUAL]
    rate = 100 * actual / target
    below, *above = values[TIERS]
    steps: tuple[str, ...] = () if target == 100 else (quotient(actual, target)[0],)
    if rate < 100:
        change = (100 - rate) * below.per_point
        text = _("{points} percentage points below")
        steps += (f"{text.format(points=show(100 - rate))}×{show(below.per_point)}{equals(change)}",)
    else:
        parts = _parts_above(rate, above)
        change = sum((points * each for points, each in parts), start=Fraction(0))
        steps += tuple(f"{show(points)}×{show(each)}{equals(points * each)}" for points, each in parts)
    if change > values[BOUND]:
        change = values[BOUND]
        steps += (_("added or deducted at most {bound}").format(bound=show(change)),)
    sign, signed = ("−", -change) if rate < 100 else ("+", change)
    return bounded(steps, f"{show(weight)}{sign}{show(change)}", weight + signed)


def _parts_above(rate: Fraction, tiers: list[Tier]) -> list[tuple[Fraction, Fraction]]:
    parts = []
    start = Fraction(100)
    for tier in tiers:
        end = rate if tier.to is None else min(rate, tier.to)
        if end > start:
            parts.append((end - start, tier.per_point))
            start = end
    return parts


METHOD = Method(
    code="S05",
    name=lambda: _("Completion in tiers"),
    formula="max(0, W + clamp(Σ tiers, −bound, bound))",
    parameters=(WEIGHT, BASE_TARGET, ACTUAL, TIERS, BOUND),
    score=score,
)
