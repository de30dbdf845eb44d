"""Taking files in as evidence of a visit: object first, row last, and only then “saved”."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.domain.lengths import LONGEST_LINE, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.media.film_index import INDEXED, FilmIndex
from desktop.media.sniff import sniff
from desktop.services.evidence.edit_evidence import check_not_locked, check_open_for_evidence
from desktop.services.records.describe_media import describe_evidence, describe_film
from desktop.services.records.stored_checklist import find_item, stored_checklist
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.journal import child_birth, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.intake import TakenIn, take_in, take_in_bytes
from desktop.storage.object_table import have_object
from desktop.storage.places import is_removable

_NOTE_TEXTS = ("caption", "place", "taken_by", "taken_at", "proves")


@dataclass(frozen=True)
class NewEvidence:
    """A file to take in. ``note``: item, caption, place, taken_by, taken_at, proves, kind, capture_mode.

    ``data`` is content that never was a file, such as a picture from the clipboard; ``path`` is then only its name.
    ``parts``: what else the record says from its birth on.
    """

    id: str
    path: Path
    note: Mapping[str, Any] = field(default_factory=dict)
    data: bytes | None = field(default=None, repr=False)
    parts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenEvidence:
    """A file whose bytes are in the store; nothing in the database speaks of it yet."""

    new: NewEvidence
    taken: TakenIn
    metadata: Mapping[str, object] | None


def attach_evidence(
    workspace: Workspace,
    visit_id: str,
    files: Sequence[Path],
    note: Mapping[str, Any] | None = None,
    report_progress: ReportProgress = unreported,
) -> tuple[str, ...]:
    """Take files in as evidence of a visit this node holds and nobody has signed off; returns the ids in their order.

    All files or none: when one cannot be taken in, no evidence is written.
    """
    view = read_visit(workspace.db, visit_id)
    check_open_for_evidence(workspace, view)
    note = note or {}
    check_length(_("Caption"), note.get("caption", ""), LONGEST_LINE)
    if note.get("item") is not None:
        find_item(stored_checklist(workspace.db, view.text("checklist_id")), note["item"])
        check_not_locked(workspace, view, str(note["item"]))
    new = [NewEvidence(workspace.new_id(), path, note) for path in files]
    try:
        taken = take_in_files(workspace, new, report_progress)
    except UserError as error:
        if len(new) == 1:
            raise
        raise UserError(
            _("{problem} None of the {count} files was taken in.").format(
                problem=error.problem, count=len(new)
            ),
            error.advice,
        ) from error
    with workspace.db.atomic():
        add_evidence(workspace, visit_id, taken)
    return tuple(each.id for each in new)


def take_in_files(
    workspace: Workspace, new: Sequence[NewEvidence], report_progress: ReportProgress = unreported
) -> list[TakenEvidence]:
    """Copy the bytes of all files into the object store, encrypted and proved by reading them back."""
    taken = []
    for done, each in enumerate(new):
        taken.append(take_in_file(workspace, each))
        report_progress(done + 1, len(new))
    return taken


def take_in_file(
    workspace: Workspace, new: NewEvidence, report_bytes: ReportProgress = unreported
) -> TakenEvidence:
    """Copy the bytes of one file into the store; what comes from a card or stick is read a second time."""
    index = FilmIndex()
    if new.data is None:
        file = take_in(
            workspace.objects,
            new.path,
            sniff,
            reads_twice=lies_on_removable(new.path),
            report_progress=report_bytes,
            see=index.see,
        )
    else:
        file = take_in_bytes(
            workspace.objects, new.data, new.path.name, workspace.clock_ms(), sniff, see=index.see
        )
    if file.mime in INDEXED:
        metadata: Mapping[str, object] | None = describe_film(workspace, index.content)
    else:
        metadata = describe_evidence(workspace, file.sha256, file.size, file.mime)
    return TakenEvidence(new, file, metadata)


def lies_on_removable(path: Path) -> bool:
    return is_removable(Path(os.path.realpath(path.parent)))


def add_evidence(workspace: Workspace, visit_id: str, taken: Sequence[TakenEvidence]) -> None:
    """Write the records of evidence that lies in the store. Caller's transaction."""
    now = local_time(workspace.clock_ms())
    statements = []
    for each in taken:
        file = each.taken
        have_object(workspace.db, file.sha256, file.size, file.cipher_sha256)
        parts: dict[str, object] = {"original": _original(each, now), "note": _note(each.new.note)}
        if each.metadata is not None:
            parts["metadata"] = each.metadata
        parts |= each.new.parts
        statements.append(child_birth(workspace, each.new.id, "evidence", parts, visit_id))
    write_entries(workspace, statements)
    for each in taken:
        log_event(workspace, {"event": "collected", "sha256": each.taken.sha256}, each.new.id)


def _original(each: TakenEvidence, now: str) -> dict[str, object]:
    file, note = each.taken, each.new.note
    return {
        "sha256": file.sha256,
        "size": file.size,
        "name": file.original_name_display,
        "name_raw": file.original_name_raw,
        "mime": file.mime,
        "mismatch": file.mismatch,
        "kind": note.get("kind", ""),
        "capture_mode": note.get("capture_mode", "文件导入"),
        "taken_in_at": now,
        "source_modified_at": local_time(file.source_mtime_ms),
    }


def _note(note: Mapping[str, Any]) -> dict[str, object]:
    item = note.get("item")
    return {
        "item": "" if item is None else str(item),
        **{name: note.get(name, "") for name in _NOTE_TEXTS},
        "is_dropped": False,
    }
