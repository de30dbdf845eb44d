"""Corrections of what was signed, handed over or locked: with a reason, earlier versions kept readable."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.answer import Answer, read_answer
from desktop.domain.canonical import Json
from desktop.domain.entry import SignedEntry
from desktop.domain.registry import REASON
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import check_held, stored_answer
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from desktop.storage.records import all_rows


@dataclass(frozen=True)
class AnswerVersion:
    """One version of an answer: when it was written, by whom, and why where it is a correction."""

    at: str
    by: str
    reason: str
    answer: Answer


def correct_answer(workspace: Workspace, visit_id: str, answer: Answer, reason: str) -> str:
    """Put an answer in the place of one that is signed or locked; returns the time it was on the disk.

    The signature visibly no longer covers it.
    """
    if not reason.strip():
        raise UserError(_("A correction needs a reason."), _("Say why the earlier answer was wrong."))
    view = read_visit(workspace.db, visit_id)
    check_held(workspace, view)
    part, value = stored_answer(workspace, view, answer)
    parts: dict[str, Mapping[str, object]] = {part: value, REASON: {"text": reason.strip()}}
    with workspace.db.atomic():
        cut_drafts(workspace, visit_id)
        write_entries(workspace, [change(workspace, visit_id, "visit", parts)])
        log_event(workspace, {"event": "corrected", "part": part}, visit_id)
    return local_time(workspace.clock_ms())[11:19]


def versions_of_answer(workspace: Workspace, visit_id: str, item_no: int) -> tuple[AnswerVersion, ...]:
    """Every version of one answer that was ever cut into an entry, newest first."""
    names = {str(row["id"]): str(row["name"]) for row in all_rows(workspace.db, "person")}
    part = f"answer/{item_no}"
    written = [signed for signed in load_log(workspace.db, visit_id) if part in signed.entry.parts]
    written.sort(key=lambda signed: (signed.entry.hlc, signed.entry.hash), reverse=True)
    return tuple(_version(signed, part, item_no, names) for signed in written)


def _version(signed: SignedEntry, part: str, item_no: int, names: Mapping[str, str]) -> AnswerVersion:
    entry = signed.entry
    reason: Mapping[str, Json] = part_value(signed, REASON) if REASON in entry.parts else {}
    return AnswerVersion(
        local_time(entry.hlc[0])[:16].replace("T", " "),
        names.get(entry.by, entry.by),
        str(reason.get("text") or ""),
        read_answer(item_no, part_value(signed, part)),
    )
