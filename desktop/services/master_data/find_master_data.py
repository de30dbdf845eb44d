"""Finding units, people, targets and sites for the lists of the window, page by page."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.services.records.doubles_from_cards import doubles_from_cards
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.master_search import search_people, search_sites, search_targets, search_units
from desktop.storage.paged_search import PAGE_ROWS
from desktop.storage.records import Row

OFFICIAL_ROLES = (
    "市领导", "主要领导", "督查室主任", "分管领导", "组长", "责任人", "经办人", "联络员", "督查员",
)  # fmt: skip
"""The order in which the people of a unit are listed."""


@dataclass(frozen=True)
class MasterLine:
    """One record in a list. ``texts``: {column: text}; ``is_post_missing``: a person who has no post."""

    id: str
    texts: Mapping[str, str]
    is_post_missing: bool = False


@dataclass(frozen=True)
class MasterPage:
    rows: tuple[MasterLine, ...]
    total: int


def find_master_data(
    workspace: Workspace,
    kind: str,
    text: str = "",
    *,
    choice: str = "",
    offset: int = 0,
    most: int = PAGE_ROWS,
) -> MasterPage:
    """One page of a kind of sheet in official order. ``choice``: the kind, of people the role."""
    match kind:
        case "units":
            year = int(local_time(workspace.clock_ms())[:4])
            found = search_units(workspace.db, text, year=year, kind=choice, offset=offset, most=most)
        case "people":
            found = search_people(
                workspace.db,
                text,
                roles=OFFICIAL_ROLES,
                left_out=doubles_from_cards(workspace),
                role=choice,
                offset=offset,
                most=most,
            )
        case "targets":
            found = search_targets(workspace.db, text, kind=choice, offset=offset, most=most)
        case _:
            found = search_sites(workspace.db, text, kind=choice, offset=offset, most=most)
    return MasterPage(tuple(_line(row) for row in found.rows), found.total)


def _line(row: Row) -> MasterLine:
    texts = {name: "" if value is None else str(value) for name, value in row.items()}
    return MasterLine(str(row["id"]), texts, is_post_missing=row.get("person_id") == row["id"])
