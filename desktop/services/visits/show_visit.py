"""One visit as it is read on the screen: what was found, what proves it, and the score line by line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.photo_time import Fit, TimeFit, VisitTime, fit_time
from desktop.domain.visit_score import VisitScore
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.describe_media import thumbnail
from desktop.services.records.late_evidence import Addition, addition_of
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.other_uses import reuse_lines
from desktop.services.records.photo_times import camera_time
from desktop.services.records.recordings import ShownRecording, recordings_of
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.records.visit_times import VisitTimes, time_of_visit, visit_times
from desktop.services.records.visit_values import VisitView, derivation_text, evidence_numbers, read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.visits.interview import Interview, Removal, interview_of_row
from desktop.services.visits.paper_scan import is_from_paper
from desktop.services.visits.removed_interviews import removed_from_visit
from desktop.services.visits.settled_conflicts import SettledConflict, settled_conflicts
from desktop.services.visits.show_signatures import ShownSignature, shown_signatures
from desktop.services.visits.visit_team import TEAM_CHANGED, Team, planned_team
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.journal_search import events_about
from desktop.storage.object_table import find_object
from desktop.storage.records import Row, find_record, find_row

LIST_SIDE = 320
_NO_TIME = TimeFit(Fit.UNKNOWN)
_UNKNOWN = VisitTime()


@dataclass(frozen=True)
class ShownEvidence:
    """``number`` is the one on the forms; ``is_here``: whether its file lies on this computer.

    ``is_pruned``: it was cleared after the office had confirmed it. A recording is shown as one piece, by its first
    segment. ``derivation`` says how it was made from other evidence, of which ``parent_number`` is empty where it is
    not among the evidence of the visit; both are empty for an original. ``before_id``: the photo of before the
    rectification. ``added``: how a correction brought it, None for what was there when the visit was recorded.
    """

    id: str
    number: str
    sha256: str
    name: str
    mime: str
    size: int
    caption: str
    item: str
    is_here: bool
    time_fit: TimeFit = _NO_TIME
    recording: ShownRecording | None = None
    is_pruned: bool = False
    derivation: str = ""
    parent_number: str = ""
    before_id: str = ""
    added: Addition | None = None

    @property
    def is_derived(self) -> bool:
        return bool(self.derivation)

    @property
    def ids(self) -> tuple[str, ...]:
        """Its own, or those of all segments."""
        segments = self.recording.segments if self.recording is not None else ()
        return tuple(segment.evidence_id for segment in segments) or (self.id,)


@dataclass(frozen=True)
class ShownObservation:
    """One line of a covert visit's log."""

    at: str
    place: str
    fact: str
    is_good: bool


@dataclass(frozen=True)
class TeamChangeNote:
    """Somebody was added or replaced on the road; ``at`` is local time."""

    at: str
    by: str
    reason: str


@dataclass(frozen=True)
class ShownVisit:
    """``facts``: {item number: what was written}. ``score`` is None where the checklist has not come here.

    ``planned``: the team of the mission as the office made it, where ``team_changes`` say that others went.
    ``is_settled_here``: what is in conflict is settled by this office.
    ``reused``: which of its files are evidence of other visits, too, in sentences. ``removals``: interviews that were
    taken out of it.
    """

    id: str
    unit: str
    site: str
    checklist: str
    mission: str
    head: Mapping[str, str]
    team: tuple[str, ...]
    score: VisitScore | None
    problem: str
    facts: Mapping[int, str]
    observations: tuple[ShownObservation, ...]
    evidence: tuple[ShownEvidence, ...]
    signatures: tuple[ShownSignature, ...]
    times: VisitTimes
    contested: tuple[str, ...]
    planned: Team
    team_changes: tuple[TeamChangeNote, ...]
    settled: tuple[SettledConflict, ...]
    is_settled_here: bool
    interviews: tuple[Interview, ...]
    is_from_paper: bool
    reused: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()


def show_visit(workspace: Workspace, visit_id: str) -> ShownVisit:
    view = read_visit(workspace.db, visit_id)
    if not view.text("unit_id"):
        view = with_opened_plan(workspace, view)
    state = find_record(workspace.db, visit_id)
    score, problem = _score(workspace, view)
    mission = find_row(workspace.db, "mission", view.text("mission_id"))
    return ShownVisit(
        id=visit_id,
        unit=_name(workspace, "unit", view.text("unit_id")),
        site=_name(workspace, "site", view.text("site_id")),
        checklist=_name(workspace, "checklist", view.text("checklist_id")),
        mission=str((mission["title"] or mission["cover_name"] or "") if mission else ""),
        head={name: str(value) for name, value in view.head.items() if isinstance(value, str) and value},
        team=view.team,
        score=score,
        problem=problem,
        facts={number: str(answer["facts"] or "") for number, answer in view.answers.items()},
        observations=tuple(_observation(row) for row in view.observations),
        evidence=shown_evidence(workspace, view),
        signatures=shown_signatures(workspace, view),
        times=visit_times(workspace, view),
        contested=state.contested if state else (),
        planned=planned_team(workspace, view.text("mission_id")),
        team_changes=_team_changes(workspace, view),
        settled=settled_conflicts(workspace, visit_id),
        is_settled_here=state is not None and state.home == workspace.node,
        interviews=tuple(map(interview_of_row, view.interviews)),
        is_from_paper=is_from_paper(view),
        reused=_reused(workspace, view),
        removals=tuple(each.removed for each in removed_from_visit(workspace, visit_id) if each.removed),
    )


def shown_evidence(workspace: Workspace, view: VisitView) -> tuple[ShownEvidence, ...]:
    """The evidence of a visit in the order of intake."""
    numbers = evidence_numbers(view)
    time = time_of_visit(workspace, view) if view.evidence else _UNKNOWN
    recordings = recordings_of(workspace, view)
    shown = []
    for row in view.evidence:
        recording = recordings.get(str(row["recording_id"] or ""))
        if recording is None or recording.segments[0].evidence_id == row["id"]:
            shown.append(replace(one_evidence(workspace, row, numbers, time), recording=recording))
    return tuple(shown)


def one_evidence(
    workspace: Workspace, row: Row, numbers: Mapping[str, str], time: VisitTime = _UNKNOWN
) -> ShownEvidence:
    """``numbers``: {evidence id: number} of its visit; ``time``: when that was made, as far as it is known."""
    sha256 = str(row["sha256"] or "")
    known = find_object(workspace.db, sha256)
    return ShownEvidence(
        id=str(row["id"]),
        number=numbers.get(str(row["id"]), ""),
        sha256=sha256,
        name=str(row["name"] or ""),
        mime=str(row["mime"] or ""),
        size=int(row["size"] or 0),
        caption=str(row["caption"] or ""),
        item=str(row["item"] or ""),
        is_here=known is not None and known.state == "have",
        is_pruned=known is not None and known.state == "pruned",
        time_fit=fit_time(camera_time(row), time),
        derivation=derivation_text(row),
        parent_number=numbers.get(str(row["parent_id"] or ""), ""),
        before_id=str(row["before_id"] or ""),
        added=addition_of(workspace.db, row),
    )


def evidence_picture(workspace: Workspace, sha256: str, longest_side: int = LIST_SIDE) -> bytes:
    """A small JPEG of a piece of evidence; empty where it is no picture or its file is not here."""
    known = find_object(workspace.db, sha256)
    if known is None or known.state != "have":
        return b""
    return thumbnail(workspace, sha256, longest_side)


def _reused(workspace: Workspace, view: VisitView) -> tuple[str, ...]:
    numbers = evidence_numbers(view)
    return tuple(
        _("{number}: the same file is also evidence of {visit}.").format(number=numbers[own_id], visit=visit)
        for own_id, visit in reuse_lines(workspace.db, view.id)
    )


def _score(workspace: Workspace, view: VisitView) -> tuple[VisitScore | None, str]:
    if not view.text("checklist_id"):
        return None, _("Which checklist applies is sealed, or not known here yet.")
    try:
        stored_checklist(workspace.db, view.text("checklist_id"))
    except UserError as error:
        return None, str(error)
    return score_of_visit(workspace, view), ""


def _team_changes(workspace: Workspace, view: VisitView) -> tuple[TeamChangeNote, ...]:
    """What the computers that hold the visit noted about it, or about its whole mission."""
    rows = events_about(workspace.db, TEAM_CHANGED, [view.id, view.text("mission_id")])
    return tuple(
        TeamChangeNote(local_time(int(str(row["at_ms"]))), str(row["by_name"]), str(row["reason"]))
        for row in rows
        if row["node"] in view.holders
    )


def _name(workspace: Workspace, table: str, record_id: str) -> str:
    row = find_row(workspace.db, table, record_id) if record_id else None
    return str(row["name"] or "") if row else ""


def _observation(row: Row) -> ShownObservation:
    return ShownObservation(
        str(row["at"] or ""), str(row["place"] or ""), str(row["fact"] or ""), bool(row["is_good"])
    )
