"""What a mission can be put together from: units with their sites, checklists, people and their posts, nodes."""

from dataclasses import dataclass

from desktop.i18n import _
from desktop.services.records.doubles_from_cards import doubles_from_cards
from desktop.services.records.references import OUT_OF_USE
from desktop.services.records.unit_groups import group_of_units
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import all_nodes
from desktop.storage.records import all_rows


@dataclass(frozen=True)
class Choice:
    """Something to choose, by its id; ``name`` as a clerk says it."""

    id: str
    name: str


@dataclass(frozen=True)
class UnitChoice:
    id: str
    name: str
    full_name: str
    group: str
    sites: tuple[Choice, ...]


@dataclass(frozen=True)
class PersonChoice:
    """``units``: ids of the units where the person holds a post now."""

    name: str
    posts: str
    units: frozenset[str]


@dataclass(frozen=True)
class NodeChoice:
    """``is_own``: this computer, which needs no package."""

    id: str
    name: str
    is_own: bool


@dataclass(frozen=True)
class MissionChoices:
    """Everything in official order; checklists that are out of use are left out."""

    today: str = ""
    units: tuple[UnitChoice, ...] = ()
    groups: tuple[str, ...] = ()
    checklists: tuple[Choice, ...] = ()
    people: tuple[PersonChoice, ...] = ()
    nodes: tuple[NodeChoice, ...] = ()

    def unit(self, unit_id: str) -> UnitChoice | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)


def mission_choices(workspace: Workspace) -> MissionChoices:
    today = local_time(workspace.clock_ms())[:10]
    groups = group_of_units(workspace, int(today[:4]))
    return MissionChoices(
        today=today,
        units=_units(workspace, groups),
        groups=tuple(dict.fromkeys(groups.values())),
        checklists=tuple(
            Choice(str(row["id"]), f"{row['name'] or ''}  {row['code'] or ''}".strip())
            for row in all_rows(workspace.db, "checklist", "code, id")
            if row["items"] is not None and row["status"] != OUT_OF_USE
        ),
        people=_people(workspace, today),
        nodes=tuple(
            NodeChoice(node.id, node.name, node.status == "own")
            for node in all_nodes(workspace.db)
            if node.status != "revoked" and (node.kind == "field" or node.status == "own")
        ),
    )


def _units(workspace: Workspace, groups: dict[str, str]) -> tuple[UnitChoice, ...]:
    sites: dict[str, list[Choice]] = {}
    for row in all_rows(workspace.db, "site", "name, id"):
        sites.setdefault(str(row["unit_id"] or ""), []).append(Choice(str(row["id"]), str(row["name"] or "")))
    return tuple(
        UnitChoice(
            str(row["id"]),
            str(row["short"] or row["name"] or ""),
            str(row["name"] or ""),
            groups.get(str(row["id"]), ""),
            tuple(sites.get(str(row["id"]), ())),
        )
        for row in all_rows(workspace.db, "unit", "sort_no, id")
        if row["name"]
    )


def _people(workspace: Workspace, today: str) -> tuple[PersonChoice, ...]:
    names = {str(row["id"]): str(row["short"] or row["name"] or "") for row in all_rows(workspace.db, "unit")}
    posts: dict[str, list[tuple[str, str]]] = {}
    for row in all_rows(workspace.db, "post", "id"):
        if str(row["from_date"] or "") <= today <= str(row["to_date"] or "9999"):
            unit = str(row["unit_id"] or "")
            said = f"{names.get(unit, '')}{row['title'] or ''}"
            posts.setdefault(str(row["person_id"]), []).append((unit, said))
    doubles = doubles_from_cards(workspace)
    people = [
        PersonChoice(
            str(row["name"]),
            _(", ").join(said for _unit, said in posts.get(str(row["id"]), [])),
            frozenset(unit for unit, _said in posts.get(str(row["id"]), [])),
        )
        for row in all_rows(workspace.db, "person", "id")
        if row["name"] and row["id"] not in doubles
    ]
    # Those without a post elsewhere are most likely the office's own inspectors.
    return tuple(sorted(people, key=lambda person: bool(person.units)))
