"""机关概况: what stands on the papers of an office, and what this workspace is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.documents.sheet_columns import Column, ColumnType
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.keyslots import read_keyslots
from desktop.services.records.record_versions import check_version, version_of
from desktop.services.records.typed_texts import read_texts
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.nodes import find_node
from desktop.storage.records import Row, all_rows, find_record

PROFILE_COLUMNS = (
    Column("name", "机关名称", "Name of the office", is_required=True, example="云泽市人民政府督查室"),
    Column("short", "简称", "Short name", example="市政府督查室"),
    Column("region_code", "行政区划代码", "Region code", ColumnType.CODE, example="997100"),
    Column("number_word", "文号代字", "Word of document numbers", example="云政督"),
)
"""In the order of the form; references and lists have none."""


@dataclass(frozen=True)
class WorkspaceProfile:
    """``office_id`` is empty where the record of the office has not come here yet.

    ``texts``: {field of PROFILE_COLUMNS: text}. ``seen``: the version that was read. Times are local, ``year`` is
    the one whose groups and scores are worked on.
    """

    office_id: str
    texts: Mapping[str, str]
    seen: str
    is_editable: bool
    node: str
    kind: str
    fingerprint: str
    person: str
    folder: Path
    made_on: str
    logins: int
    year: int


def read_profile(workspace: Workspace) -> WorkspaceProfile:
    office = _office_row(workspace)
    own = find_node(workspace.db, workspace.node)
    slots = read_keyslots(workspace.folder / KEYSLOTS)
    return WorkspaceProfile(
        office_id=str(office["id"]) if office else "",
        texts={c.field: str((office or {}).get(c.field) or "") for c in PROFILE_COLUMNS},
        seen=version_of(workspace, str(office["id"])) if office else "",
        is_editable=workspace.is_office and office is not None,
        node=own.name if own else "",
        kind=workspace.kind,
        fingerprint=own.fingerprint if own else "",
        person=workspace.person.name,
        folder=workspace.folder,
        made_on=slots.created[:10],
        logins=len(slots.slots),
        year=int(local_time(workspace.clock_ms())[:4]),
    )


def edit_profile(workspace: Workspace, texts: Mapping[str, str], seen: str) -> None:
    """Change what stands on the papers. The card of the node keeps the name it was signed with."""
    office = _office_row(workspace)
    if not workspace.is_office or office is None:
        raise UserError(
            _("The profile is kept by the office; this workspace is a field node."),
            _("Change it at the office; it comes here with the next package."),
        )
    record_id = str(office["id"])
    values = {name: value or "" for name, value in read_texts(PROFILE_COLUMNS, texts).items()}
    before = {column.field: office[column.field] or "" for column in PROFILE_COLUMNS}
    check_version(workspace, record_id, seen)
    if before | values == before:
        return
    with workspace.db.atomic():
        write_entries(workspace, [change(workspace, record_id, "office", {"profile": before | values})])


def _office_row(workspace: Workspace) -> Row | None:
    """The record of the office this node belongs to; reports of a lower office bring others."""
    for row in all_rows(workspace.db, "office"):
        state = find_record(workspace.db, str(row["id"]))
        if state is not None and state.home == workspace.office:
            return row
    return None
