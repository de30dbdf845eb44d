"""补录: a visit that was recorded on paper begins here, with its times and scans; its items are keyed in then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import NewEvidence, add_evidence, take_in_files
from desktop.services.missions.begin_unplanned_visit import UnplannedVisit, begin_unplanned_visit
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.paper_scan import PAPER_SCAN
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.visit_head import check_head, drafted_header, head_of, head_part
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported

_MOST_SCANS = 60


@dataclass(frozen=True)
class PaperVisit:
    """``visit``: the id of a planned visit, or what a visit nobody planned needs. Times as they stand on paper."""

    visit: str | UnplannedVisit
    started_at: str
    ended_at: str = ""
    scans: tuple[Path, ...] = ()


def enter_from_paper(
    workspace: Workspace, paper: PaperVisit, report_progress: ReportProgress = unreported
) -> str:
    """Mark the visit as entered from paper and take its scans in; returns the id of the visit.

    All or nothing: when a scan cannot be taken in, the visit stays as it was. Done again, it adds scans to the visit,
    and times that are left empty stay.
    """
    if len(paper.scans) > _MOST_SCANS:
        raise UserError(
            _("At most {count} scans are taken in at once.").format(count=_MOST_SCANS),
            _("Add the others among the evidence of the visit."),
        )
    if isinstance(paper.visit, str):
        view = read_visit(workspace.db, paper.visit)
        check_open(workspace, view, drafted_header(workspace, view))
    taken = take_in_files(workspace, _new_scans(workspace, paper.scans), report_progress)
    with workspace.db.atomic():
        visit_id = (
            paper.visit if isinstance(paper.visit, str) else begin_unplanned_visit(workspace, paper.visit)
        )
        header = _header(workspace, visit_id, paper)
        save_findings(workspace, visit_id, "visit", {"header": header})
        # The visit may belong to nobody's plan: evidence hangs on what is an entry already.
        cut_drafts(workspace, visit_id)
        add_evidence(workspace, visit_id, taken)
        log_event(workspace, {"event": "from_paper"}, visit_id)
    return visit_id


def _header(workspace: Workspace, visit_id: str, paper: PaperVisit) -> Mapping[str, object]:
    before = drafted_header(workspace, read_visit(workspace.db, visit_id))
    head = head_of(before)
    is_again = bool(before.get("is_from_paper"))
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
    return {**head_part(before, head), "is_from_paper": True}


def _new_scans(workspace: Workspace, scans: Sequence[Path]) -> list[NewEvidence]:
    note = {"capture_mode": PAPER_SCAN, "kind": PAPER_SCAN, "caption": "纸质记录扫描件"}
    return [NewEvidence(workspace.new_id(), path, note) for path in scans]
