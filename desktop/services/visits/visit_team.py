"""Who goes: as the office planned it, and as it is now that somebody was replaced on the road.

The plan of a mission stays the office's. What was changed on the road is remembered on this computer and stands in
the head of every visit that is begun from then on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.services.records.open_secret import mission_objects
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting

TEAM_CHANGED = "team_changed"


@dataclass(frozen=True)
class Team:
    """Names; the leader is not among the members, and is empty where nobody is named."""

    leader: str = ""
    members: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in (self.leader, *self.members) if name)


def planned_team(workspace: Workspace, mission_id: str) -> Team:
    """As the mission says; empty while it is sealed, and for a visit nobody planned."""
    return _team(mission_objects(workspace, mission_id), "team")


def team_on_the_road(workspace: Workspace, mission_id: str, visit_id: str = "") -> Team:
    """As it was changed for this visit, else for the whole mission, else as it was planned."""
    for record_id in (visit_id, mission_id):
        kept = read_setting(workspace.db, _setting(record_id)) if record_id else None
        if isinstance(kept, dict):
            return _team(kept, "members")
    return planned_team(workspace, mission_id)


def keep_team(workspace: Workspace, record_id: str, team: Team | None) -> None:
    """Remember who goes on a mission or a visit; None forgets it. Runs inside the caller's transaction."""
    kept: Json = None if team is None else {"leader": team.leader, "members": [*team.members]}
    write_setting(workspace.db, _setting(record_id), kept)


def _setting(record_id: str) -> str:
    return f"team/{record_id}"


def _team(said: Mapping[str, object], members: str) -> Team:
    leader, names = str(said.get("leader") or ""), said.get(members)
    listed = map(str, names) if isinstance(names, list) else ()
    return Team(leader, tuple(dict.fromkeys(name for name in listed if name and name != leader)))
