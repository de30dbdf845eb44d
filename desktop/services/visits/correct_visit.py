"""Corrections of what was signed, handed over or locked: with a reason, earlier versions kept readable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.answer import Answer, read_answer
from desktop.domain.canonical import Json
from desktop.domain.entry import SignedEntry
from desktop.domain.lengths import LONGEST_LINE
from desktop.domain.registry import REASON
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import TakenEvidence, add_evidence, take_in_file
from desktop.services.evidence.collect_evidence import Source, list_sources, new_evidence, within_whole
from desktop.services.records.visit_values import VisitView, evidence_numbers, read_visit
from desktop.services.visits.edit_visit import answers_now, check_held, stored_answer
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from desktop.storage.records import all_rows


@dataclass(frozen=True)
class AddedFiles:
    """What a correction adds to the evidence of its item, and what it shows."""

    sources: tuple[Source, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Corrected:
    """``at``: when it was on the disk; ``evidence``: the ids of what was added, in the order of the files."""

    at: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class AnswerVersion:
    """One version of an answer: when it was written, by whom, and why where it is a correction.

    ``evidence``: the numbers of what it names, as far as that is still among the evidence of the visit.
    """

    at: str
    by: str
    reason: str
    answer: Answer
    evidence: tuple[str, ...] = ()


_NO_FILES = AddedFiles()


def correct_answer(
    workspace: Workspace,
    visit_id: str,
    answer: Answer,
    reason: str,
    added: AddedFiles = _NO_FILES,
    report_progress: ReportProgress = unreported,
) -> Corrected:
    """Put an answer in the place of one that is signed or locked, with evidence that is added to it.

    The signature visibly no longer covers it. All files or none: when one cannot be taken in, nothing is corrected.
    """
    if not reason.strip():
        raise UserError(_("A correction needs a reason."), _("Say why the earlier answer was wrong."))
    view = read_visit(workspace.db, visit_id)
    check_held(workspace, view)
    # Asked before the first byte is copied.
    stored_answer(workspace, view, answer)
    said = {REASON: {"text": reason.strip()}}
    taken = _take_in(workspace, answer.item_no, added, said, report_progress)
    with workspace.db.atomic():
        cut_drafts(workspace, visit_id)
        ids = _add(workspace, view, taken)
        named = replace(answer, evidence_ids=tuple(dict.fromkeys((*answer.evidence_ids, *ids))))
        part, value = stored_answer(workspace, view, named)
        parts: dict[str, Mapping[str, object]] = {part: value, **said}
        write_entries(workspace, [change(workspace, visit_id, "visit", parts)])
        log_event(workspace, {"event": "corrected", "part": part}, visit_id)
    return Corrected(local_time(workspace.clock_ms())[11:19], ids)


def correct_evidence(
    workspace: Workspace,
    visit_id: str,
    item_no: int,
    added: AddedFiles,
    reason: str,
    report_progress: ReportProgress = unreported,
) -> Corrected:
    """Add evidence to an item that is signed or locked; what was answered stays as it is."""
    answers = answers_now(workspace, read_visit(workspace.db, visit_id))
    answer = answers.get(item_no, Answer(item_no))
    return correct_answer(workspace, visit_id, answer, reason, added, report_progress)


def versions_of_answer(workspace: Workspace, visit_id: str, item_no: int) -> tuple[AnswerVersion, ...]:
    """Every version of one answer that was ever cut into an entry, newest first."""
    names = {str(row["id"]): str(row["name"]) for row in all_rows(workspace.db, "person")}
    numbers = evidence_numbers(read_visit(workspace.db, visit_id))
    part = f"answer/{item_no}"
    written = [signed for signed in load_log(workspace.db, visit_id) if part in signed.entry.parts]
    written.sort(key=lambda signed: (signed.entry.hlc, signed.entry.hash), reverse=True)
    return tuple(_version(signed, part, item_no, names, numbers) for signed in written)


def _take_in(
    workspace: Workspace,
    item_no: int,
    added: AddedFiles,
    said: Mapping[str, object],
    report_progress: ReportProgress,
) -> list[TakenEvidence]:
    """The bytes of all files, in the store; nothing in the database speaks of them yet."""
    found = list_sources(added.sources)
    if found.lines:
        raise UserError(found.lines[0].remark)
    note = {"item": item_no, "caption": " ".join(added.caption.split())[:LONGEST_LINE]}
    taken, done, total = [], 0, found.total or 1
    for source, weight in zip(found.sources, found.weights, strict=True):
        new = new_evidence(workspace, source, note, said)
        taken.append(take_in_file(workspace, new, within_whole(report_progress, done, weight, total)))
        done += weight
        report_progress(done, total)
    return taken


def _add(workspace: Workspace, view: VisitView, taken: Sequence[TakenEvidence]) -> tuple[str, ...]:
    """The records of what the visit does not have yet; returns the ids of all, each file once."""
    known = {str(row["sha256"]): str(row["id"]) for row in reversed(view.evidence)}
    new = []
    for each in taken:
        if each.taken.sha256 not in known:
            known[each.taken.sha256] = each.new.id
            new.append(each)
    add_evidence(workspace, view.id, new)
    return tuple(dict.fromkeys(known[each.taken.sha256] for each in taken))


def _version(
    signed: SignedEntry, part: str, item_no: int, names: Mapping[str, str], numbers: Mapping[str, str]
) -> AnswerVersion:
    entry = signed.entry
    reason: Mapping[str, Json] = part_value(signed, REASON) if REASON in entry.parts else {}
    answer = read_answer(item_no, part_value(signed, part))
    return AnswerVersion(
        local_time(entry.hlc[0])[:16].replace("T", " "),
        names.get(entry.by, entry.by),
        str(reason.get("text") or ""),
        answer,
        tuple(numbers[each] for each in answer.evidence_ids if each in numbers),
    )
