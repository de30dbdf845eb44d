"""The signatures of a visit in their places on F01."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.documents.form_visit_data import HandSignature, VisitForm
from desktop.domain.signing import INSPECTOR, LEADER, UNIT, WITNESS
from desktop.services.records.form_values import parsed_time
from desktop.services.records.visit_values import VisitView
from desktop.services.visits.noted_refusal import noted_refusal
from desktop.services.visits.show_signatures import ShownSignature


def with_signatures(form: VisitForm, view: VisitView, signatures: Sequence[ShownSignature]) -> VisitForm:
    """The form with everybody's newest signature, and with what is known of a refusal to sign."""
    refusal = noted_refusal(view, signatures)
    form = replace(form, refusal=refusal.reason, refused_at=refusal.at, refusal_seen_by=refusal.seen_by)
    if not signatures:
        return form
    signed_off = next((each for each in signatures if each.role == LEADER), None)
    return replace(
        form,
        issued_by=signed_off.signer if signed_off else "",
        issued_at=parsed_time(signed_off.at) if signed_off else None,
        issued_version=signed_off.version if signed_off else signatures[0].newest,
        version=signatures[0].newest,
        unit_signatures=_by_hand(signatures, UNIT),
        team_signatures=(*_by_hand(signatures, LEADER), *_by_hand(signatures, INSPECTOR)),
        witness_signatures=_by_hand(signatures, WITNESS),
    )


def _by_hand(signatures: Iterable[ShownSignature], role: str) -> tuple[HandSignature, ...]:
    newest = {each.signer: each for each in signatures if each.role == role and each.strokes}
    return tuple(
        HandSignature(each.signer, each.strokes, parsed_time(each.at), each.version, each.is_current)
        for each in newest.values()
    )
