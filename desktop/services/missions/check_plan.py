"""What is wrong or missing in the plan of a mission while it is being written, each said at its field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

from desktop.domain.lengths import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from desktop.i18n import _
from desktop.services.missions.mission_choices import MissionChoices
from desktop.services.missions.plan_mission import is_covert

MOST_VISITS = 2000
FEWEST_INSPECTORS = 2
_LENGTHS = {
    "title": LONGEST_LINE,
    "no": LONGEST_LINE,
    "cover_name": LONGEST_LINE,
    "leader": LONGEST_NAME,
    "route": LONGEST_TEXT,
}


class Weight(Enum):
    """WRONG: it cannot be saved. NEEDED: it cannot be issued. ADVICE: somebody should think about it."""

    WRONG = "wrong"
    NEEDED = "needed"
    ADVICE = "advice"


@dataclass(frozen=True)
class Remark:
    """``field``: the field of a mission file; ``visit``: which of ``objects``, counted from 0."""

    weight: Weight
    field: str
    text: str
    visit: int | None = None


def check_plan(plan: Mapping[str, Any], choices: MissionChoices) -> tuple[Remark, ...]:
    """``plan`` as a mission file says it, with a ``node`` for each object."""
    return (*_head(plan), *_secrecy(plan, choices), *_visits(plan, choices), *_team(plan, choices))


def _head(plan: Mapping[str, Any]) -> Iterator[Remark]:
    if not plan["title"].strip():
        yield Remark(Weight.WRONG, "title", _("The mission has no title yet."))
    for field, most in _LENGTHS.items():
        if len(plan[field]) > most:
            yield Remark(Weight.WRONG, field, _("At most {count} characters.").format(count=most))
    for field in ("starts_on", "ends_on"):
        if plan[field] and not is_day(plan[field]):
            yield Remark(Weight.WRONG, field, _("Write the day as in 2026-03-17."))
    if not plan["starts_on"]:
        yield Remark(Weight.NEEDED, "starts_on", _("Say when the mission begins."))
    elif is_day(plan["ends_on"]) and plan["ends_on"] < plan["starts_on"]:
        yield Remark(Weight.WRONG, "ends_on", _("It ends before it begins."))


def _secrecy(plan: Mapping[str, Any], choices: MissionChoices) -> Iterator[Remark]:
    if not is_covert(plan):
        return
    cover = plan["cover_name"].strip()
    if not cover:
        yield Remark(Weight.NEEDED, "cover_name", _("A covert mission goes out under a cover name."))
    elif cover == plan["title"].strip():
        yield Remark(Weight.WRONG, "cover_name", _("The cover name is the title itself."))
    elif any(name in cover for name in _inspected_names(plan, choices)):
        yield Remark(Weight.ADVICE, "cover_name", _("The cover name gives an inspected unit away."))
    depart_at = plan["depart_at"]
    if not depart_at:
        yield Remark(Weight.ADVICE, "depart_at", _("Without a departure time it can be unsealed at once."))
    elif not is_time(depart_at):
        yield Remark(Weight.WRONG, "depart_at", _("Write the time as in 2026-03-17 08:30."))
    elif is_day(plan["ends_on"]) and depart_at[:10] > plan["ends_on"]:
        yield Remark(Weight.WRONG, "depart_at", _("They depart after the mission has ended."))


def _visits(plan: Mapping[str, Any], choices: MissionChoices) -> Iterator[Remark]:
    objects = plan["objects"]
    if not objects:
        yield Remark(Weight.WRONG, "objects", _("No unit has been chosen yet."))
    if len(objects) > MOST_VISITS:
        yield Remark(Weight.WRONG, "objects", _("At most {count} visits.").format(count=MOST_VISITS))
    known = {choice.id for choice in choices.checklists}
    nodes = {node.id for node in choices.nodes}
    seen: set[tuple[str, ...]] = set()
    for number, visit in enumerate(objects):
        if visit["checklist"] not in known:
            yield Remark(Weight.WRONG, "checklist", _("Choose a checklist."), number)
        if visit["node"] not in nodes:
            text = _("Choose the computer it goes to.")
            yield Remark(Weight.NEEDED, "node", text, number)
        yield from _day(plan, visit["planned_on"], number)
        same = tuple(visit[name] for name in ("unit", "site", "checklist", "planned_on"))
        if same in seen:
            yield Remark(Weight.ADVICE, "objects", _("The same visit stands here twice."), number)
        seen.add(same)


def _day(plan: Mapping[str, Any], day: str, number: int) -> Iterator[Remark]:
    if day and not is_day(day):
        yield Remark(Weight.WRONG, "planned_on", _("Write the day as in 2026-03-17."), number)
    elif day and (day < plan["starts_on"] or (plan["ends_on"] and day > plan["ends_on"])):
        yield Remark(Weight.ADVICE, "planned_on", _("The day lies outside the mission."), number)


def _team(plan: Mapping[str, Any], choices: MissionChoices) -> Iterator[Remark]:
    names = list(dict.fromkeys(name for name in (plan["leader"].strip(), *plan["team"]) if name))
    if not plan["leader"].strip():
        yield Remark(Weight.NEEDED, "leader", _("Say who leads the team."))
    elif len(names) < FEWEST_INSPECTORS:
        yield Remark(Weight.ADVICE, "team", _("An inspection takes two people at least."))
    inspected = {visit["unit"] for visit in plan["objects"]}
    for name, unit in _conflicts(names, inspected, choices):
        text = _("{name} holds a post at {unit}, which is inspected: recusal?").format(name=name, unit=unit)
        yield Remark(Weight.ADVICE, "team", text)


def _conflicts(
    names: Sequence[str], inspected: set[str], choices: MissionChoices
) -> Iterator[tuple[str, str]]:
    for person in choices.people:
        if person.name in names:
            for unit in choices.units:
                if unit.id in person.units & inspected:
                    yield person.name, unit.name


def _inspected_names(plan: Mapping[str, Any], choices: MissionChoices) -> Iterator[str]:
    inspected = {visit["unit"] for visit in plan["objects"]}
    for unit in choices.units:
        if unit.id in inspected:
            yield from (unit.name, unit.full_name)


def is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """A day and a time to the minute, without an offset: local time of this computer."""
    try:
        return datetime.fromisoformat(text).isoformat(timespec="minutes")[:16] == text[:16]
    except ValueError:
        return False
