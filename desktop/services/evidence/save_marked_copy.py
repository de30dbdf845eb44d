"""A copy of a photo with parts covered or marked, without metadata, for those who must not see the original."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.marks import COVERED, Mark, derivation_kind
from desktop.services.evidence.export_original import write_copy
from desktop.services.evidence.mark_picture import marked_copy, marked_evidence
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace


@dataclass(frozen=True)
class MarkedCopy:
    sha256: str
    size: int


def save_marked_copy(
    workspace: Workspace, evidence_id: str, marks: Sequence[Mark], target: Path
) -> MarkedCopy:
    """Write the copy to a new file and note it in the log of the evidence; the original is not touched."""
    row, drawn = marked_evidence(workspace, evidence_id, marks)
    sha256 = str(row["sha256"])
    data = marked_copy(workspace, sha256, drawn)
    write_copy(target, (data,))
    copy = MarkedCopy(hashlib.sha256(data).hexdigest(), len(data))
    name = "exported_covered" if derivation_kind(drawn) == COVERED else "exported_marked"
    with workspace.db.atomic():
        log_event(workspace, {"event": name, "sha256": sha256, "copy": copy.sha256}, evidence_id)
    return copy
