"""The first thing that is noted of a visit: that it began, and which mission lay on this computer then."""

from desktop.services.records.mission_nonce import BEGUN, known_nonce
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace


def note_beginning(workspace: Workspace, view: VisitView) -> None:
    """Caller's transaction, in which the first finding is stored."""
    log_event(workspace, {"event": BEGUN, **known_nonce(workspace, view.text("mission_id"))}, view.id)
