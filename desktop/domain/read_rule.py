"""Reads the ``rule`` of a checklist item from its file; docs/decisions/0040 describes the fields of each type."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from desktop.domain.fields import Fields
from desktop.domain.measured_rules import RatioRule, ShareRule, Tier, TierRule
from desktop.domain.measures import read_measure
from desktop.domain.rule_inputs import Input, InputKind, read_figure_input, read_key
from desktop.domain.rules import DeductRule, Finding, GradeRule, Rule, YesNoRule
from desktop.domain.scoring.s03_percentage_points import PartStep
from desktop.errors import UserError
from desktop.i18n import _

_SIGNS = ("at_most", "below", "at_least", "over")


def read_rule(value: object, points: Decimal) -> Rule:
    """Return the rule of an item of so many points; raises UserError naming the field that is wrong."""
    fields = Fields(value)
    kind = _one_of("type", fields.text("type"), tuple(_TYPES))
    rule = _TYPES[kind](fields, points, fields.flag("manual", True))
    fields.done()
    keys = [asked.key for asked in rule.inputs]
    if len(set(keys)) != len(keys):
        raise UserError(_("Two inputs of a rule have the same key."))
    return rule


def _deduct(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    findings = tuple(_finding(inner) for inner in fields.list("findings"))
    return DeductRule(points, allows_manual, findings)


def _finding(value: object) -> Finding:
    fields = Fields(value)
    key, label = read_key(fields), fields.text("label")
    if fields.has("each"):
        asked = _counted(fields, key, label)
        finding = Finding(asked, fields.number("each", 0), None, takes_all=False)
    elif fields.has("fixed"):
        finding = Finding(Input(key, label, InputKind.FLAG), None, fields.number("fixed", 0), takes_all=False)
    else:
        finding = Finding(Input(key, label, InputKind.FLAG), None, None, fields.flag("takes_all"))
    fields.done()
    return finding


def _counted(fields: Fields, key: str, label: str) -> Input:
    unit = fields.text("unit", "")
    if fields.has("parts"):
        parts = fields.texts("parts")
        return Input(key, label, InputKind.PARTS, unit, parts, len(parts))
    at_most = fields.integer("at_most", 1) if fields.has("at_most") else None
    return Input(key, label, InputKind.INTEGER, unit, at_most=at_most)


def _tiers(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    tiers = tuple(_tier(inner) for inner in fields.list("tiers"))
    if tiers[-1].sign or not all(tier.sign for tier in tiers[:-1]):
        raise UserError(_("Every tier but the last one needs a bound."))
    return TierRule(points, allows_manual, read_measure(fields.value("measure")), tiers)


def _tier(value: object) -> Tier:
    fields = Fields(value)
    signs = [sign for sign in _SIGNS if fields.has(sign)]
    if len(signs) > 1:
        raise UserError(_("A tier has more than one bound."))
    sign = signs[0] if signs else ""
    bound = fields.number(sign) if sign else Fraction(0)
    text, deduct = fields.text("text"), fields.number("deduct", 0)
    if fields.has("excuse"):
        inner = Fields(fields.value("excuse"))
        excuse = Input(read_key(inner), inner.text("label"), InputKind.FLAG)
        tier = Tier(text, sign, bound, deduct, excuse, inner.number("deduct", 0))
        inner.done()
    else:
        tier = Tier(text, sign, bound, deduct)
    fields.done()
    return tier


def _yes_no(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    asked = Input(read_key(fields), fields.text("label"), InputKind.FLAG)
    return YesNoRule(points, allows_manual, asked, fields.number("no", 0))


def _ratio(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    per = fields.number("per", 0)
    if per == 0:
        raise UserError(_("The field “{key}” must be larger than 0.").format(key="per"))
    return RatioRule(
        points,
        allows_manual,
        read_measure(fields.value("measure")),
        fields.number("target"),
        per,
        fields.number("each", 0),
        PartStep(_one_of("part_step", fields.text("part_step"), tuple(PartStep))),
    )


def _share(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    done, due = read_figure_input(fields.value("done")), read_figure_input(fields.value("due"))
    return ShareRule(points, allows_manual, done, due)


def _grade(fields: Fields, points: Decimal, allows_manual: bool) -> Rule:
    scores = dict(_grade_score(inner) for inner in fields.list("grades"))
    if len(scores) != len(fields.list("grades")):
        raise UserError(_("Two grades of a rule have the same text."))
    subjects = tuple(_subject(inner, tuple(scores)) for inner in fields.list("subjects"))
    if max(scores.values()) * len(subjects) != points:
        raise UserError(_("The best grades must give the points of the item."))
    return GradeRule(points, allows_manual, subjects, MappingProxyType(scores))


def _grade_score(value: object) -> tuple[str, Fraction]:
    fields = Fields(value)
    pair = fields.text("text"), fields.number("score", 0)
    fields.done()
    return pair


def _subject(value: object, choices: tuple[str, ...]) -> Input:
    fields = Fields(value)
    subject = Input(read_key(fields), fields.text("label"), InputKind.CHOICE, choices=choices)
    fields.done()
    return subject


def _one_of(key: str, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise UserError(
            _("The field “{key}” must be one of: {choices}.").format(key=key, choices=_(", ").join(choices))
        )
    return text


_TYPES: Mapping[str, Callable[[Fields, Decimal, bool], Rule]] = MappingProxyType(
    {
        "deduct": _deduct,
        "tiers": _tiers,
        "yes_no": _yes_no,
        "ratio": _ratio,
        "share": _share,
        "grade": _grade,
    }
)
