"""The order of the posts of one unit: by their roles, until somebody moves one by hand."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.change_places import numbers_after
from desktop.services.master_data.edit_master_data import check_office
from desktop.services.master_data.find_master_data import OFFICIAL_ROLES
from desktop.services.master_data.record_parts import part_of_row
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.master_search import posts_beside
from desktop.storage.records import find_row


def move_post(workspace: Workspace, post_id: str, places: int) -> None:
    """Let a post change places with the one before (-1) or behind it (1) in its unit."""
    check_office(workspace)
    posts = posts_beside(workspace.db, post_id, OFFICIAL_ROLES)
    number = next((n for n, row in enumerate(posts) if row["id"] == post_id), None)
    if number is None:
        raise ChangedMeanwhileError
    if not 0 <= number + places < len(posts):
        raise UserError(
            _("This post is the first one of its unit already.")
            if places < 0
            else _("This post is the last one of its unit already.")
        )
    statements = []
    for changed_id, sort_no in numbers_after(posts, number, places).items():
        row = find_row(workspace.db, "post", changed_id)
        if row is not None:
            facts = {**part_of_row("post", row, "facts"), "sort_no": sort_no}
            statements.append(change(workspace, changed_id, "post", {"facts": facts}))
    with workspace.db.atomic():
        write_entries(workspace, statements)
