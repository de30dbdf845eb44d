"""暗访时序记录: what was seen, when and where, noted line by line while nobody knows of the inspection."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.entry import Ctx
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.save_findings import save_findings
from desktop.services.visits.visit_head import drafted_header, now, started
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of

_OBSERVATION = "observation/"
_LONGEST = 2000
_LONGEST_STAY_S = 86_400


@dataclass(frozen=True)
class Observation:
    """One line. ``at`` is empty until it is saved; ``duration_s``: how long it lasted, 0 where nobody timed it."""

    fact: str
    place: str = ""
    duration_s: int = 0
    is_good: bool = False
    at: str = ""


def note_observation(workspace: Workspace, visit_id: str, seen: Observation, base_ctx: Ctx) -> str:
    """Store one line with the time of now; returns that time once it is on the disk.

    The first one begins the visit.
    """
    view = read_visit(workspace.db, visit_id)
    header = drafted_header(workspace, view)
    check_open(workspace, view, header)
    fact = seen.fact.strip()
    if not fact or len(fact) > _LONGEST or not 0 <= seen.duration_s <= _LONGEST_STAY_S:
        raise UserError(_("An observation is one line of 1 to {count} characters.").format(count=_LONGEST))
    at = now(workspace)
    value: Mapping[str, object] = {
        "at": at,
        "place": seen.place.strip(),
        "fact": fact,
        "person_desc": "",
        "duration_s": seen.duration_s,
        "is_good": seen.is_good,
        "evidence_ids": [],
    }
    parts = {f"{_OBSERVATION}{workspace.new_id()}": value}
    if not header.get("started_at"):
        parts["header"] = started(workspace, header)
    save_findings(workspace, visit_id, "visit", parts, base_ctx)
    return at


def observations_of(workspace: Workspace, visit_id: str) -> tuple[Observation, ...]:
    """Every line of the visit, whether it has been cut into an entry or not, oldest first."""
    view = read_visit(workspace.db, visit_id)
    found: dict[str, Mapping[str, object]] = {str(row["key"]): row for row in view.observations}
    for draft in drafts_of(workspace.db, visit_id):
        if draft.part.startswith(_OBSERVATION):
            found[draft.part.removeprefix(_OBSERVATION)] = draft.value
    return tuple(sorted(map(_observation, found.values()), key=lambda seen: seen.at))


def _observation(value: Mapping[str, object]) -> Observation:
    seconds = value.get("duration_s")
    return Observation(
        str(value.get("fact") or ""),
        str(value.get("place") or ""),
        seconds if isinstance(seconds, int) else 0,
        is_good=bool(value.get("is_good")),
        at=str(value.get("at") or ""),
    )
