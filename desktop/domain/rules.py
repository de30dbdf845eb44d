"""The machine-readable rule of a checklist item: what it asks for, what is deducted, and why.

A rule never deducts more than the points of its item (扣完为止), and less than nothing never. The page, the command
line and the printed form all go through ``Rule``; the criteria text beside it is what the unit signed for.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop.domain.points import equals, rounded, show
from desktop.domain.rule_inputs import Input, Inputs, is_given, read_choice, read_count, read_flag
from desktop.domain.scoring.method import join_steps
from desktop.errors import UserError
from desktop.i18n import _

Working = tuple[Fraction, tuple[str, ...]]
"""What is deducted before the bounds, and the arithmetic."""


@dataclass(frozen=True)
class Suggestion:
    """One key on the page: what it enters, and what one press deducts by itself.

    ``inputs`` is None where only the deduction is known (a tier without its measured value).
    """

    text: str
    deduct: Decimal
    inputs: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Rule(ABC):
    """How an item of so many points is scored.

    ``allows_manual`` is False where the program computes the deduction; then a deduction typed in by hand counts
    only while there are no figures, as when a base is zero.
    """

    points: Decimal
    allows_manual: bool

    @property
    @abstractmethod
    def inputs(self) -> tuple[Input, ...]: ...

    @property
    @abstractmethod
    def suggestions(self) -> tuple[Suggestion, ...]: ...

    @abstractmethod
    def work(self, inputs: Inputs) -> Working:
        """Raises UserError naming the input that is missing or wrong."""

    def missing(self, inputs: Inputs) -> tuple[Input, ...]:
        """Return the inputs that are still needed; most rules need them all."""
        return tuple(asked for asked in self.inputs if not is_given(asked, inputs))

    def deduction(self, inputs: Inputs) -> Decimal:
        """Return the deduction, so that the item *score* is what was rounded."""
        deducted, _steps = self.work(inputs)
        return self.points - rounded(max(Fraction(0), Fraction(self.points) - deducted))

    def explain(self, inputs: Inputs) -> str:
        deducted, steps = self.work(inputs)
        if deducted > self.points:
            steps += (_("no more than the {points} points of the item").format(points=show(self.points)),)
        return join_steps((*steps, deduction_text(self.deduction(inputs))))


def deduction_text(deducted: Decimal) -> str:
    if not deducted:
        return _("nothing off")
    return _("{points} points off").format(points=show(deducted))


@dataclass(frozen=True)
class Finding:
    """Something found: so many points ``each`` time, or ``fixed`` points once (all of them: 本项不得分)."""

    asked: Input
    each: Fraction | None
    fixed: Fraction | None
    takes_all: bool


@dataclass(frozen=True)
class DeductRule(Rule):
    """扣分: points off for what is counted or found. What is not filled in was not found, if anything is."""

    findings: tuple[Finding, ...]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return tuple(finding.asked for finding in self.findings)

    def missing(self, inputs: Inputs) -> tuple[Input, ...]:
        return () if any(is_given(asked, inputs) for asked in self.inputs) else self.inputs

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        return tuple(self._suggestion(finding) for finding in self.findings)

    def work(self, inputs: Inputs) -> Working:
        if self.missing(inputs):
            raise UserError(_("“{label}” is not filled in.").format(label=self.inputs[0].label))
        found = [part for finding in self.findings if (part := self._found(finding, inputs))]
        if not found:
            return Fraction(0), (_("nothing was found"),)
        total = sum((deducted for deducted, _text in found), start=Fraction(0))
        steps = tuple(text for _deducted, text in found)
        if len(found) > 1:
            steps += (f"{'+'.join(show(deducted) for deducted, _text in found)}{equals(total)}",)
        return total, steps

    def _found(self, finding: Finding, inputs: Inputs) -> tuple[Fraction, str] | None:
        asked = finding.asked
        if finding.each is None:
            if not read_flag(asked, inputs):
                return None
            if finding.takes_all:
                return Fraction(self.points), _("{finding}: no points").format(finding=asked.label)
            fixed = finding.fixed or Fraction(0)
            return fixed, _("{finding}: {points} off").format(finding=asked.label, points=show(fixed))
        count, parts = read_count(asked, inputs)
        if not count:
            return None
        names = _(" ({parts})").format(parts=_(", ").join(parts)) if parts else ""
        deducted = count * finding.each
        return deducted, f"{asked.label}{names}{count}{asked.unit}×{show(finding.each)}{equals(deducted)}"

    def _suggestion(self, finding: Finding) -> Suggestion:
        asked = finding.asked
        inputs: dict[str, object] = {asked.key: True if finding.each is None else 1}
        text = asked.label if finding.each is None else f"{asked.label}1{asked.unit}"
        return Suggestion(text, self.deduction(inputs), inputs)


@dataclass(frozen=True)
class YesNoRule(Rule):
    """是否: met, or ``no`` points off."""

    asked: Input
    no: Fraction

    @property
    def inputs(self) -> tuple[Input, ...]:
        return (self.asked,)

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        yes, no = {self.asked.key: True}, {self.asked.key: False}
        return (
            Suggestion(_("yes"), self.deduction(yes), yes),
            Suggestion(_("no"), self.deduction(no), no),
        )

    def work(self, inputs: Inputs) -> Working:
        if self.missing(inputs):
            raise UserError(_("“{label}” is not filled in.").format(label=self.asked.label))
        is_met = read_flag(self.asked, inputs)
        answer = _("{question}: yes") if is_met else _("{question}: no")
        return Fraction(0) if is_met else self.no, (answer.format(question=self.asked.label),)


@dataclass(frozen=True)
class GradeRule(Rule):
    """等级: each subject gets one of the grades, and the grades have scores."""

    subjects: tuple[Input, ...]
    scores: Mapping[str, Fraction]

    @property
    def inputs(self) -> tuple[Input, ...]:
        return self.subjects

    @property
    def suggestions(self) -> tuple[Suggestion, ...]:
        if len(self.subjects) > 1:
            return ()
        key = self.subjects[0].key
        return tuple(Suggestion(name, self.deduction({key: name}), {key: name}) for name in self.scores)

    def work(self, inputs: Inputs) -> Working:
        grades = [(asked, read_choice(asked, inputs)) for asked in self.subjects]
        gained = sum((self.scores[grade] for _asked, grade in grades), start=Fraction(0))
        lost = Fraction(self.points) - gained
        if len(grades) == 1:
            grade = grades[0][1]
            return lost, (_("{grade}, {points} points").format(grade=grade, points=show(gained)),)
        steps = tuple(f"{asked.label}{grade}={show(self.scores[grade])}" for asked, grade in grades)
        added = "+".join(show(self.scores[grade]) for _asked, grade in grades)
        return lost, (*steps, f"{added}{equals(gained)}")
