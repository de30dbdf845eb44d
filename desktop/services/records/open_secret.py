"""What this computer knows of a sealed mission after it was unsealed here; it never leaves the workspace."""

from collections.abc import Mapping
from dataclasses import replace

from desktop.domain import canonical
from desktop.domain.canonical import Json
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.workspace import Workspace
from desktop.storage.opened_secrets import read_opened_secret
from desktop.storage.records import find_row, json_value

VISIT_MODES = ("明查", "暗访")


def mission_objects(workspace: Workspace, mission_id: str) -> Mapping[str, Json]:
    """Leader, route, team, visits and draws of a mission: announced, or unsealed here; empty where they are sealed.

    Of an unsealed one also the title that its cover name hid.
    """
    secret = read_opened_secret(workspace.db, mission_id)
    if secret is not None:
        return canonical.decode_object(secret)
    row = find_row(workspace.db, "mission", mission_id)
    if row is None or row["visits"] is None:
        return {}
    return {
        "leader": row["leader"],
        "route": row["route"],
        "team": json_value(row, "team", []),
        "visits": json_value(row, "visits", []),
        "draws": json_value(row, "draws", []),
    }


def opened_visit(workspace: Workspace, mission_id: str, visit_id: str) -> Mapping[str, str]:
    """Unit, site, checklist, mode and check type of one visit of an unsealed mission; what is not known is left out.

    The mode is that of the mission, unless it is one of both kinds (明暗结合): then each visit has to say.
    """
    visits = mission_objects(workspace, mission_id).get("visits", [])
    for visit in visits if isinstance(visits, list) else []:
        if isinstance(visit, dict) and visit.get("visit") == visit_id:
            named = {f"{name}_id": visit.get(name) for name in ("unit", "site", "checklist")}
            row = find_row(workspace.db, "mission", mission_id) or {}
            named["check_type"] = row.get("period_type")
            named["mode"] = row.get("mode") if row.get("mode") in VISIT_MODES else None
            return {name: value for name, value in named.items() if isinstance(value, str) and value}
    return {}


def with_opened_plan(workspace: Workspace, view: VisitView) -> VisitView:
    """A visit of an unsealed mission with the plan that only this computer knows, where nothing was recorded yet."""
    opened = opened_visit(workspace, view.text("mission_id"), view.id)
    return replace(view, head={**view.head, **{k: v for k, v in opened.items() if not view.head.get(k)}})
