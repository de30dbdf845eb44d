"""检查结果: what the team answered to one item of a checklist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from desktop.domain.canonical import Json
from desktop.domain.checklist import Item
from desktop.domain.lengths import LONGEST_TEXT, check_length
from desktop.domain.points import STORED_PER_POINT, from_stored, show, to_stored
from desktop.domain.rule_inputs import storable_inputs
from desktop.errors import UserError
from desktop.i18n import _


@dataclass(frozen=True)
class Answer:
    """One answer. ``deduct`` is what was typed in or computed; ``inputs`` are the figures the rule asked for.

    ``veto_hit`` is what the team found; it takes effect only when it is approved.
    """

    item_no: int
    is_applicable: bool = True
    deduct: Decimal | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    facts: str = ""
    veto_hit: bool = False
    fixed_on_site: bool = False
    evidence_ids: tuple[str, ...] = ()


def check_answer(item: Item, answer: Answer) -> None:
    """Refuse an answer that may not be entered; raises UserError naming the item and what is wrong.

    What came in a package is not refused here but scored as far as it goes.
    """
    if not answer.is_applicable and not item.allow_na:
        raise UserError(
            _("Item {no}: “not applicable” is not allowed.").format(no=item.no),
            _("Answer it, or leave it unanswered."),
        )
    if answer.veto_hit and not (item.veto and answer.is_applicable):
        raise UserError(_("Item {no}: there is no veto to find here.").format(no=item.no))
    check_length(_("Facts"), answer.facts, LONGEST_TEXT)
    storable_inputs(item.rule.inputs, answer.inputs)
    if answer.deduct is not None and not _is_storable(answer.deduct, item.points):
        raise UserError(
            _("Item {no}: the deduction must be between 0 and {points} points.").format(
                no=item.no, points=show(item.points)
            ),
            _("It has at most four places."),
        )


def _is_storable(deduct: Decimal, points: Decimal) -> bool:
    # Asked first: NaN and Infinity cannot even be compared.
    return (
        deduct.is_finite()
        and 0 <= deduct <= points
        and (Fraction(deduct) * STORED_PER_POINT).denominator == 1
    )


def reminders(item: Item, answer: Answer, photos: int = 0) -> tuple[str, ...]:
    """Return what the team should still see to before signing; nothing of it stops them."""
    if not answer.is_applicable:
        return ()
    missing = []
    if len(answer.evidence_ids) < item.evidence_min:
        missing.append(
            _("evidence: {given} of at least {count}").format(
                count=item.evidence_min, given=len(answer.evidence_ids)
            )
        )
    if _is_failing(answer) and item.photo_on_fail and not photos:
        missing.append(_("a deduction here needs a photo"))
    if _is_failing(answer) and not answer.facts.strip():
        missing.append(_("the facts are not described"))
    if answer.deduct is not None and not item.rule.allows_manual and not answer.inputs:
        missing.append(_("the figures are not filled in, the deduction was entered by hand"))
    return tuple(missing)


def is_evidence_missing(item: Item, answer: Answer, photos: int = 0) -> bool:
    """Whether an item has less evidence than it needs, or no photo of what it found."""
    has_too_little = len(answer.evidence_ids) < item.evidence_min
    has_no_photo = _is_failing(answer) and item.photo_on_fail and not photos
    return answer.is_applicable and (has_too_little or has_no_photo)


def _is_failing(answer: Answer) -> bool:
    return answer.veto_hit or bool(answer.deduct)


def answer_part(item: Item, answer: Answer) -> dict[str, Json]:
    """Return the answer as the part ``answer/<item>`` of a visit holds it; raises UserError for unknown inputs."""
    return {
        "is_applicable": answer.is_applicable,
        "deduct_e4": None if answer.deduct is None else to_stored(answer.deduct),
        "inputs": storable_inputs(item.rule.inputs, answer.inputs),
        "facts": answer.facts,
        "is_veto_hit": answer.veto_hit,
        "is_fixed_on_site": answer.fixed_on_site,
        "evidence_ids": list(answer.evidence_ids),
    }


def read_answer(item_no: int, part: Mapping[str, object]) -> Answer:
    """Return the answer in a part, or in a row of the table ``answer`` with its JSON read.

    A field of an odd kind counts as not given: a part may come from a newer program, and what is not understood must
    not stop the rest from being scored.
    """
    deduct, inputs, evidence = part.get("deduct_e4"), part.get("inputs"), part.get("evidence_ids")
    return Answer(
        item_no=item_no,
        is_applicable=part.get("is_applicable") not in (False, 0),
        deduct=from_stored(deduct) if type(deduct) is int else None,
        inputs=inputs if isinstance(inputs, Mapping) else {},
        facts=str(part.get("facts") or ""),
        veto_hit=part.get("is_veto_hit") in (True, 1),
        fixed_on_site=part.get("is_fixed_on_site") in (True, 1),
        evidence_ids=tuple(map(str, evidence)) if isinstance(evidence, list) else (),
    )
