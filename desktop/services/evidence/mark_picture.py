"""A copy of a photo with marks on it, made by the worker process from the pixels of the original alone."""

from collections.abc import Sequence

from desktop.domain.canonical import Json
from desktop.domain.marks import MOST_MARKS, Mark, bounded, marks_as_json
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.describe_media import LARGEST_PICTURE_BYTES
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, find_row

LONGEST_SIDE = 4096


def marked_evidence(
    workspace: Workspace, evidence_id: str, marks: Sequence[Mark]
) -> tuple[Row, tuple[Mark, ...]]:
    """The evidence to be marked, and the marks as they are drawn; none or too many are refused."""
    row = find_row(workspace.db, "evidence", evidence_id)
    drawn = tuple(mark for mark in map(bounded, marks) if not mark.is_empty)
    if row is None or not drawn:
        raise UserError(
            _("There is nothing to be drawn."),
            _("Draw on the photo what is to be shown or hidden, then save."),
        )
    if len(drawn) > MOST_MARKS:
        raise UserError(
            _("These are {count} marks, and {most} go onto one photo.").format(
                count=len(drawn), most=MOST_MARKS
            ),
            _("Take some back, then save."),
        )
    return row, drawn


def marked_copy(workspace: Workspace, sha256: str, marks: Sequence[Mark]) -> bytes:
    """A JPEG of the upright picture with the marks, without any metadata."""
    data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    options: dict[str, Json] = {"longest_side": LONGEST_SIDE, "marks": marks_as_json(marks)}
    result = workspace.worker.run("mark", data, options)
    if not result.data:
        raise UserError(result.problem, result.advice)
    return result.data
