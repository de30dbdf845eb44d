"""Photos of before and after a rectification, set beside each other."""

from dataclasses import dataclass

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.edit_evidence import check_open_for_evidence
from desktop.services.pictures.related import Related, find_related, related
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.evidence_uses import earlier_photos
from desktop.storage.records import find_row

_MOST_STEPS = 100


@dataclass(frozen=True)
class Pair:
    before: Related
    after: Related


def photos_before(workspace: Workspace, evidence_id: str) -> tuple[Related, ...]:
    """Earlier photos of the same site or unit, of whatever visit."""
    return related(workspace, (str(row["id"]) for row in earlier_photos(workspace.db, evidence_id)))


def pair_photos(workspace: Workspace, after_id: str, before_id: str) -> None:
    """Name the photo of before the rectification; an empty ``before_id`` takes the pair apart again."""
    after = find_row(workspace.db, "evidence", after_id)
    before = find_row(workspace.db, "evidence", before_id) if before_id else None
    if after is None or (before_id and (before is None or _comes_after(workspace, before_id, after_id))):
        raise UserError(
            _("These two photos cannot be set beside each other."),
            _("Choose an earlier photo of the same place that is in this workspace."),
        )
    check_open_for_evidence(workspace, read_visit(workspace.db, str(after["owner_id"] or "")))
    with workspace.db.atomic():
        part = {"pair": {"before_id": before_id}}
        write_entries(workspace, [change(workspace, after_id, "evidence", part)])
        log_event(workspace, {"event": "paired", "before": before_id}, after_id)


def pair_of(workspace: Workspace, after_id: str) -> Pair:
    """Both photos of a pair."""
    row = find_row(workspace.db, "evidence", after_id)
    after = find_related(workspace, after_id)
    before = find_related(workspace, str(row["before_id"] or "")) if row else None
    if before is None or after is None:
        raise UserError(
            _("The photo of before the rectification is not in this workspace."),
            _("It comes with the package of the visit in which it was taken."),
        )
    return Pair(before, after)


def _comes_after(workspace: Workspace, before_id: str, after_id: str) -> bool:
    """Whether a photo names the other as its own photo of before, over however many steps."""
    at = before_id
    for _step in range(_MOST_STEPS):
        if at == after_id:
            return True
        row = find_row(workspace.db, "evidence", at)
        at = str(row["before_id"] or "") if row else ""
        if not at:
            return False
    return True
