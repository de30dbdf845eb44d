"""A visit while it is being recorded: opened with its drafts, saved item by item, finished and signed as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop.domain.answer import Answer, answer_part, check_answer, read_answer
from desktop.domain.checklist import Checklist, Item
from desktop.domain.entry import Ctx
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.attach_evidence import attach_evidence
from desktop.services.journal import record_ctx
from desktop.services.local_time import local_time
from desktop.services.open_secret import opened_visit
from desktop.services.save_findings import cut_drafts, save_findings
from desktop.services.show_visit import ShownEvidence, shown_evidence
from desktop.services.sign_visit import SignedVisit, sign_visit
from desktop.services.stored_checklist import find_item, stored_checklist
from desktop.services.visit_values import VisitView, read_visit
from desktop.services.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.records import find_row, json_value

UNDER_WAY = "检查中"
SUBMITTED = "已提交"
_ANSWER = "answer/"


@dataclass(frozen=True)
class EditedVisit:
    """``base_ctx``: what was known when it was opened; what is saved later claims to have seen no more than that."""

    id: str
    unit: str
    site: str
    mission_id: str
    checklist: Checklist
    answers: Mapping[int, Answer]
    evidence: tuple[ShownEvidence, ...]
    conclusion: str
    is_signed: bool
    base_ctx: Ctx


def open_visit(workspace: Workspace, visit_id: str) -> EditedVisit:
    """The visit with what was typed last, whether it has been cut into entries or not."""
    view = read_visit(workspace.db, visit_id)
    plan = _plan(workspace, view)
    checklist = stored_checklist(workspace.db, plan["checklist_id"])
    drafts = {draft.part: draft.value for draft in drafts_of(workspace.db, visit_id)}
    parts: dict[int, Mapping[str, Any]] = {
        number: {
            **row,
            "inputs": json_value(row, "inputs", {}),
            "evidence_ids": json_value(row, "evidence_ids", []),
        }
        for number, row in view.answers.items()
    }
    parts |= {
        int(part.removeprefix(_ANSWER)): value for part, value in drafts.items() if part.startswith(_ANSWER)
    }
    answers = {number: read_answer(number, part) for number, part in parts.items()}
    return EditedVisit(
        id=visit_id,
        unit=_name(workspace, "unit", plan["unit_id"]),
        site=_name(workspace, "site", plan["site_id"]),
        mission_id=view.text("mission_id"),
        checklist=checklist,
        answers={number: _as_typed(checklist.item(number), each) for number, each in answers.items()},
        evidence=shown_evidence(workspace, view),
        conclusion=str(drafts.get("header", {}).get("conclusion") or view.text("conclusion")),
        is_signed=view.is_signed,
        base_ctx=record_ctx(workspace, visit_id),
    )


def save_answer(workspace: Workspace, visit_id: str, answer: Answer, base_ctx: Ctx) -> str:
    """Store one answer as a draft; returns the time at which it was on the disk.

    The first one also begins the visit.
    """
    view = read_visit(workspace.db, visit_id)
    _check_open(workspace, view)
    plan = _plan(workspace, view)
    item = find_item(stored_checklist(workspace.db, plan["checklist_id"]), answer.item_no)
    check_answer(item, answer)
    parts: dict[str, Mapping[str, object]] = {
        f"{_ANSWER}{answer.item_no}": answer_part(item, _with_deduction(item, answer))
    }
    head = _head(workspace, view)
    if not head.get("started_at"):
        parts["header"] = _begun(workspace, view, plan)
    save_findings(workspace, visit_id, "visit", parts, base_ctx)
    return local_time(workspace.clock_ms())[11:19]


def add_to_item(
    workspace: Workspace, visit_id: str, answer: Answer, files: Sequence[Path], base_ctx: Ctx
) -> Answer:
    """Take files in as evidence of one item; returns the answer that names them."""
    _check_open(workspace, read_visit(workspace.db, visit_id))
    taken = attach_evidence(workspace, visit_id, files, {"item": answer.item_no})
    named = replace(answer, evidence_ids=(*answer.evidence_ids, *taken))
    save_answer(workspace, visit_id, named, base_ctx)
    return named


def finish_visit(workspace: Workspace, visit_id: str, conclusion: str) -> SignedVisit:
    """Submit the visit with its conclusion and sign it as the leader; from now on it is changed by corrections."""
    view = read_visit(workspace.db, visit_id)
    _check_open(workspace, view)
    head = _head(workspace, view)
    if not head.get("started_at"):
        raise UserError(
            _("The visit {id} has no findings yet.").format(id=visit_id), _("Record it first, then sign it.")
        )
    with workspace.db.atomic():
        ended = {**head, "conclusion": conclusion.strip(), "status": SUBMITTED, "ended_at": _now(workspace)}
        save_findings(workspace, visit_id, "visit", {"header": ended})
        cut_drafts(workspace, visit_id)
    return sign_visit(workspace, visit_id)


def _plan(workspace: Workspace, view: VisitView) -> dict[str, str]:
    names = ("mission_id", "unit_id", "site_id", "checklist_id", "mode")
    plan = {name: view.text(name) for name in names}
    return {**plan, **opened_visit(workspace, plan["mission_id"], view.id)}


def _head(workspace: Workspace, view: VisitView) -> dict[str, object]:
    """The header as it was last typed, else as it was cut; empty before the visit has begun."""
    for draft in drafts_of(workspace.db, view.id):
        if draft.part == "header":
            return dict(draft.value)
    if not view.text("started_at"):
        return {}
    begun = _begun(workspace, view, _plan(workspace, view))
    stored: dict[str, object] = {name: view.head[name] for name in begun if view.head.get(name) is not None}
    return {**begun, **stored, "team": list(view.team), "is_from_paper": bool(view.head.get("is_from_paper"))}


def _begun(workspace: Workspace, view: VisitView, plan: Mapping[str, str]) -> dict[str, object]:
    checklist = find_row(workspace.db, "checklist", plan["checklist_id"])
    texts = ("check_type", "ended_at", "identity_shown_at", "accompany", "unit_rep", "unit_rep_phone")
    more = ("conclusion", "unit_opinion", "refused_reason", "witness", "remark")
    return {
        **{name: view.text(name) for name in (*texts, *more)},
        **plan,
        "mode": plan["mode"] or "明查",
        "checklist_hash": str(checklist["content_hash"] or "") if checklist else "",
        "status": UNDER_WAY,
        "team": list(view.team),
        "is_from_paper": False,
        "leader": view.text("leader") or workspace.person.name,
        "started_at": _now(workspace),
    }


def _check_open(workspace: Workspace, view: VisitView) -> None:
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not assigned to this computer.").format(id=view.id),
            _("Record it where it was assigned, or ask the office to assign it to this computer as well."),
        )
    if view.is_signed:
        raise UserError(
            _("The visit {id} has been signed by the team leader.").format(id=view.id),
            _("A signed visit is changed by a correction, not by recording it again."),
        )


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


def _now(workspace: Workspace) -> str:
    return local_time(workspace.clock_ms())
