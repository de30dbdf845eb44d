"""The random number of a mission: whoever writes it down has seen the mission after it was made."""

from desktop.services.records.open_secret import mission_objects
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row

BEGUN, RECORDED = "visit_begun", "recorded"
"""The events with which the record of a visit begins: on the page, or from a file."""


def known_nonce(workspace: Workspace, mission_id: str) -> dict[str, str]:
    """{"nonce": the number}, empty where there is none or it is still sealed."""
    row = find_row(workspace.db, "mission", mission_id) or {}
    nonce = row.get("nonce") or mission_objects(workspace, mission_id).get("nonce")
    return {"nonce": nonce} if isinstance(nonce, str) and nonce else {}
