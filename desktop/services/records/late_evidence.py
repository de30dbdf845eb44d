"""Evidence that was added by a correction: said wherever it is seen, on the screen and on paper."""

from dataclasses import dataclass

from desktop.i18n import _
from desktop.services.workspace.local_time import local_time
from desktop.storage.driver import Database
from desktop.storage.late_evidence import birth_with_reason, is_left_out_by_leader
from desktop.storage.records import Row


@dataclass(frozen=True)
class Addition:
    """``at``: local time to the minute. ``is_after_sign_off``: the leader's signature does not cover it."""

    at: str
    by: str
    reason: str
    is_after_sign_off: bool


def addition_of(db: Database, evidence: Row) -> Addition | None:
    """How this came in by a correction; None for what was taken in while the visit was recorded."""
    birth = birth_with_reason(db, str(evidence["id"]))
    if birth is None:
        return None
    return Addition(
        local_time(int(birth["at_ms"] or 0))[:16].replace("T", " "),
        str(birth["by_name"]),
        str(birth["reason"]),
        is_left_out_by_leader(db, str(evidence["owner_id"] or ""), str(evidence["sha256"] or "")),
    )


def addition_text(added: Addition) -> str:
    """A sentence without its full stop: when, by whom and why."""
    text = (
        _("Added after sign-off on {time} by {who}, by a correction: {reason}")
        if added.is_after_sign_off
        else _("Added on {time} by {who}, by a correction: {reason}")
    )
    return text.format(time=added.at, who=added.by, reason=added.reason)


def addition_mark(added: Addition) -> str:
    """A word for a tile, or behind a number on paper."""
    return _("after sign-off") if added.is_after_sign_off else _("by correction")
