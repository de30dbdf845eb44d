"""Drawing again what was drawn at random, of every mission whose places may be known here."""

from collections.abc import Iterator

from desktop.domain.draw_record import Redrawn
from desktop.i18n import _
from desktop.services.missions.draw_words import outcome_text
from desktop.services.missions.mission_draws import CheckedDraw, check_draws, noted_draws
from desktop.services.upkeep.finding import Finding
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows, find_record


def verify_draws(workspace: Workspace) -> Iterator[Finding | None]:
    """A draw that does not come out again, or that the log of the office which made it does not note."""
    noted = noted_draws(workspace)
    for row in all_rows(workspace.db, "mission"):
        mission_id = str(row["id"])
        state = find_record(workspace.db, mission_id)
        is_ours = state is not None and state.home == workspace.node
        name = str(row["no"] or row["title"] or row["cover_name"] or "")
        for number, checked in enumerate(check_draws(workspace, mission_id, noted).draws, start=1):
            place = _("{mission}, draw {number} ({id})").format(mission=name, number=number, id=mission_id)
            yield _fault(checked, place, is_ours=is_ours)


def _fault(checked: CheckedDraw, place: str, *, is_ours: bool) -> Finding | None:
    if checked.outcome is Redrawn.UNKNOWN:
        return Finding("UNVERIFIABLE", place, outcome_text(checked.outcome))
    if checked.outcome is not Redrawn.SAME:
        return Finding("CORRUPT", place, outcome_text(checked.outcome))
    if is_ours and not checked.noted_at:
        return Finding("UNVERIFIABLE", place, _("The log does not say that this draw was made."))
    return None
