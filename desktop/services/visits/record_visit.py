"""Entering a finished visit from a VISIT.json: keyed in from paper (补录), by a script, or by a test.

One transaction: either the whole visit is there with all its evidence, or nothing is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.domain.answer import Answer, answer_part, check_answer
from desktop.domain.canonical import Json
from desktop.domain.checklist import Checklist, Item
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import NewEvidence, TakenEvidence, add_evidence, take_in_files
from desktop.services.records.form_values import parsed_time
from desktop.services.records.mission_nonce import RECORDED, known_nonce
from desktop.services.records.open_secret import VISIT_MODES, opened_visit
from desktop.services.records.read_json import JsonFile
from desktop.services.records.references import find_by_name
from desktop.services.records.stored_checklist import find_item, stored_checklist
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.check_clerk import check_clerk
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.visit_head import head_of
from desktop.services.workspace.journal import birth, log_event, write_entries
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported

_HEAD_TEXTS = (
    "check_type",
    "started_at",
    "ended_at",
    "identity_shown_at",
    "accompany",
    "unit_rep",
    "unit_rep_phone",
    "leader",
    "conclusion",
    "unit_opinion",
    "refused_reason",
    "witness",
    "remark",
)
SUBMITTED = "已提交"


@dataclass(frozen=True)
class RecordedVisit:
    """What was entered. ``evidence``: ids in the order of the file."""

    id: str
    is_new: bool
    evidence: tuple[str, ...]


def record_visit(
    workspace: Workspace, file: JsonFile, report_progress: ReportProgress = unreported
) -> RecordedVisit:
    """Enter the visit that a checked VISIT.json describes; evidence files are named relative to it."""
    visit = file.value
    known = _known_head(workspace, visit.get("visit", ""))
    head = _head(workspace, visit, known)
    if head["is_from_paper"]:
        check_clerk(workspace, head_of(head))
    checklist = stored_checklist(workspace.db, str(head["checklist_id"]))
    new_ids = [workspace.new_id() for _each in visit.get("evidence", [])]
    # Refused before any file is taken in.
    _answers(visit.get("answers", []), checklist, new_ids)
    taken = take_in_files(workspace, _new_evidence(file.path, visit, new_ids), report_progress)
    evidence_ids = _ids_by_content(workspace, visit.get("visit", ""), taken)
    answers = _answers(visit.get("answers", []), checklist, evidence_ids)
    observations = _observations(workspace, visit.get("observations", []), evidence_ids)
    is_new = not visit.get("visit")
    visit_id = visit.get("visit") or workspace.new_id()
    with workspace.db.atomic():
        if is_new:
            custody: dict[str, object] = {"holders": [workspace.node], "n": 1}
            write_entries(workspace, [birth(workspace, visit_id, "visit", {"custody": custody})])
        site = _site(workspace, visit.get("site", ""), str(head["unit_id"]))
        parts: dict[str, Mapping[str, object]] = {
            "header": {**head, "site_id": site or head["site_id"]},
            **answers,
            **observations,
        }
        save_findings(workspace, visit_id, "visit", parts)
        cut_drafts(workspace, visit_id)
        add_evidence(workspace, visit_id, [each for each in taken if each.new.id in evidence_ids])
        nonce = known_nonce(workspace, str(head["mission_id"]))
        log_event(workspace, {"event": RECORDED, **nonce}, visit_id)
    return RecordedVisit(visit_id, is_new, tuple(evidence_ids))


def _ids_by_content(workspace: Workspace, visit_id: str, taken: Sequence[TakenEvidence]) -> list[str]:
    """The evidence each file is: recording a visit again, or naming a photo twice, makes no second piece of it."""
    before = read_visit(workspace.db, visit_id).evidence if visit_id else ()
    known = {str(row["sha256"]): str(row["id"]) for row in before}
    return [known.setdefault(each.taken.sha256, each.new.id) for each in taken]


def _known_head(workspace: Workspace, visit_id: str) -> Mapping[str, str]:
    """What the plan, or the opened secret of a sealed mission, says about the visit."""
    if not visit_id:
        return {}
    view = read_visit(workspace.db, visit_id)
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not assigned to this computer.").format(id=visit_id),
            _("Record it where it was assigned, or ask the office to assign it to this computer as well."),
        )
    if view.is_signed:
        raise UserError(
            _("The visit {id} has been signed by the team leader.").format(id=visit_id),
            _("A signed visit is changed by a correction, not by recording it again."),
        )
    planned = {name: view.text(name) for name in ("mission_id", "unit_id", "site_id", "checklist_id", "mode")}
    opened = opened_visit(workspace, planned["mission_id"], visit_id)
    return {**planned, **opened}


def _head(workspace: Workspace, visit: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, object]:
    db = workspace.db
    unit = visit.get("unit") or known.get("unit_id")
    code = visit.get("checklist") or known.get("checklist_id")
    if not unit or not code:
        raise UserError(
            _("A visit nobody planned needs a unit and a checklist."),
            _("Name both in the file (“unit”, “checklist”), or the visit of a mission (“visit”)."),
        )
    checklist = find_by_name(db, "checklist", code)
    mission = find_by_name(db, "mission", visit["mission"])["id"] if visit.get("mission") else ""
    return {
        "mission_id": mission or known.get("mission_id", ""),
        "unit_id": find_by_name(db, "unit", unit)["id"],
        "site_id": known.get("site_id", ""),
        "checklist_id": checklist["id"],
        "checklist_hash": checklist["content_hash"],
        "mode": _mode(visit, known),
        "status": SUBMITTED,
        "team": visit.get("team", []),
        "is_from_paper": visit.get("is_from_paper", False),
        **{name: visit.get(name) or known.get(name, "") for name in _HEAD_TEXTS},
        "started_at": _started_at(visit),
    }


def _mode(visit: Mapping[str, Any], known: Mapping[str, str]) -> str:
    """How the unit was visited: it decides how the score counts, so it is never guessed for a planned visit."""
    mode = visit.get("mode") or known.get("mode") or ("明查" if not known else "")
    if mode not in VISIT_MODES:
        raise UserError(
            _("It is not clear whether this visit was open or covert."),
            _("Say so in the file (“mode”: 明查 or 暗访)."),
        )
    return str(mode)


def _started_at(visit: Mapping[str, Any]) -> str:
    """When the visit began; what is keyed in from paper has to say."""
    started_at, ended_at = visit.get("started_at", ""), visit.get("ended_at", "")
    if not started_at and visit.get("is_from_paper"):
        raise UserError(
            _("A visit keyed in from paper needs the time it began."), _("Give “started_at” as on the form.")
        )
    start, end = parsed_time(started_at), parsed_time(ended_at)
    if start and end and end.replace(tzinfo=None) < start.replace(tzinfo=None):
        raise UserError(_("The visit ends before it begins."), _("Check “started_at” and “ended_at”."))
    return str(started_at)


def _answers(
    rows: Sequence[Mapping[str, Any]], checklist: Checklist, evidence_ids: Sequence[str]
) -> dict[str, dict[str, Json]]:
    answers: dict[str, dict[str, Json]] = {}
    for row in rows:
        item = find_item(checklist, row["item"])
        if f"answer/{item.no}" in answers:
            raise UserError(
                _("Item {no} is answered twice.").format(no=item.no), _("Leave one of the two answers out.")
            )
        answer = Answer(
            item_no=item.no,
            is_applicable=row.get("applicable", True),
            deduct=None if row.get("deduct") is None else Decimal(row["deduct"]),
            inputs=row.get("inputs", {}),
            facts=row.get("facts", ""),
            veto_hit=row.get("veto", False),
            fixed_on_site=row.get("fixed_on_site", False),
            evidence_ids=tuple(_named(row.get("evidence", []), evidence_ids)),
        )
        check_answer(item, answer)
        answers[f"answer/{item.no}"] = answer_part(item, _with_deduction(item, answer))
    return answers


def _with_deduction(item: Item, answer: Answer) -> Answer:
    """What the rule computes from the figures, where no deduction was entered by hand."""
    if not answer.is_applicable or answer.deduct is not None:
        return answer
    if not answer.inputs:
        raise UserError(
            _("Item {no} has neither figures nor a deduction.").format(no=item.no),
            _("Give “deduct”, or the figures it asks for: {names}.").format(
                names=_(", ").join(asked.key for asked in item.rule.inputs)
            ),
        )
    return replace(answer, deduct=item.rule.deduction(answer.inputs))


def _observations(
    workspace: Workspace, rows: Sequence[Mapping[str, Any]], evidence_ids: Sequence[str]
) -> dict[str, dict[str, object]]:
    return {
        f"observation/{workspace.new_id()}": {
            "at": row["at"],
            "place": row.get("place", ""),
            "fact": row["fact"],
            "person_desc": row.get("person", ""),
            "duration_s": row.get("duration_s", 0),
            "is_good": row.get("good", False),
            "evidence_ids": _named(row.get("evidence", []), evidence_ids),
        }
        for row in rows
    }


def _new_evidence(path: Path, visit: Mapping[str, Any], evidence_ids: Sequence[str]) -> list[NewEvidence]:
    return [
        NewEvidence(evidence_id, path.parent / row["path"], {k: v for k, v in row.items() if k != "path"})
        for evidence_id, row in zip(evidence_ids, visit.get("evidence", []), strict=True)
    ]


def _named(numbers: Sequence[int], evidence_ids: Sequence[str]) -> list[str]:
    beyond = [number for number in numbers if number > len(evidence_ids)]
    if beyond:
        raise UserError(
            _("Evidence number {number} is named, but the file lists only {count}.").format(
                number=beyond[0], count=len(evidence_ids)
            ),
            _("Number the evidence from 1 in the order of the list."),
        )
    return [evidence_ids[number - 1] for number in numbers]


def _site(workspace: Workspace, site: str | Mapping[str, str], unit_id: str) -> str:
    """The id of a site: a known one by name, or one found on the road, which is made here."""
    if isinstance(site, str):
        return str(find_by_name(workspace.db, "site", site)["id"]) if site else ""
    site_id = workspace.new_id()
    facts: dict[str, object] = {"unit_id": unit_id, **site}
    write_entries(workspace, [birth(workspace, site_id, "site", {"facts": facts})])
    return site_id
