"""The values of F02 暗访记录表, and of F02b, which takes of them only what the inspected unit may see."""

from collections.abc import Mapping

from desktop.documents.form_covert_data import CovertFeedback, CovertLine, CovertRecord
from desktop.documents.form_visit_data import Opinion
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.records.open_secret import mission_objects, with_opened_plan
from desktop.services.records.visit_values import VisitView, evidence_numbers, read_visit
from desktop.services.visits.noted_refusal import NotedRefusal, noted_refusal
from desktop.services.visits.paper_scan import is_from_paper
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.records import find_row, json_value

_OBSERVATION = "observation/"
_OPINIONS = {"属实": Opinion.TRUE, "有异议": Opinion.DISPUTED}


def covert_record(workspace: Workspace, visit_id: str, *, is_blank: bool = False) -> CovertRecord:
    """The record of one covert visit for the office; blank, only what the plan says."""
    view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    mission = find_row(workspace.db, "mission", view.text("mission_id"))
    plan = mission_objects(workspace, view.text("mission_id"))
    planned = plan.get("team")
    leader = view.text("leader") or str(plan.get("leader") or "")
    team = view.team or (tuple(map(str, planned)) if isinstance(planned, list) else ())
    refusal = _noted(workspace, view, is_blank=is_blank)
    return CovertRecord(
        _shown(workspace, view, refusal, is_blank=is_blank),
        record_id=view.id,
        number=str(mission["no"] or "") if mission else "",
        leader=leader,
        members=tuple(name for name in team if name != leader),
        route=str(plan.get("route") or ""),
        remark="" if is_blank else view.text("remark"),
        refusal_seen_by=refusal.seen_by,
        witness="" if is_blank else view.text("witness"),
        is_from_paper=is_from_paper(view) and not is_blank,
    )


def covert_feedback(workspace: Workspace, visit_id: str, *, is_blank: bool = False) -> CovertFeedback:
    """What of one covert visit goes to the inspected unit."""
    view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    return _shown(workspace, view, _noted(workspace, view, is_blank=is_blank), is_blank=is_blank)


def empty_covert_record(workspace: Workspace) -> CovertRecord:
    """For a visit nobody planned, to be filled in by hand."""
    return CovertRecord(empty_covert_feedback(workspace))


def empty_covert_feedback(workspace: Workspace) -> CovertFeedback:
    return CovertFeedback(office_name(workspace))


def _noted(workspace: Workspace, view: VisitView, *, is_blank: bool) -> NotedRefusal:
    return NotedRefusal() if is_blank else noted_refusal(view, shown_signatures(workspace, view))


def _shown(workspace: Workspace, view: VisitView, refusal: NotedRefusal, *, is_blank: bool) -> CovertFeedback:
    unit = find_row(workspace.db, "unit", view.text("unit_id"))
    site = find_row(workspace.db, "site", view.text("site_id"))
    named = CovertFeedback(
        office_name(workspace),
        unit=str(unit["name"]) if unit else "",
        site=str(site["name"]) if site else "",
    )
    if is_blank:
        return named
    numbers = evidence_numbers(view)
    observations = sorted(_observed(workspace, view), key=lambda seen: str(seen["at"] or ""))
    return CovertFeedback(
        named.office,
        parsed_time(view.text("started_at")),
        named.unit,
        named.site,
        tuple(_line(row, numbers) for row in observations),
        parsed_time(view.text("identity_shown_at")),
        _OPINIONS.get(view.text("unit_opinion")),
        view.text("conclusion"),
        refusal.reason,
        refusal.at,
    )


def _observed(workspace: Workspace, view: VisitView) -> list[Mapping[str, object]]:
    """What was noted, whether it has been cut into an entry or not."""
    found: dict[str, Mapping[str, object]] = {
        str(row["key"]): {**row, "evidence_ids": json_value(row, "evidence_ids", [])}
        for row in view.observations
    }
    for draft in drafts_of(workspace.db, view.id):
        if draft.part.startswith(_OBSERVATION):
            found[draft.part.removeprefix(_OBSERVATION)] = draft.value
    return [*found.values()]


def _line(row: Mapping[str, object], numbers: Mapping[str, str]) -> CovertLine:
    evidence, seconds = row["evidence_ids"], row["duration_s"]
    return CovertLine(
        "，".join(str(row[name]) for name in ("fact", "person_desc") if row[name]),
        parsed_time(str(row["at"] or "")),
        str(row["place"] or ""),
        seconds if isinstance(seconds, int) else 0,
        bool(row["is_good"]),
        tuple(numbers[str(each)] for each in evidence if str(each) in numbers)
        if isinstance(evidence, list)
        else (),
    )
