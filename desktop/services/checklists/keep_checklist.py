"""A checklist in the hands of its editor, kept as it stands however incomplete it is; it never travels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "checklist_draft"


@dataclass(frozen=True)
class KeptChecklist:
    """``replaces``: the id of the version it is to follow, empty for a new checklist."""

    value: Mapping[str, Any]
    replaces: str


def keep_checklist(workspace: Workspace, value: Mapping[str, Any], replaces: str) -> None:
    with workspace.db.atomic():
        write_setting(workspace.db, _SETTING, {"value": dict(value), "replaces": replaces})


def kept_checklist(workspace: Workspace) -> KeptChecklist | None:
    match read_setting(workspace.db, _SETTING):
        case {"value": dict(value), "replaces": str(replaces)}:
            return KeptChecklist(value, replaces)
    return None


def drop_checklist(workspace: Workspace) -> None:
    with workspace.db.atomic():
        write_setting(workspace.db, _SETTING, None)
