"""The photo that was just taken goes to the line that was just noted."""

from desktop.domain.entry import Ctx
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import Source, collect_evidence, list_sources
from desktop.services.evidence.photo_folder import newest_photo, photo_folder
from desktop.services.visits.note_observation import Observation, link_evidence, observations_of
from desktop.services.workspace.workspace import Workspace


class NoPhotoFolderError(UserError):
    """Nobody has said on this computer where photos come from."""

    def __init__(self) -> None:
        super().__init__(_("No photo folder has been chosen on this computer."))


def attach_last_photo(workspace: Workspace, visit_id: str, base_ctx: Ctx) -> Observation:
    """Take the newest photo of the photo folder in and name it in the last line; returns that line."""
    lines = observations_of(workspace, visit_id)
    if not lines:
        raise UserError(_("There is no line yet that the photo could belong to."), _("Note a line first."))
    folder = photo_folder(workspace)
    if folder is None:
        raise NoPhotoFolderError
    found = list_sources([Source(newest_photo(folder).path)])
    (line,) = collect_evidence(workspace, visit_id, found, {})
    if not line.evidence_id:
        raise UserError(line.remark)
    return link_evidence(workspace, visit_id, lines[-1].id, line.evidence_id, base_ctx)
