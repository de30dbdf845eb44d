"""Files of the quarantine that somebody has looked at and laid aside: what counts now. The log tells all of it."""

from dataclasses import asdict, dataclass

from desktop.storage.driver import Database
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "dismissed_in_quarantine"


@dataclass(frozen=True)
class Dismissal:
    """``by``: the id of the person. ``refusal``: what the file was refused for when it was laid aside."""

    why: str
    by: str
    at_ms: int
    refusal: str


def dismissals(db: Database) -> dict[str, Dismissal]:
    """{SHA-256 of the file: why and by whom}."""
    value = read_setting(db, _SETTING)
    found = {}
    for sha256, row in value.items() if isinstance(value, dict) else ():
        match row:
            case {"why": str(why), "by": str(by), "at_ms": int(at_ms), "refusal": str(refusal)}:
                found[sha256] = Dismissal(why, by, at_ms, refusal)
    return found


def save_dismissal(db: Database, file_sha256: str, dismissal: Dismissal | None) -> None:
    """Lay a file aside; None takes it up again."""
    kept = dismissals(db)
    kept.pop(file_sha256, None)
    if dismissal is not None:
        kept[file_sha256] = dismissal
    write_setting(db, _SETTING, {sha256: asdict(each) for sha256, each in kept.items()})
