"""A copy of a photo with parts covered and without metadata, for those who must not see all of the original."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.export_original import write_copy
from desktop.services.records.describe_media import LARGEST_PICTURE_BYTES
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row

MOST_AREAS = 200
_LONGEST_SIDE = 4096
_WHOLE = 1_000_000


@dataclass(frozen=True)
class Area:
    """A part of the upright picture, in millionths of its width and height."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class CoveredCopy:
    sha256: str
    size: int


def save_covered_copy(
    workspace: Workspace, evidence_id: str, areas: Sequence[Area], target: Path
) -> CoveredCopy:
    """Write the copy to a new file and note it in the log of the evidence; the original is not touched."""
    row = find_row(workspace.db, "evidence", evidence_id)
    if row is None or not areas or len(areas) > MOST_AREAS:
        raise UserError(
            _("There is nothing to be covered."), _("Draw over the parts that must not be seen, then save.")
        )
    sha256 = str(row["sha256"])
    data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    options: dict[str, Json] = {
        "longest_side": _LONGEST_SIDE,
        "areas": [list(_bounded(area)) for area in areas],
    }
    result = workspace.worker.run("cover", data, options)
    if not result.data:
        raise UserError(result.problem, result.advice)
    write_copy(target, (result.data,))
    copy = CoveredCopy(hashlib.sha256(result.data).hexdigest(), len(result.data))
    with workspace.db.atomic():
        event = {"event": "exported_covered", "sha256": sha256, "copy": copy.sha256}
        log_event(workspace, event, evidence_id)
    return copy


def _bounded(area: Area) -> tuple[int, int, int, int]:
    left, right = sorted(min(max(value, 0), _WHOLE) for value in (area.left, area.right))
    top, bottom = sorted(min(max(value, 0), _WHOLE) for value in (area.top, area.bottom))
    return left, top, right, bottom
