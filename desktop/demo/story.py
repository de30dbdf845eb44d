"""The story of the demo year: who inspects what and when, and what goes wrong on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop.demo.city import read_demo_json
from desktop.demo.material import read_demo_visit

OFFICE = "office"
TEAMS = ("field-01", "field-02")


@dataclass(frozen=True)
class Chapter:
    """Missions go out, visits happen, packages come home.

    ``missions``: {team: names of mission files}; ``visits``: (workspace, name of visit file) in order of time.
    """

    assigned_at: str
    missions: Mapping[str, tuple[str, ...]]
    visits: tuple[tuple[str, str], ...]
    merged_at: str


@dataclass(frozen=True)
class Story:
    """What is told beyond the chapters.

    ``shared_visit`` is recorded on its own laptop and, with one item different, on that of ``shared_with``. The
    office approves the veto at ``vetoed_item`` of ``vetoed_visit``. The first package of ``undone_team`` is merged,
    undone and redone.
    """

    begins: str
    chapters: tuple[Chapter, ...]
    shared_visit: str
    shared_with: str
    vetoed_visit: str
    vetoed_item: int
    veto_remark: str
    undone_team: str
    undo_reason: str
    resolution: str
    resolution_reason: str


def read_story() -> Story:
    data = read_demo_json("story.json")
    return Story(
        begins=data["begins"],
        chapters=tuple(_chapter(chapter) for chapter in data["chapters"]),
        shared_visit=data["shared_visit"]["visit"],
        shared_with=data["shared_visit"]["with"],
        vetoed_visit=data["veto"]["visit"],
        vetoed_item=data["veto"]["item"],
        veto_remark=data["veto"]["remark"],
        undone_team=data["undo"]["node"],
        undo_reason=data["undo"]["reason"],
        resolution=data["resolution"]["take"],
        resolution_reason=data["resolution"]["reason"],
    )


def _chapter(data: Mapping[str, Any]) -> Chapter:
    visits = [(workspace, name) for workspace, names in data["visits"].items() for name in names]
    return Chapter(
        assigned_at=data["assigned_at"],
        missions={team: tuple(names) for team, names in data["missions"].items()},
        visits=tuple(sorted(visits, key=lambda visit: str(read_demo_visit(visit[1])["ended_at"]))),
        merged_at=data["merged_at"],
    )
