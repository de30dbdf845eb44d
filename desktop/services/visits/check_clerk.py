"""Who keys a paper record in at the office: somebody else than those who inspected."""

from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.visits.visit_head import VisitHead
from desktop.services.workspace.workspace import Workspace


def check_clerk(workspace: Workspace, head: VisitHead) -> None:
    """Refuse a paper record that names no leader, or that one of its inspectors keys in himself.

    A laptop belongs to a team, which keys in what it wrote; at the office a second pair of eyes reads the paper.
    """
    if not workspace.is_office:
        return
    if not head.leader.strip():
        raise UserError(
            _("Nobody is named who led this visit."),
            _("Write the names of the inspectors as they stand on the paper."),
        )
    if workspace.person.name in head.inspectors:
        raise UserError(
            _("“{name}” inspected, and does not key in the paper record at the office as well.").format(
                name=workspace.person.name
            ),
            _(
                "Let somebody else key it in, with a pass phrase of his own; or key it in on the team's laptop."
            ),
        )
