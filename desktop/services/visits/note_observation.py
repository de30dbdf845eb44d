"""暗访时序记录: what was seen, when and where, noted line by line while nobody knows of the inspection."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.entry import Ctx
from desktop.domain.lengths import LONGEST_LINE, LONGEST_TEXT, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.begin_visit import note_beginning
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.save_findings import save_findings
from desktop.services.visits.visit_head import drafted_header, now, started
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import discard_draft, drafts_of
from desktop.storage.records import Row, json_value

_OBSERVATION = "observation/"
_LONGEST_STAY_S = 86_400


@dataclass(frozen=True)
class Observation:
    """One line. ``duration_s``: how long it lasted, 0 where nobody timed it.

    ``person``: by what somebody can be told apart, a feature or the number on the badge; never a name. ``evidence``
    are ids. ``at`` and ``id`` are empty until it is saved.
    """

    fact: str
    place: str = ""
    duration_s: int = 0
    is_good: bool = False
    at: str = ""
    person: str = ""
    evidence: tuple[str, ...] = ()
    id: str = ""


def note_observation(workspace: Workspace, visit_id: str, seen: Observation, base_ctx: Ctx) -> Observation:
    """Store one line with the time of now; returns it once it is on the disk.

    The first one begins the visit.
    """
    view = read_visit(workspace.db, visit_id)
    header = drafted_header(workspace, view)
    check_open(workspace, view, header)
    fact = seen.fact.strip()
    if not fact or len(fact) > LONGEST_TEXT or not 0 <= seen.duration_s <= _LONGEST_STAY_S:
        raise UserError(
            _("An observation is one line of 1 to {count} characters.").format(count=LONGEST_TEXT)
        )
    check_length(_("Place"), seen.place.strip(), LONGEST_LINE)
    check_length(_("Feature or badge number"), seen.person.strip(), LONGEST_LINE)
    kept = replace(
        seen,
        fact=fact,
        place=seen.place.strip(),
        person=seen.person.strip(),
        at=now(workspace),
        id=workspace.new_id(),
    )
    parts = {f"{_OBSERVATION}{kept.id}": _part(kept)}
    with workspace.db.atomic():
        if not header.get("started_at"):
            parts["header"] = started(workspace, header)
            note_beginning(workspace, view)
        save_findings(workspace, visit_id, "visit", parts, base_ctx)
    return kept


def take_back_observation(workspace: Workspace, visit_id: str, observation_id: str) -> Observation:
    """Take a line out again that no entry has been cut from yet; returns it, to be written anew."""
    view = read_visit(workspace.db, visit_id)
    check_open(workspace, view, drafted_header(workspace, view))
    seen = _find(workspace, visit_id, observation_id)
    if any(str(row["key"]) == observation_id for row in view.observations):
        raise UserError(
            _("This line is recorded for good and cannot be taken back."),
            _("Note another line that puts it right."),
        )
    with workspace.db.atomic():
        discard_draft(workspace.db, visit_id, f"{_OBSERVATION}{observation_id}")
    return seen


def link_evidence(
    workspace: Workspace, visit_id: str, observation_id: str, evidence_id: str, base_ctx: Ctx
) -> Observation:
    """Name one more piece of evidence in a line; named twice it stands there once."""
    view = read_visit(workspace.db, visit_id)
    check_open(workspace, view, drafted_header(workspace, view))
    seen = _find(workspace, visit_id, observation_id)
    linked = replace(seen, evidence=tuple(dict.fromkeys((*seen.evidence, evidence_id))))
    save_findings(workspace, visit_id, "visit", {f"{_OBSERVATION}{observation_id}": _part(linked)}, base_ctx)
    return linked


def observations_of(workspace: Workspace, visit_id: str) -> tuple[Observation, ...]:
    """Every line of the visit, whether it has been cut into an entry or not, oldest first."""
    view = read_visit(workspace.db, visit_id)
    found = {str(row["key"]): _from_row(row) for row in view.observations}
    for draft in drafts_of(workspace.db, visit_id):
        if draft.part.startswith(_OBSERVATION):
            key = draft.part.removeprefix(_OBSERVATION)
            found[key] = _observation(key, draft.value, draft.value.get("evidence_ids"))
    return tuple(sorted(found.values(), key=lambda seen: seen.at))


def _find(workspace: Workspace, visit_id: str, observation_id: str) -> Observation:
    for seen in observations_of(workspace, visit_id):
        if seen.id == observation_id:
            return seen
    raise UserError(_("This line is not there any more."))


def _from_row(row: Row) -> Observation:
    return _observation(str(row["key"]), row, json_value(row, "evidence_ids", []))


def _observation(key: str, value: Mapping[str, object], evidence: object) -> Observation:
    seconds = value.get("duration_s")
    return Observation(
        str(value.get("fact") or ""),
        str(value.get("place") or ""),
        seconds if isinstance(seconds, int) else 0,
        is_good=bool(value.get("is_good")),
        at=str(value.get("at") or ""),
        person=str(value.get("person_desc") or ""),
        evidence=tuple(map(str, evidence)) if isinstance(evidence, list) else (),
        id=key,
    )


def _part(seen: Observation) -> Mapping[str, object]:
    return {
        "at": seen.at,
        "place": seen.place,
        "fact": seen.fact,
        "person_desc": seen.person,
        "duration_s": seen.duration_s,
        "is_good": seen.is_good,
        "evidence_ids": list(seen.evidence),
    }
