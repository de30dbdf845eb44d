"""Adding or replacing somebody of the team on the road, for one visit or for the rest of the mission.

The plan of the mission stays as the office made it; who really went stands in the visits, and the reason in the log.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.domain.lengths import LONGEST_NAME, LONGEST_TEXT, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.save_findings import save_findings
from desktop.services.visits.visit_head import SUBMITTED, drafted_header, head_of, head_part
from desktop.services.visits.visit_team import TEAM_CHANGED, Team, keep_team, planned_team, team_on_the_road
from desktop.services.workspace.journal import birth, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.opened_secrets import read_opened_secret
from desktop.storage.records import all_rows, find_row
from desktop.storage.visit_list import visit_rows

_MOST_MEMBERS = 40


@dataclass(frozen=True)
class TeamChoices:
    """``now`` goes, ``planned`` was to go; ``people`` are the names on record."""

    visit_id: str
    mission_id: str
    now: Team
    planned: Team
    people: tuple[str, ...]


@dataclass(frozen=True)
class TeamChange:
    """Who goes from now on. Without a ``visit_id`` it is for all visits of the mission that are not finished."""

    team: Team
    reason: str
    mission_id: str = ""
    visit_id: str = ""


@dataclass(frozen=True)
class ChangedTeam:
    """``visits``: how many begun visits name the new team now; ``new_people`` were not on record before."""

    team: Team
    visits: int
    new_people: tuple[str, ...]


def team_choices(workspace: Workspace, mission_id: str, visit_id: str = "") -> TeamChoices:
    """Who goes now, and who could: of one visit, or of a mission as a whole."""
    now = team_on_the_road(workspace, mission_id, visit_id)
    if visit_id:
        head = head_of(drafted_header(workspace, read_visit(workspace.db, visit_id)))
        now = Team(head.leader, head.team)
    people = dict.fromkeys(
        str(row["name"]) for row in all_rows(workspace.db, "person", "name, id") if row["name"]
    )
    return TeamChoices(visit_id, mission_id, now, planned_team(workspace, mission_id), tuple(people))


def change_team(workspace: Workspace, change: TeamChange) -> ChangedTeam:
    """Put another team in the place of the one before; who is not on record becomes a person of this workspace."""
    team, reason = _tidy(change.team), change.reason.strip()
    _check(team, reason)
    visits = _visits(workspace, change)
    before = team_choices(workspace, change.mission_id, change.visit_id).now
    if team == before and not change.mission_id:
        raise UserError(_("The team is the same as before."), _("Choose who comes, who goes, or who leads."))
    with workspace.db.atomic():
        new_people = _add_people(workspace, team.names)
        keep_team(workspace, change.visit_id or change.mission_id, team)
        begun = 0
        for view in visits:
            if not change.visit_id:
                keep_team(workspace, view.id, None)
            begun += _rename(workspace, view, team)
        write_entries(workspace, [_statement(workspace, change, team, before, reason)])
    return ChangedTeam(team, begun, new_people)


def _tidy(team: Team) -> Team:
    leader = " ".join(team.leader.split())
    names = (" ".join(name.split()) for name in team.members)
    return Team(leader, tuple(dict.fromkeys(name for name in names if name and name != leader)))


def _check(team: Team, reason: str) -> None:
    if not team.leader:
        raise UserError(_("A team needs a leader."), _("Name who leads it from now on."))
    if len(team.members) > _MOST_MEMBERS or max(map(len, team.names)) > LONGEST_NAME:
        raise UserError(
            _("A name has at most {count} characters.").format(count=LONGEST_NAME),
            _("Write one name at a time, without unit or post."),
        )
    if not reason:
        raise UserError(
            _("Changing the team on the road needs a reason."), _("Say why, for example “fell ill”.")
        )
    check_length(_("Reason"), reason, LONGEST_TEXT)


def _visits(workspace: Workspace, change: TeamChange) -> list[VisitView]:
    """The visits whose heads follow; finished ones keep the people who made them."""
    if change.visit_id:
        view = read_visit(workspace.db, change.visit_id)
        check_open(workspace, view, drafted_header(workspace, view))
        return [view]
    mission = find_row(workspace.db, "mission", change.mission_id)
    held = [read_visit(workspace.db, str(row["id"])) for row in visit_rows(workspace.db)]
    mine = [v for v in held if workspace.node in v.holders and v.text("mission_id") == change.mission_id]
    if mission is None or not mine:
        raise UserError(
            _("No visit of this mission is made on this computer."), _("Change the team where it is made.")
        )
    if mission["seal"] is not None and read_opened_secret(workspace.db, change.mission_id) is None:
        raise UserError(
            _("The mission is still sealed, so nobody can say who was to go."), _("Open it first.")
        )
    return [view for view in mine if not view.is_signed]


def _rename(workspace: Workspace, view: VisitView, team: Team) -> bool:
    """Put the team into the head of a visit that has begun; whether it had. One that has not takes it up then."""
    header = drafted_header(workspace, view)
    is_begun = bool(view.text("status")) or any(
        draft.part == "header" for draft in drafts_of(workspace.db, view.id)
    )
    if not is_begun or header.get("status") == SUBMITTED:
        return False
    head = replace(head_of(header), leader=team.leader, team=team.members)
    save_findings(workspace, view.id, "visit", {"header": head_part(header, head)})
    return True


def _add_people(workspace: Workspace, names: Sequence[str]) -> tuple[str, ...]:
    """A record for everybody who goes and has none yet: a person may be born on any computer."""
    known = {row["name"] for row in all_rows(workspace.db, "person")}
    new = tuple(name for name in names if name not in known)
    write_entries(
        workspace,
        [birth(workspace, workspace.new_id(), "person", {"facts": {"name": name}}) for name in new],
    )
    return new


def _statement(workspace: Workspace, change: TeamChange, team: Team, before: Team, reason: str) -> Statement:
    """Ids only: names stand in the records, which may be corrected, never in the log."""
    ids = {str(row["name"]): str(row["id"]) for row in all_rows(workspace.db, "person", "id DESC")}

    def known(names: Sequence[str]) -> list[str]:
        return [ids[name] for name in names if name in ids]

    came = [name for name in team.names if name not in before.names]
    event = {
        "event": TEAM_CHANGED,
        "person": "".join(known([*came, team.leader])[:1]),
        "leader": "".join(known([team.leader])),
        "came": known(came),
        "left": known([name for name in before.names if name not in team.names]),
    }
    parts = {"event": event, "reason": {"text": reason}}
    return Statement(Kind.LOG, change.visit_id or change.mission_id, None, parts)
