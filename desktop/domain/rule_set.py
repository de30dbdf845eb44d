"""考评办法: the choices an office makes once a year, by which every score of that year is computed."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.points import Rounding, rounded
from desktop.errors import UserError
from desktop.i18n import _


class VetoPolicy(StrEnum):
    """What an approved veto does to the score of the form it was found on."""

    ITEM_ZERO = "item_zero"
    FORM_ZERO = "form_zero"
    TARGET_ZERO = "target_zero"
    FIXED = "fixed"
    HONOUR_ONLY = "honour_only"

    @property
    def label(self) -> str:
        return {
            VetoPolicy.ITEM_ZERO: _("the item scores 0"),
            VetoPolicy.FORM_ZERO: _("the form scores 0"),
            VetoPolicy.TARGET_ZERO: _("the target scores 0"),
            VetoPolicy.FIXED: _("a fixed number of points is deducted"),
            VetoPolicy.HONOUR_ONLY: _("the score stays, the honour is taken away"),
        }[self]


class Summation(StrEnum):
    """How a total is made; SUM_OF_ROUNDED agrees with the printed column added by hand."""

    SUM_OF_ROUNDED = "sum_of_rounded"
    ROUND_OF_SUM = "round_of_sum"


@dataclass(frozen=True)
class RuleSet:
    """One version of the rules; frozen once a score was published by it."""

    year: int = 0
    version: int = 1
    open_weight: Decimal = Decimal("0.4")
    covert_weight: Decimal = Decimal("0.6")
    rounding: Rounding = Rounding.HALF_UP
    summation: Summation = Summation.SUM_OF_ROUNDED
    veto_policy: VetoPolicy = VetoPolicy.FORM_ZERO
    veto_points: Decimal = Decimal(30)
    min_applicable: Decimal = Decimal(60)

    def __post_init__(self) -> None:
        if self.open_weight < 0 or self.covert_weight < 0 or self.open_weight + self.covert_weight != 1:
            raise UserError(
                _("The weights of open and covert visits must sum to 1."),
                _("Write them as decimals, for example 0.4 and 0.6."),
            )


DEFAULT_RULE_SET = RuleSet()


def is_normalised(applicable: Fraction, rule_set: RuleSet) -> bool:
    """A form with few applicable points says too little for a percentage: the team leader decides."""
    return applicable >= rule_set.min_applicable


def total(scores: Iterable[Fraction], summation: Summation, rounding: Rounding = Rounding.HALF_UP) -> Decimal:
    """Add exact scores up to a published total."""
    if summation is Summation.ROUND_OF_SUM:
        return rounded(sum(scores, start=Fraction(0)), 2, rounding)
    return sum((rounded(score, 2, rounding) for score in scores), start=Decimal("0.00"))
