"""补录: a visit that was recorded on paper begins here, with its times and scans; its items are keyed in then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import NewEvidence, add_evidence, take_in_files
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.begin_unplanned_visit import UnplannedVisit, begin_unplanned_visit
from desktop.services.records.form_values import parsed_time
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.check_clerk import check_clerk
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.paper_scan import PAPER_SCAN
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.visit_head import (
    VisitHead,
    check_head,
    drafted_header,
    head_of,
    head_part,
    keeping_team,
    plan_of,
)
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported

_MOST_SCANS = 60


@dataclass(frozen=True)
class PaperVisit:
    """``visit``: the id of a planned visit, or what a visit nobody planned needs. Times as they stand on paper.

    ``leader`` and ``team``: the inspectors the paper names; empty leaves those of the plan or of the first time.
    """

    visit: str | UnplannedVisit
    started_at: str
    ended_at: str = ""
    scans: tuple[Path, ...] = ()
    leader: str = ""
    team: tuple[str, ...] = ()


def enter_from_paper(
    workspace: Workspace, paper: PaperVisit, report_progress: ReportProgress = unreported
) -> str:
    """Mark the visit as entered from paper and take its scans in; returns the id of the visit.

    All or nothing: when a scan cannot be taken in, the visit stays as it was. Done again, it adds scans to the visit,
    and times that are left empty stay. A visit that nobody has begun is given to the office where that keys it in.
    """
    if len(paper.scans) > _MOST_SCANS:
        raise UserError(
            _("At most {count} scans are taken in at once.").format(count=_MOST_SCANS),
            _("Add the others among the evidence of the visit."),
        )
    if isinstance(paper.visit, str) and not _is_to_be_taken_over(workspace, paper.visit):
        view = read_visit(workspace.db, paper.visit)
        check_open(workspace, view, drafted_header(workspace, view))
    taken = take_in_files(workspace, _new_scans(workspace, paper.scans), report_progress)
    with workspace.db.atomic():
        visit_id = _visit(workspace, paper.visit)
        header = _header(workspace, visit_id, paper)
        save_findings(workspace, visit_id, "visit", {"header": header})
        # The visit may belong to nobody's plan: evidence hangs on what is an entry already.
        cut_drafts(workspace, visit_id)
        add_evidence(workspace, visit_id, taken)
        log_event(workspace, {"event": "from_paper"}, visit_id)
    return visit_id


def _visit(workspace: Workspace, visit: str | UnplannedVisit) -> str:
    """The id of a visit that this computer holds from now on. Runs inside the caller's transaction."""
    if not isinstance(visit, str):
        return begin_unplanned_visit(workspace, visit)
    if _is_to_be_taken_over(workspace, visit):
        mission = read_visit(workspace.db, visit).text("mission_id")
        assign_visits(workspace, mission, find_node_by_name(workspace, workspace.node), (visit,))
    return visit


def _is_to_be_taken_over(workspace: Workspace, visit_id: str) -> bool:
    """Whether the office may give itself this visit of a mission: others were to make it, and have noted nothing."""
    view = read_visit(workspace.db, visit_id)
    if not workspace.is_office or workspace.node in view.holders or not view.text("mission_id"):
        return False
    if not plan_of(workspace, view)["checklist_id"]:
        return False
    return not (view.text("started_at") or view.answers or view.observations or view.signatures)


def _header(workspace: Workspace, visit_id: str, paper: PaperVisit) -> Mapping[str, object]:
    view = read_visit(workspace.db, visit_id)
    before = drafted_header(workspace, view)
    is_again = bool(before.get("is_from_paper"))
    named = _with_names(workspace, head_of(before), paper, is_again=is_again)
    head = keeping_team(workspace, view, before, named)
    head = replace(
        head,
        started_at=paper.started_at or (head.started_at if is_again else ""),
        ended_at=paper.ended_at or head.ended_at,
    )
    if not head.started_at:
        raise UserError(
            _("A visit keyed in from paper needs the time it began."),
            _("Fill it in as it stands on the form, such as 2026-11-20 09:30."),
        )
    check_head(head)
    _check_past(workspace, head)
    check_clerk(workspace, head)
    return {**head_part(before, head), "is_from_paper": True}


def _check_past(workspace: Workspace, head: VisitHead) -> None:
    """What stands on paper has happened: a later time was mistyped, and would score in the wrong period."""
    now_s = workspace.clock_ms() / 1000
    for text in (head.started_at, head.ended_at):
        time = parsed_time(text)
        if time is not None and time.timestamp() > now_s:
            raise UserError(
                _("The time on paper, {time}, is later than it is now.").format(
                    time=text[:16].replace("T", " ")
                ),
                _("Look at the paper again, and whether the clock of this computer is right."),
            )


def _with_names(workspace: Workspace, head: VisitHead, paper: PaperVisit, *, is_again: bool) -> VisitHead:
    """The head with the inspectors of the paper. At the office nobody is presumed to have been there."""
    if paper.leader or (workspace.is_office and not is_again):
        leader = " ".join(paper.leader.split())
        return replace(head, leader=leader, team=tuple(name for name in paper.team if name != leader))
    return head


def _new_scans(workspace: Workspace, scans: Sequence[Path]) -> list[NewEvidence]:
    note = {"capture_mode": PAPER_SCAN, "kind": PAPER_SCAN, "caption": "纸质记录扫描件"}
    return [NewEvidence(workspace.new_id(), path, note) for path in scans]
