"""Deleting a unit, a post, a target or a site: marked as deleted, never forgotten; refused while others name it."""

from collections.abc import Callable, Mapping

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.edit_master_data import check_office
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.records.unit_groups import group_of_units, group_statements
from desktop.services.workspace.journal import record_ctx, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row
from desktop.storage.reference_counts import count_references

_WORDS: Mapping[str, Callable[[int], str]] = {
    "unit": lambda count: _("{count} units below it").format(count=count),
    "post": lambda count: _("{count} posts").format(count=count),
    "target": lambda count: _("{count} targets").format(count=count),
    "site": lambda count: _("{count} sites").format(count=count),
    "visit": lambda count: _("{count} visits").format(count=count),
    "login": lambda count: _("{count} logins").format(count=count),
    "node": lambda count: _("{count} computers in the field").format(count=count),
}


def delete_master_data(workspace: Workspace, kind: str, record_id: str) -> None:
    """Delete one record of a kind of sheet. With the last post goes the person, unless one can still log in.

    For people the id may also be that of a person without a post.
    """
    check_office(workspace)
    record_type = MAPPINGS[kind].record_type
    row = find_row(workspace.db, record_type, record_id)
    if row is None and kind == "people":
        record_type, row = "person", find_row(workspace.db, "person", record_id)
    if row is None:
        raise ChangedMeanwhileError
    _refuse_if_named(workspace, record_type, record_id)
    with workspace.db.atomic():
        write_entries(workspace, [_deletion(workspace, record_id, record_type)])
        if record_type == "unit":
            _leave_group(workspace, record_id)
        person_id = str(row["person_id"] or "") if record_type == "post" else ""
        if person_id and not count_references(workspace.db, "person", person_id):
            write_entries(workspace, [_deletion(workspace, person_id, "person")])


def _deletion(workspace: Workspace, record_id: str, record_type: str) -> Statement:
    ctx = record_ctx(workspace, record_id)
    return Statement(Kind.WRITE, record_id, record_type, ctx=ctx, is_delete=True)


def _leave_group(workspace: Workspace, unit_id: str) -> None:
    year = int(local_time(workspace.clock_ms())[:4])
    if unit_id in group_of_units(workspace, year):
        write_entries(workspace, group_statements(workspace, {"": [unit_id]}))


def _refuse_if_named(workspace: Workspace, record_type: str, record_id: str) -> None:
    named = count_references(workspace.db, record_type, record_id)
    if named:
        raise UserError(
            _("It is still in use: {what}.").format(
                what=_(", ").join(_WORDS[name](count) for name, count in named.items())
            ),
            _("Move them to another one or delete them first."),
        )
