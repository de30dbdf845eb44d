"""Groups of units (考核分组): a unit is in one group a year."""

from collections.abc import Mapping, Sequence

from desktop.domain.author import Statement
from desktop.services.workspace.journal import birth, change
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows, json_value


def group_statements(workspace: Workspace, groups: Mapping[str, Sequence[str]]) -> list[Statement]:
    """What has to be written so that these units are in these groups this year; others stay where they are.

    The units of the group "" are in none.
    """
    if not groups:
        return []
    year = int(local_time(workspace.clock_ms())[:4])
    known = {row["name"]: row for row in all_rows(workspace.db, "unit_group") if row["year"] == year}
    moved = {unit for units in groups.values() for unit in units}
    statements = []
    for position, name in enumerate([*known, *(n for n in groups if n and n not in known)], 1):
        row = known.get(name)
        before = json_value(row, "unit_ids", []) if row else []
        kept = [unit for unit in before if unit not in moved] if isinstance(before, list) else []
        facts = {
            "name": name,
            "year": year,
            "sort_no": position,
            "unit_ids": [*kept, *groups.get(str(name), [])],
        }
        if row is None:
            statements.append(birth(workspace, workspace.new_id(), "unit_group", {"facts": facts}))
        elif facts["unit_ids"] != before:
            statements.append(change(workspace, str(row["id"]), "unit_group", {"facts": facts}))
    return statements


def group_of_units(workspace: Workspace, year: int) -> dict[str, str]:
    """{unit id: group name} of a year."""
    groups = {}
    for row in all_rows(workspace.db, "unit_group", "sort_no, id"):
        units = json_value(row, "unit_ids", [])
        if row["year"] == year and isinstance(units, list):
            groups.update({str(unit): str(row["name"]) for unit in units})
    return groups
