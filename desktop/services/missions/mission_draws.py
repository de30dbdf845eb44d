"""How the places of a mission were drawn: its records of draws, as far as its places may be known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.domain.canonical import Json
from desktop.domain.draw import Place
from desktop.domain.draw_record import (
    DrawRecord,
    Redrawn,
    UnreadableDrawError,
    decode_draw,
    record_hash,
    redraw,
)
from desktop.services.missions.draw_places import DRAWN
from desktop.services.missions.plan_mission import DRAWS, drafted_objects
from desktop.services.records.open_secret import mission_objects
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.journal_search import times_of_event
from desktop.storage.records import all_rows


@dataclass(frozen=True)
class MissionDraw:
    """``record`` is None where a later version wrote it in a way that cannot be read here."""

    sha256: str
    record: DrawRecord | None


@dataclass(frozen=True)
class CheckedDraw:
    """``noted_at``: when the log of the office noted this very record, local; empty where the log is not here.

    ``left_out``: places that were drawn and are not visited.
    """

    draw: MissionDraw
    outcome: Redrawn
    noted_at: str
    left_out: frozenset[Place]


@dataclass(frozen=True)
class CheckedDraws:
    """``by_hand``: visits of the mission at places that no draw named."""

    draws: tuple[CheckedDraw, ...]
    by_hand: int


def mission_draws(workspace: Workspace, mission_id: str) -> tuple[MissionDraw, ...]:
    """In the order of time; empty where there was none, and while the mission is sealed."""
    return tuple(_read(value) for value in _objects(workspace, mission_id, DRAWS))


def noted_draws(workspace: Workspace) -> Mapping[str, int]:
    """{hash of a record: when the log of the office noted it}; empty on a field node, where that log is not."""
    return times_of_event(workspace.db, workspace.office, DRAWN, "draw")


def check_draws(
    workspace: Workspace, mission_id: str, noted: Mapping[str, int] | None = None
) -> CheckedDraws:
    """Draw everything again, from what the records say alone. ``noted``: read once by who checks many missions."""
    noted = noted_draws(workspace) if noted is None else noted
    draws = mission_draws(workspace, mission_id)
    visited = [
        Place(str(visit.get("unit") or ""), str(visit.get("site") or ""))
        for visit in _objects(workspace, mission_id, "visits")
    ]
    drawn = {place for draw in draws if draw.record for place in draw.record.result}
    return CheckedDraws(
        tuple(
            CheckedDraw(
                draw,
                redraw(draw.record) if draw.record else Redrawn.UNKNOWN,
                local_time(noted[draw.sha256]) if draw.sha256 in noted else "",
                frozenset(draw.record.result if draw.record else ()) - set(visited),
            )
            for draw in draws
        ),
        by_hand=sum(place not in drawn for place in visited),
    )


def known_objects(workspace: Workspace, mission_id: str) -> Mapping[str, Any]:
    """What a mission is about: of one being planned here, announced, or unsealed here; else nothing."""
    return drafted_objects(workspace, mission_id) or mission_objects(workspace, mission_id)


def drawn_missions(workspace: Workspace) -> list[str]:
    """The ids of the missions with records of draws that may be known here."""
    ids = (str(row["id"]) for row in all_rows(workspace.db, "mission", "starts_on, id"))
    return [mission_id for mission_id in ids if _objects(workspace, mission_id, DRAWS)]


def _objects(workspace: Workspace, mission_id: str, name: str) -> Sequence[Mapping[str, Json]]:
    values = known_objects(workspace, mission_id).get(name)
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _read(value: Mapping[str, Json]) -> MissionDraw:
    try:
        return MissionDraw(record_hash(value), decode_draw(value))
    except UnreadableDrawError:
        return MissionDraw(record_hash(value), None)
