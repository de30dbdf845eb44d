"""What came of drawing again, in the words of the interface."""

from desktop.domain.draw_record import Redrawn
from desktop.i18n import _
from desktop.services.missions.mission_draws import CheckedDraw


def outcome_text(outcome: Redrawn) -> str:
    return {
        Redrawn.SAME: _("Drawn again: the same places come out."),
        Redrawn.OTHER_POPULATION: _("The list of units is not the one whose hash was recorded."),
        Redrawn.OTHER_RESULT: _("Drawn again, other places come out than were recorded."),
        Redrawn.OWN_WITNESS: _("The same places come out, but the witness is the person who drew."),
        Redrawn.UNKNOWN: _("A later version of the program drew here; this one cannot draw it again."),
    }[outcome]


def noted_text(checked: CheckedDraw) -> str:
    """Whether the log knew this very record when it was drawn."""
    if checked.noted_at:
        time = checked.noted_at[:16].replace("T", " ")
        return _("The log noted this record on {time}.").format(time=time)
    return _("The log on this computer does not note this record.")


def witness_text(witness: str) -> str:
    return witness or _("no witness")
