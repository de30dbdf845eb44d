"""Noticing that a mission is planned a second time: the same number, or the same file once more.

What was planned is remembered as a hash, salted with the nonce of its mission, in the settings of this workspace;
it never travels, and a withdrawn mission no longer counts.
"""

import hashlib
import json
from collections.abc import Mapping

from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "mission_sources"


def refuse_repetition(workspace: Workspace, plan: Mapping[str, object], mission_id: str = "") -> None:
    """Raise UserError where another mission has this number or came from this very plan.

    ``mission_id`` is the mission that is being changed.
    """
    known = _sources(workspace)
    for row in all_rows(workspace.db, "mission"):
        if row["id"] == mission_id or row["status"] == MissionStatus.WITHDRAWN:
            continue
        if plan.get("no") and row["no"] == plan["no"]:
            raise UserError(
                _("There is already a mission with the number {no}: “{title}”.").format(
                    no=str(plan["no"]), title=_title(row)
                ),
                _("Give this one another number, or withdraw the other one first."),
            )
        if known.get(str(row["id"])) == _digest(plan, str(row["nonce"] or "")):
            raise UserError(
                _("This mission has been planned already: “{title}” ({id}).").format(
                    title=_title(row), id=str(row["id"])
                ),
                _("Change its title, number or visits, or withdraw the other one first."),
            )


def remember_source(workspace: Workspace, mission_id: str, plan: Mapping[str, object], nonce: str) -> None:
    """Runs inside the caller's transaction."""
    write_setting(workspace.db, _SETTING, {**_sources(workspace), mission_id: _digest(plan, nonce)})


def _sources(workspace: Workspace) -> dict[str, str]:
    value = read_setting(workspace.db, _SETTING)
    return {key: str(digest) for key, digest in value.items()} if isinstance(value, dict) else {}


def _digest(plan: Mapping[str, object], nonce: str) -> str:
    said = {key: value for key, value in plan.items() if value not in ("", [], False)}
    return hashlib.sha256(f"{nonce}{json.dumps(said, sort_keys=True)}".encode()).hexdigest()


def _title(row: Row) -> str:
    return str(row["title"] or row["cover_name"] or "")
