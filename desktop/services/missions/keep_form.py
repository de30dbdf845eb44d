"""A mission in the hands of its editor, kept as it stands however incomplete it is.

It lies among the drafts of a mission, which never travel and which backups leave out: whom a covert mission will
visit stands in it.
"""

from collections.abc import Mapping
from typing import Any

from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import Draft, discard_draft, drafts_of, save_draft

NEW = "new"
_PART = "form"


def keep_form(workspace: Workspace, mission_id: str, form: Mapping[str, Any]) -> str:
    """Keep what is typed for a mission (NEW for one that has no id yet); returns ``mission_id``."""
    with workspace.db.atomic():
        save_draft(workspace.db, Draft(mission_id, "mission", _PART, form, {}), workspace.clock_ms())
    return mission_id


def kept_form(workspace: Workspace, mission_id: str) -> Mapping[str, Any] | None:
    return next((draft.value for draft in drafts_of(workspace.db, mission_id) if draft.part == _PART), None)


def drop_form(workspace: Workspace, mission_id: str) -> None:
    with workspace.db.atomic():
        discard_draft(workspace.db, mission_id, _PART)
