"""What this computer knows of a sealed mission after it was unsealed here; it never leaves the workspace."""

from collections.abc import Mapping

from desktop.domain import canonical
from desktop.domain.canonical import Json
from desktop.services.workspace import Workspace
from desktop.storage.opened_secrets import read_opened_secret
from desktop.storage.records import find_row, json_value

OBJECTS = "objects"


def mission_objects(workspace: Workspace, mission_id: str) -> Mapping[str, Json]:
    """Leader, route, team and visits of a mission: announced, or unsealed here; empty where they are sealed.

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
    }


def opened_visit(workspace: Workspace, mission_id: str, visit_id: str) -> Mapping[str, str]:
    """The unit, site and checklist of one visit of an unsealed mission; empty where they are not known here."""
    visits = mission_objects(workspace, mission_id).get("visits", [])
    for visit in visits if isinstance(visits, list) else []:
        if isinstance(visit, dict) and visit.get("visit") == visit_id:
            return {
                f"{name}_id": value
                for name in ("unit", "site", "checklist")
                if isinstance(value := visit.get(name), str) and value
            }
    return {}
