"""Rules whose deduction the program computes from a measured value."""

from dataclasses import dataclass
from fractions import Fraction

from desktop.domain.measures import Measure
from desktop.domain.points import equals, published, rounded, show
from desktop.domain.rule_inputs import Input, Inputs, is_given, read_figure, read_flag
from desktop.domain.rules import Rule, Suggestion, Working
from desktop.domain.scoring.s03_percentage_points import PartStep, count_steps
from desktop.errors import UserError
from desktop.i18n import _


@dataclass(frozen=True)
class Tier:
    """A range of the measured value and its deduction.

    ``sign`` compares the value with ``bound``; the last tier has none and takes what is left. Where ``excuse`` is
    answered with yes, the tier deducts ``excused`` instead.
    """

    text: str
    sign: str
    bound: Fraction
    deduct: Fraction
    excuse: Input | None = None
    excused: Fraction = Fraction(0)

    def holds(self, value: Fraction) -> bool:
        match self.sign:
            case "at_most":
                return value <= self.bound
            case "below":
                return value < self.bound
            case "at_least":
                return value >= self.bound
            case "over":
                return value > self.bound
        return True


@dataclass(frozen=True)
class TierRule(Rule):
    """分档: the first tier that holds for the measured value."""

    measure: Measure
    tiers: tuple[Tier, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (*self.measure.inputs, *(tier.excuse for tier in self.tiers if tier.excuse))

    def missing(self, inputs: Inputs) -> tuple[Input, ...]:
        return tuple(asked for asked in self.measure.inputs if not is_given(asked, inputs))

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(Suggestion(tier.text, min(self.points, rounded(tier.deduct))) for tier in self.tiers)

    def work(self, inputs: Inputs) -> Working:
        value, steps = self.measure.value(inputs)
        tier = next(tier for tier in self.tiers if tier.holds(value))
        steps += (_("falls under “{tier}”").format(tier=tier.text),)
        if tier.excuse and read_flag(tier.excuse, inputs):
            return tier.excused, (*steps, tier.excuse.label)
        return tier.deduct, steps


@dataclass(frozen=True)
class RatioRule(Rule):
    """比例: ``each`` points off for every ``per`` percentage points that the value lies below the target."""

    measure: Measure
    target: Fraction
    per: Fraction
    each: Fraction
    part_step: PartStep

    @property
    def inputs(self) -> tuple[Input, ...]:
        return self.measure.inputs

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return ()

    def work(self, inputs: Inputs) -> Working:
        value, steps = self.measure.value(inputs)
        shortfall = self.target - value
        if shortfall <= 0:
            return Fraction(0), (*steps, _("reached"))
        steps += (_("{points} percentage points below").format(points=show(shortfall)),)
        amount = shortfall / self.per
        if self.per != 1:
            steps += (f"{show(shortfall)}÷{show(self.per)}{equals(amount)}",)
        counted, counting = count_steps(amount, self.part_step)
        deducted = counted * self.each
        return deducted, (*steps, *counting, f"{show(counted)}×{show(self.each)}{equals(deducted)}")


@dataclass(frozen=True)
class ShareRule(Rule):
    """比例: the points times what was done over what was due."""

    done: Input
    due: Input

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.done, self.due)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return ()

    def work(self, inputs: Inputs) -> Working:
        done, due = read_figure(self.done, inputs), read_figure(self.due, inputs)
        if due == 0:
            raise UserError(
                _("“{label}” is zero or negative as a base; decide by hand.").format(label=self.due.label)
            )
        if done > due:
            raise UserError(
                _("“{label}” must be at most {bound}.").format(label=self.done.label, bound=show(due))
            )
        gained = Fraction(self.points) * done / due
        text = f"{show(self.points)}×{show(done)}÷{show(due)}{published(gained, rounded(gained))}"
        return Fraction(self.points) - gained, (text,)
