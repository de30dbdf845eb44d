"""A photo with arrows, boxes, words or covers, kept as a piece of evidence of its own beside the original.

The original is never changed. The derivative names it, its hash, the tool and every step, so that anybody can make it
again; made once more it is one more derivative, and the earlier one stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop import __version__
from desktop.domain.marks import Mark, derivation_kind, marks_as_json
from desktop.i18n import _
from desktop.media.sniff import sniff
from desktop.services.evidence.edit_evidence import check_open_for_evidence
from desktop.services.evidence.mark_picture import marked_copy, marked_evidence
from desktop.services.records.describe_media import describe_evidence
from desktop.services.records.visit_values import evidence_numbers, read_visit
from desktop.services.workspace.journal import child_birth, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.intake import TakenIn, take_in_bytes
from desktop.storage.object_table import have_object
from desktop.storage.records import Row

TOOL = f"mingcha {__version__}"
DERIVED_HERE = "派生制作"
_FROM_THE_PARENT = ("item", "caption", "place", "taken_by", "taken_at", "proves")


@dataclass(frozen=True)
class Derived:
    """``number`` is the one on the forms of the visit."""

    id: str
    number: str
    sha256: str


def derive_evidence(workspace: Workspace, evidence_id: str, marks: Sequence[Mark]) -> Derived:
    """Draw the marks onto a copy and take it in as evidence of the same visit, linked to what it was made from."""
    row, drawn = marked_evidence(workspace, evidence_id, marks)
    visit_id = str(row["owner_id"] or "")
    check_open_for_evidence(workspace, read_visit(workspace.db, visit_id))
    kind = derivation_kind(drawn)
    data = marked_copy(workspace, str(row["sha256"]), drawn)
    taken = take_in_bytes(workspace.objects, data, _name(row, kind), workspace.clock_ms(), sniff)
    derived_id = workspace.new_id()
    parts: dict[str, object] = {
        "original": _original(row, taken, local_time(workspace.clock_ms())),
        "note": {**{name: str(row[name] or "") for name in _FROM_THE_PARENT}, "is_dropped": False},
        "derivation": {
            "parent_id": evidence_id,
            "parent_sha256": str(row["sha256"]),
            "kind": kind,
            "tool": TOOL,
            "steps": marks_as_json(drawn),
        },
    }
    metadata = describe_evidence(workspace, taken.sha256, taken.size, taken.mime)
    if metadata is not None:
        parts["metadata"] = metadata
    with workspace.db.atomic():
        have_object(workspace.db, taken.sha256, taken.size, taken.cipher_sha256)
        write_entries(workspace, [child_birth(workspace, derived_id, "evidence", parts, visit_id)])
        log_event(workspace, {"event": "annotated", "sha256": taken.sha256, "kind": kind}, derived_id)
        made = {"event": "derived", "sha256": str(row["sha256"]), "copy": taken.sha256}
        log_event(workspace, made, evidence_id)
    number = evidence_numbers(read_visit(workspace.db, visit_id))[derived_id]
    return Derived(derived_id, number, taken.sha256)


def _name(row: Row, kind: str) -> str:
    stem = str(row["name"] or "").rpartition(".")[0] or str(row["name"] or "")
    word = {"遮盖": _("covered")}.get(kind, _("marked"))
    return f"{stem[:100]}-{word}.jpg"


def _original(row: Row, taken: TakenIn, now: str) -> dict[str, object]:
    return {
        "sha256": taken.sha256,
        "size": taken.size,
        "name": taken.original_name_display,
        "name_raw": taken.original_name_raw,
        "mime": taken.mime,
        "mismatch": taken.mismatch,
        "kind": str(row["kind"] or ""),
        "capture_mode": DERIVED_HERE,
        "taken_in_at": now,
        "source_modified_at": "",
    }
