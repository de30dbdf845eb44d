"""An observation on one line of a list."""

from desktop.gui.visits.visit_words import minute_text
from desktop.i18n import _
from desktop.services.visits.note_observation import Observation


def observation_line(seen: Observation) -> str:
    """Time, place, who, what; a plus before what was good, then how long it lasted and how many photos show it."""
    minutes, seconds = divmod(seen.duration_s, 60)
    lasted = f"（{minutes}:{seconds:02}）" if seen.duration_s else ""
    sign = "＋" if seen.is_good else ""
    photos = _("photos: {count}").format(count=len(seen.evidence)) if seen.evidence else ""
    parts = (minute_text(seen.at)[11:], seen.place, seen.person, f"{sign}{seen.fact}{lasted}", photos)
    return "  ".join(part for part in parts if part)
