"""Who signs a visit: somebody this workspace knows, never just any text."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.visit_values import VisitView
from desktop.services.visits.visit_team import planned_team, team_on_the_road
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows


def known_signer(workspace: Workspace, view: VisitView, name: str) -> str:
    """``name`` if it is that of the leader, of one of the team, or of a person on record; raises UserError else.

    Without a name it is the leader that the visit names, else the person who is working.
    """
    leader = view.text("leader") or workspace.person.name
    signer = name.strip()
    if not signer:
        return leader
    mission_id = view.text("mission_id")
    planned = planned_team(workspace, mission_id).names
    going = team_on_the_road(workspace, mission_id, view.id).names
    people = [row["name"] for row in all_rows(workspace.db, "person")]
    if signer not in {leader, *view.team, *planned, *going, *people}:
        raise UserError(
            _("“{name}” is neither in the team of this visit nor on the list of people.").format(name=signer),
            _("Write the name as it stands there, or add the person first and sign then."),
        )
    return signer
