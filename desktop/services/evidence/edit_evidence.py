"""What people say about a piece of evidence: its caption, the item it belongs to. The original never changes."""

from collections.abc import Mapping

from desktop.domain.author import Statement
from desktop.domain.lengths import LONGEST_LINE
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.locked_items import LockedItemError, locked_items
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, find_row

_TEXTS = ("item", "caption", "place", "taken_by", "taken_at", "proves")


def edit_evidence(
    workspace: Workspace,
    evidence_id: str,
    *,
    caption: str | None = None,
    item: int | None = None,
    is_dropped: bool | None = None,
) -> None:
    """Change what is said about a piece of evidence; None leaves as it is, item 0 means the visit as a whole.

    Evidence that is dropped stays in the store and in the log; lists and forms no longer show it. What an item names
    that was locked when identity was shown stays with it.
    """
    row = find_row(workspace.db, "evidence", evidence_id)
    if row is None:
        raise UserError(
            _("There is no evidence {id} in this workspace.").format(id=evidence_id),
            _("“mingcha list WORKSPACE evidence” shows the evidence and its ids."),
        )
    view = read_visit(workspace.db, str(row["owner_id"] or ""))
    check_open_for_evidence(workspace, view)
    if is_dropped is not None or item is not None:
        check_not_locked(workspace, view, str(row["item"] or ""), str(item or ""))
    changes: dict[str, object] = {}
    if is_dropped is not None:
        changes["is_dropped"] = is_dropped
    if caption is not None:
        changes["caption"] = " ".join(caption.split())[:LONGEST_LINE]
    if item is not None:
        changes["item"] = str(item) if item else ""
    with workspace.db.atomic():
        write_entries(
            workspace, [_noted(workspace, each, changes) for each in _with_its_recording(view, row)]
        )


def check_not_locked(workspace: Workspace, view: VisitView, *items: str) -> None:
    """Neither from a locked item nor to one."""
    locked = locked_items(workspace, view.id)
    for number in locked.intersection(int(item) for item in items if item.isdigit()):
        raise LockedItemError(number)


def _with_its_recording(view: VisitView, row: Row) -> list[Row]:
    """What is said of a segment is said of the whole recording."""
    others = [each for each in view.evidence if each["id"] != row["id"]]
    if not row["recording_id"]:
        return [row]
    return [row, *(each for each in others if each["recording_id"] == row["recording_id"])]


def _noted(workspace: Workspace, row: Row, changes: Mapping[str, object]) -> Statement:
    note: dict[str, object] = {name: str(row[name] or "") for name in _TEXTS}
    note["is_dropped"] = bool(row["is_dropped"])
    return change(workspace, str(row["id"]), "evidence", {"note": {**note, **changes}})


def check_open_for_evidence(workspace: Workspace, view: VisitView) -> None:
    """Evidence is added and described where the visit is recorded, until it is signed."""
    if workspace.node not in view.holders:
        raise UserError(
            _("The visit {id} is not held by this computer.").format(id=view.id),
            _("Attach evidence where the visit is recorded."),
        )
    if view.is_signed:
        raise UserError(
            _("The visit {id} has been signed by the team leader.").format(id=view.id),
            _("The signature covers the evidence as it stands; add to it by a correction with a reason."),
        )
