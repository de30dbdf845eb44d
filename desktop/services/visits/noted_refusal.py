"""That the unit would not sign (拒签), as it stands on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.signing import UNIT
from desktop.services.records.form_values import parsed_time
from desktop.services.records.visit_values import VisitView
from desktop.services.visits.show_signatures import ShownSignature


@dataclass(frozen=True)
class NotedRefusal:
    """``seen_by``: the inspectors who vouched for it, and ``at``: when; both only where it was noted at the pad."""

    reason: str = ""
    at: datetime | None = None
    seen_by: tuple[str, ...] = ()


def noted_refusal(view: VisitView, signatures: Sequence[ShownSignature]) -> NotedRefusal:
    """What the particulars say goes first; what was noted at the pad stands unless the unit signed after all."""
    of_unit = [each for each in signatures if each.role == UNIT]
    newest = of_unit[-1] if of_unit and of_unit[-1].refusal else None
    reason = view.text("refused_reason")
    if newest is None:
        return NotedRefusal(reason)
    return NotedRefusal(reason or newest.refusal, parsed_time(newest.at), newest.witnesses)
