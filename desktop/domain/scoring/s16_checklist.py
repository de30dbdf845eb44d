"""S16 扣分制检查表: what is left of the applicable points, in percent; 不适用 items do not count; veto.

``veto`` is true, false, or the numbers (from 1) of the vetoed items; the policy item_zero needs the numbers. It
stands for an *approved* veto: one that was only found changes no score.
"""

from fractions import Fraction

from desktop.domain.points import equals, show
from desktop.domain.rule_set import DEFAULT_RULE_SET, VetoPolicy, is_normalised
from desktop.domain.scoring.method import Method, Outcome, bounded
from desktop.domain.scoring.parameters import (
    Kind,
    Parameter,
    Values,
    choice,
    number,
    numbers,
    numbers_or_none,
    read_integer,
    read_list,
    wrong,
)
from desktop.errors import UserError
from desktop.i18n import _

Veto = bool | tuple[int, ...]


def _read_veto(value: object) -> Veto:
    if isinstance(value, bool):
        return value
    return tuple(
        read_integer("veto", number, 1) for number in read_list("veto", value, is_empty_allowed=True)
    )


POINTS = numbers("points", at_least=0)
DEDUCTED = numbers_or_none("deducted")
VETO: Parameter[Veto] = Parameter("veto", Kind.VETO, _read_veto, False)
VETO_POLICY = choice("veto_policy", tuple(VetoPolicy), default=DEFAULT_RULE_SET.veto_policy)
VETO_POINTS = number("veto_points", at_least=0, default=Fraction(DEFAULT_RULE_SET.veto_points))


def score(values: Values) -> Outcome:
    points, deducted, policy = values[POINTS], list(values[DEDUCTED]), VetoPolicy(values[VETO_POLICY])
    if len(points) != len(deducted):
        raise wrong("deducted", _("The list “{name}” must be as long as “points”."))
    if values[VETO] and policy is VetoPolicy.ITEM_ZERO:
        for item in _vetoed_items(values, len(points)):
            deducted[item - 1] = points[item - 1]
    pairs = [(all_of, off) for all_of, off in zip(points, deducted, strict=True) if off is not None]
    applicable = sum((all_of for all_of, _off in pairs), start=Fraction(0))
    if not is_normalised(applicable, DEFAULT_RULE_SET):
        raise UserError(
            _("Only {applicable} points are applicable; the score is not made a percentage.").format(
                applicable=show(applicable)
            ),
            _("The leader of the team decides on this form."),
        )
    # Each item at most to zero: 扣完为止.
    off = sum((min(all_of, off) for all_of, off in pairs), start=Fraction(0))
    plain = normalise(applicable - off, applicable)
    steps = (
        _("applicable {points}").format(points=show(applicable)),
        f"{show(applicable)}−{show(off)}{equals(applicable - off)}",
    )
    whole = Outcome(plain.exact, (*steps, *plain.steps), plain.last)
    return apply_veto(whole, policy, values[VETO_POINTS]) if values[VETO] else whole


def normalise(gained: Fraction, applicable: Fraction) -> Outcome:
    """Return what was gained in percent of what was applicable; ``applicable`` is not zero."""
    return Outcome(100 * gained / applicable, (), f"{show(gained)}÷{show(applicable)}×100")


def apply_veto(outcome: Outcome, policy: VetoPolicy, veto_points: Fraction) -> Outcome:
    """Return the outcome under an approved veto; item_zero has already changed the items."""
    note = _("veto: {policy}").format(policy=policy.label)
    if policy in (VetoPolicy.ITEM_ZERO, VetoPolicy.HONOUR_ONLY):
        return Outcome(outcome.exact, outcome.steps, outcome.last, (*outcome.notes, note))
    steps = (*outcome.steps, f"{outcome.last}{equals(outcome.exact)}", note)
    if policy is VetoPolicy.FIXED:
        last = f"{show(outcome.exact)}−{show(veto_points)}"
        return bounded(steps, last, outcome.exact - veto_points, notes=outcome.notes)
    return Outcome(Fraction(0), steps, notes=outcome.notes)


def _vetoed_items(values: Values, count: int) -> tuple[int, ...]:
    items = values[VETO]
    if isinstance(items, bool):
        raise wrong("veto", _("The policy item_zero needs the numbers of the items in “{name}”."))
    if max(items) > count:
        raise wrong("veto", _("“{name}” names an item that the form does not have."))
    return items


METHOD = Method(
    code="S16",
    name=lambda: _("Checklist"),
    formula="Σ max(0, points − deducted) over applicable ÷ Σ points over applicable × 100; veto",
    parameters=(POINTS, DEDUCTED, VETO, VETO_POLICY, VETO_POINTS),
    score=score,
)
