"""The score of one visit (S16 on real answers): the same lines in the field and in the office.

Three rules of the practice: an unanswered item is neither full nor zero, the score is provisional until it is
answered; a veto that was found changes nothing until it is approved; a form on which less than 60 points apply is
no percentage, the team leader decides.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from desktop.domain.answer import Answer
from desktop.domain.checklist import Checklist, Item
from desktop.domain.points import rounded, show
from desktop.domain.rule_set import DEFAULT_RULE_SET, RuleSet, VetoPolicy, is_normalised
from desktop.domain.rules import deduction_text
from desktop.domain.scoring.method import Outcome, conclude, join_steps
from desktop.domain.scoring.s16_checklist import apply_veto, normalise
from desktop.errors import UserError
from desktop.i18n import _

_ZEROING = (VetoPolicy.FORM_ZERO, VetoPolicy.TARGET_ZERO)


class LineState(StrEnum):
    """What is known about one item of the form."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class ScoreLine:
    """One item of the form; ``deduct`` and ``score`` are None where it is not applicable or not answered."""

    item: Item
    state: LineState
    points: Decimal
    deduct: Decimal | None
    score: Decimal | None
    text: str
    veto_hit: bool = False


@dataclass(frozen=True)
class Veto:
    """A veto the team found; it counts once it is approved."""

    item_no: int
    text: str
    is_approved: bool


@dataclass(frozen=True)
class VisitScore:
    """The score of a visit.

    ``raw`` is what the answered items gained, ``answered`` their points, ``applicable`` the points of all items that
    are not 不适用. ``normalised`` (0–100) is None while nothing is answered and while the leader has to decide; it is
    provisional while ``unanswered`` lists items.
    """

    raw: Decimal
    answered: Decimal
    applicable: Decimal
    normalised: Decimal | None
    needs_leader_decision: bool
    vetoes: tuple[Veto, ...]
    unanswered: tuple[int, ...]
    lines: tuple[ScoreLine, ...]
    explanation: str

    @property
    def is_finished(self) -> bool:
        return not self.unanswered

    @property
    def is_vetoed(self) -> bool:
        return any(veto.is_approved for veto in self.vetoes)


def score_visit(
    checklist: Checklist,
    answers: Iterable[Answer],
    veto_policy: VetoPolicy | None = None,
    *,
    approved_vetoes: Collection[int] = (),
    leader_score: Decimal | None = None,
    rule_set: RuleSet = DEFAULT_RULE_SET,
) -> VisitScore:
    """Score the answers; it never refuses them, because a visit from elsewhere has to be shown as it is.

    ``approved_vetoes`` are the numbers of the items whose veto was approved. ``leader_score`` (0–100) is what the
    leader decided for a form with too few applicable points. ``veto_policy`` overrides that of the rule set.
    """
    policy = veto_policy or rule_set.veto_policy
    by_item = {answer.item_no: answer for answer in answers}
    vetoes = _found_vetoes(checklist, by_item, approved_vetoes)
    zeroed = {veto.item_no for veto in vetoes if veto.is_approved and policy is VetoPolicy.ITEM_ZERO}
    lines = tuple(
        _line(item, by_item.get(item.no), rule_set, is_zeroed=item.no in zeroed) for item in checklist.items
    )
    scored = [(line.points, line.score) for line in lines if line.score is not None]
    raw = sum((score for _points, score in scored), start=Decimal(0))
    answered = sum((points for points, _score in scored), start=Decimal(0))
    unanswered = tuple(line.item.no for line in lines if line.state is LineState.UNANSWERED)
    applicable = sum(
        (line.points for line in lines if line.state is not LineState.NOT_APPLICABLE), start=Decimal(0)
    )
    is_vetoed = any(veto.is_approved for veto in vetoes)
    normalised, steps, needs_leader = _normalised(
        raw, answered, applicable, policy if is_vetoed else None, leader_score, rule_set
    )
    return VisitScore(
        raw=raw,
        answered=answered,
        applicable=applicable,
        normalised=normalised,
        needs_leader_decision=needs_leader,
        vetoes=vetoes,
        unanswered=unanswered,
        lines=lines,
        explanation=join_steps((*steps, *_remarks(vetoes, unanswered, policy))),
    )


def _found_vetoes(
    checklist: Checklist, by_item: Mapping[int, Answer], approved: Collection[int]
) -> tuple[Veto, ...]:
    return tuple(
        Veto(item.no, item.veto_text, item.no in approved)
        for item in checklist.items
        if item.veto and item.no in by_item and by_item[item.no].veto_hit
    )


def _line(item: Item, answer: Answer | None, rule_set: RuleSet, *, is_zeroed: bool) -> ScoreLine:
    veto_hit = answer is not None and answer.veto_hit
    if is_zeroed:
        text = _("veto: {policy}").format(policy=VetoPolicy.ITEM_ZERO.label)
        return _answered(item, item.points, text, rule_set, veto_hit)
    if answer is None:
        return _open(item, LineState.UNANSWERED, _("not answered"), veto_hit)
    if not answer.is_applicable:
        return _open(item, LineState.NOT_APPLICABLE, _("not applicable"), veto_hit)
    deduct, text = _deduction(item, answer)
    if deduct is None:
        return _open(item, LineState.UNANSWERED, text, veto_hit)
    return _answered(item, deduct, text, rule_set, veto_hit)


def _answered(item: Item, deduct: Decimal, text: str, rule_set: RuleSet, veto_hit: bool) -> ScoreLine:
    score = rounded(Fraction(item.points) - Fraction(deduct), 2, rule_set.rounding)
    return ScoreLine(item, LineState.ANSWERED, item.points, deduct, score, text, veto_hit)


def _open(item: Item, state: LineState, text: str, veto_hit: bool) -> ScoreLine:
    return ScoreLine(item, state, item.points, None, None, text, veto_hit)


def _deduction(item: Item, answer: Answer) -> tuple[Decimal | None, str]:
    """Return the deduction and its reason; figures win over the hand where the rule does not allow the hand."""
    by_hand = None if answer.deduct is None else min(max(answer.deduct, Decimal(0)), item.points)
    computed, text = _computed(item, answer)
    if by_hand is None or by_hand == computed:
        return computed, text
    if computed is None:
        return by_hand, _("{result} (entered by hand)").format(result=deduction_text(by_hand))
    if not item.rule.allows_manual:
        return computed, text
    return by_hand, _("{result} (entered by hand; by the rule: {rule})").format(
        result=deduction_text(by_hand), rule=deduction_text(computed)
    )


def _computed(item: Item, answer: Answer) -> tuple[Decimal | None, str]:
    if not answer.inputs:
        return None, _("not answered")
    try:
        return item.rule.deduction(answer.inputs), item.rule.explain(answer.inputs)
    except UserError as error:
        return None, error.problem


def _normalised(
    raw: Decimal,
    answered: Decimal,
    applicable: Decimal,
    policy: VetoPolicy | None,
    leader_score: Decimal | None,
    rule_set: RuleSet,
) -> tuple[Decimal | None, tuple[str, ...], bool]:
    """Return the score in percent, its arithmetic, and whether the leader has to decide.

    ``policy`` is that of an approved veto.
    """
    steps: tuple[str, ...] = (_("applicable {points}").format(points=show(applicable)),)
    if not answered:
        return None, (*steps, _("no item is answered yet")), False
    steps += (_("gained {points}").format(points=show(raw)),)
    # A veto that zeroes the form leaves the leader nothing to decide.
    if is_normalised(Fraction(applicable), rule_set) or policy in _ZEROING:
        plain = normalise(Fraction(raw), Fraction(answered))
    elif leader_score is not None:
        step = _("decided by the team leader, because less than {points} points are applicable")
        steps += (step.format(points=show(rule_set.min_applicable)),)
        plain = Outcome(Fraction(leader_score), (), show(leader_score) if policy else "")
    else:
        undecided = _("less than {points} points are applicable, the team leader decides")
        return None, (*steps, undecided.format(points=show(rule_set.min_applicable))), True
    if policy is not None:
        plain = apply_veto(plain, policy, Fraction(rule_set.veto_points))
    result = conclude(plain, rule_set.rounding)
    return result.score, (*steps, *result.lines), False


def _remarks(vetoes: tuple[Veto, ...], unanswered: tuple[int, ...], policy: VetoPolicy) -> tuple[str, ...]:
    remarks = tuple(
        _("the veto of item {no} waits for approval; approved: {policy}").format(
            no=veto.item_no, policy=policy.label
        )
        for veto in vetoes
        if not veto.is_approved
    )
    if unanswered:
        numbers = _(", ").join(map(str, unanswered))
        remarks += (_("provisional, not answered: items {numbers}").format(numbers=numbers),)
    return remarks
