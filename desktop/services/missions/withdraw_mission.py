"""Withdrawing a mission: nothing of it is to be done any more, and what was recorded stays and counts."""

from dataclasses import dataclass

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.references import find_by_name
from desktop.services.workspace.journal import change, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import discard_drafts
from desktop.storage.visit_search import search_visits


@dataclass(frozen=True)
class WithdrawnMission:
    """``open_visits`` were assigned and are no longer to be made; ``recorded`` ones stay as they are."""

    id: str
    open_visits: int
    recorded: int


def withdraw_mission(workspace: Workspace, mission: str, reason: str) -> WithdrawnMission:
    """Withdraw a mission in any state; the nodes that hold it learn of it with their next package."""
    if not workspace.is_office:
        raise UserError(
            _("Only the office withdraws missions; this workspace is a field node."),
            _("Ask the office to withdraw it."),
        )
    row = find_by_name(workspace.db, "mission", mission)
    mission_id = str(row["id"])
    if row["status"] == MissionStatus.WITHDRAWN:
        raise UserError(_("This mission has been withdrawn already."))
    if not reason.strip():
        raise UserError(_("A mission is withdrawn with a reason."), _("Add it with --reason."))
    everything = search_visits(workspace.db, "", mission=mission_id).total
    open_visits = search_visits(workspace.db, "", mission=mission_id, state="planned").total
    noted = {"event": {"event": "withdrawn"}, "reason": {"text": reason.strip()}}
    with workspace.db.atomic():
        status = {"state": {"status": MissionStatus.WITHDRAWN.value}}
        write_entries(workspace, [change(workspace, mission_id, "mission", status)])
        discard_drafts(workspace.db, mission_id)
        write_entries(workspace, [Statement(Kind.LOG, mission_id, None, noted)])
    return WithdrawnMission(mission_id, open_visits, everything - open_visits)


def refuse_withdrawn(status: object) -> None:
    """Raise UserError where a mission that stands so is about to be sealed or issued."""
    if status == MissionStatus.WITHDRAWN:
        raise UserError(_("This mission has been withdrawn."), _("Plan a new one."))
