"""A visit while it is being recorded: opened with its drafts, every change saved by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.answer import Answer, answer_part, check_answer, read_answer
from desktop.domain.checklist import Checklist, Item
from desktop.domain.entry import Ctx
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.locked_items import LockedItemError, lock_items, locked_items
from desktop.services.records.open_secret import VISIT_MODES
from desktop.services.records.stored_checklist import find_item, stored_checklist
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.begin_visit import note_beginning
from desktop.services.visits.missing_in_visit import missing_beside_items
from desktop.services.visits.paper_scan import scans_of
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.settled_conflicts import SettledConflict, settled_conflicts
from desktop.services.visits.show_visit import ShownEvidence, shown_evidence
from desktop.services.visits.visit_head import (
    SUBMITTED,
    VisitHead,
    check_head,
    check_identity,
    drafted_header,
    head_of,
    head_part,
    is_identity_fixed,
    keeping_team,
    plan_of,
    started,
)
from desktop.services.visits.visit_team import Team, team_on_the_road
from desktop.services.workspace.journal import log_event, record_ctx
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.records import find_row, json_value

_ANSWER = "answer/"


@dataclass(frozen=True)
class EditedVisit:
    """``base_ctx``: what was known when it was opened; what is saved later claims to have seen no more than that.

    ``locked``: items that are changed by corrections only; ``is_identity_fixed``: the time that locked them stays,
    and so does the mode. ``is_mode_planned``: the mission says whether the visit is open or covert. ``settled``: who
    goes by the plan or by a change on the road; typing changes no name of it. ``scans``: ids of the evidence that is
    a scan of the paper the visit was entered from. ``missing``: what is missing besides head and items.
    ``has_signatures``: of anybody, while ``is_signed`` asks for that of the leader."""

    id: str
    unit: str
    site: str
    mission_id: str
    checklist: Checklist
    answers: Mapping[int, Answer]
    evidence: tuple[ShownEvidence, ...]
    head: VisitHead
    locked: frozenset[int]
    is_mode_planned: bool
    settled: Team
    is_submitted: bool
    is_signed: bool
    base_ctx: Ctx
    settled_conflicts: tuple[SettledConflict, ...] = ()
    is_from_paper: bool = False
    scans: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    is_identity_fixed: bool = False
    has_signatures: bool = False

    @property
    def conclusion(self) -> str:
        return self.head.conclusion

    @property
    def is_open(self) -> bool:
        """Whether it may still be changed without giving a reason."""
        return not (self.is_signed or self.is_submitted)


def open_visit(workspace: Workspace, visit_id: str) -> EditedVisit:
    """The visit with what was typed last, whether it has been cut into entries or not."""
    view = read_visit(workspace.db, visit_id)
    plan = plan_of(workspace, view)
    checklist = stored_checklist(workspace.db, plan["checklist_id"])
    answers = answers_now(workspace, view)
    header = drafted_header(workspace, view)
    is_from_paper = bool(header.get("is_from_paper"))
    return EditedVisit(
        id=visit_id,
        unit=_name(workspace, "unit", plan["unit_id"]),
        site=_name(workspace, "site", plan["site_id"]),
        mission_id=view.text("mission_id"),
        checklist=checklist,
        answers={number: _as_typed(checklist.item(number), each) for number, each in answers.items()},
        evidence=shown_evidence(workspace, view),
        head=head_of(header),
        locked=locked_items(workspace, visit_id),
        is_mode_planned=plan["mode"] in VISIT_MODES,
        settled=team_on_the_road(workspace, view.text("mission_id"), visit_id),
        is_submitted=header.get("status") == SUBMITTED,
        is_signed=view.is_signed,
        base_ctx=record_ctx(workspace, visit_id),
        settled_conflicts=settled_conflicts(workspace, visit_id),
        is_from_paper=is_from_paper,
        scans=scans_of(view),
        missing=missing_beside_items(
            workspace, replace(view, head={**view.head, "is_from_paper": is_from_paper})
        ),
        is_identity_fixed=is_identity_fixed(workspace, visit_id, header),
        has_signatures=bool(view.signatures),
    )


def answers_now(workspace: Workspace, view: VisitView) -> dict[int, Answer]:
    """{item number: the answer as it was saved last}, drafts before entries."""
    parts: dict[int, Mapping[str, Any]] = {
        number: {
            **row,
            "inputs": json_value(row, "inputs", {}),
            "evidence_ids": json_value(row, "evidence_ids", []),
        }
        for number, row in view.answers.items()
    }
    parts |= {
        int(draft.part.removeprefix(_ANSWER)): draft.value
        for draft in drafts_of(workspace.db, view.id)
        if draft.part.startswith(_ANSWER)
    }
    return {number: read_answer(number, part) for number, part in parts.items()}


def save_answer(workspace: Workspace, visit_id: str, answer: Answer, base_ctx: Ctx) -> str:
    """Store one answer as a draft; returns the time at which it was on the disk.

    The first one also begins the visit.
    """
    view = read_visit(workspace.db, visit_id)
    header = drafted_header(workspace, view)
    check_open(workspace, view, header)
    if answer.item_no in locked_items(workspace, visit_id):
        raise LockedItemError(answer.item_no)
    parts: dict[str, Mapping[str, object]] = dict([stored_answer(workspace, view, answer)])
    with workspace.db.atomic():
        if not header.get("started_at"):
            parts["header"] = started(workspace, header)
            note_beginning(workspace, view)
        save_findings(workspace, visit_id, "visit", parts, base_ctx)
    return local_time(workspace.clock_ms())[11:19]


def stored_answer(workspace: Workspace, view: VisitView, answer: Answer) -> tuple[str, Mapping[str, object]]:
    """The name and value of the part that holds an answer; raises UserError for one that may not be entered."""
    plan = plan_of(workspace, view)
    item = find_item(stored_checklist(workspace.db, plan["checklist_id"]), answer.item_no)
    check_answer(item, answer)
    return f"{_ANSWER}{answer.item_no}", answer_part(item, _with_deduction(item, answer))


def save_head(workspace: Workspace, visit_id: str, head: VisitHead, base_ctx: Ctx) -> str:
    """Store the head as a draft; returns the time at which it was on the disk.

    In a covert visit the time at which identity was shown ends the covert part: what was recorded until then is cut
    into signed entries and locked, and that time stays.
    """
    check_head(head)
    view = read_visit(workspace.db, visit_id)
    before = drafted_header(workspace, view)
    check_open(workspace, view, before)
    check_identity(workspace, visit_id, before, head)
    shows_identity = head.is_covert and bool(head.identity_shown_at) and not before.get("identity_shown_at")
    with workspace.db.atomic():
        kept = keeping_team(workspace, view, before, head)
        save_findings(workspace, visit_id, "visit", {"header": head_part(before, kept)}, base_ctx)
        if shows_identity:
            lock_items(workspace, visit_id, [*_recorded(answers_now(workspace, view))])
            cut_drafts(workspace, visit_id)
            log_event(workspace, {"event": "identity_shown"}, visit_id)
    return local_time(workspace.clock_ms())[11:19]


def check_held(workspace: Workspace, view: VisitView) -> None:
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not assigned to this computer.").format(id=view.id),
            _("Record it where it was assigned, or ask the office to assign it to this computer as well."),
        )


def check_open(workspace: Workspace, view: VisitView, header: Mapping[str, object]) -> None:
    """Refuse what would change a visit that is not this node's, was submitted or is signed."""
    check_held(workspace, view)
    if view.is_signed:
        raise UserError(
            _("The visit {id} has been signed by the team leader.").format(id=view.id),
            _("A signed visit is changed by a correction, not by recording it again."),
        )
    if header.get("status") == SUBMITTED:
        raise UserError(
            _("This visit has been submitted."), _("Reopen it to go on recording, or sign it as the leader.")
        )


def _recorded(answers: Mapping[int, Answer]) -> list[int]:
    """The items that say anything at all."""
    return [number for number, answer in answers.items() if answer != Answer(number)]


def _with_deduction(item: Item, answer: Answer) -> Answer:
    """What the rule computes, where the figures are complete and nothing was entered by hand."""
    if not answer.is_applicable or answer.deduct is not None or not answer.inputs:
        return answer
    return (
        answer
        if item.rule.missing(answer.inputs)
        else replace(answer, deduct=item.rule.deduction(answer.inputs))
    )


def _as_typed(item: Item | None, answer: Answer) -> Answer:
    """Without a deduction that only repeats what the rule computes: it was not typed, and follows the figures."""
    if item is None or answer.deduct is None or not answer.inputs or item.rule.missing(answer.inputs):
        return answer
    return replace(answer, deduct=None) if item.rule.deduction(answer.inputs) == answer.deduct else answer


def _name(workspace: Workspace, table: str, record_id: str) -> str:
    row = find_row(workspace.db, table, record_id) if record_id else None
    return str(row["name"] or "") if row else ""
