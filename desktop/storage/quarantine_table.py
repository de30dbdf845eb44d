"""The ledger of the quarantine: files that could not be used, with the reason. Nothing is ever deleted from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.storage.dismissals import Dismissal, dismissals
from desktop.storage.driver import Database


@dataclass(frozen=True)
class QuarantineRow:
    """``state``: waiting; ready when the reason is gone and the package can be applied; applied."""

    file_sha256: str
    file_name: str
    stored_name: str
    reason: str
    problem: str
    advice: str
    state: str
    at_ms: int
    sender: str | None = None
    stream: str | None = None
    seq: int | None = None
    manifest_sha256: str | None = None
    dismissal: Dismissal | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to look at it."""
        return self.state != "applied" and self.dismissal is None


_COLUMNS = (
    "file_sha256, file_name, stored_name, reason, problem, advice, state, at_ms, sender, stream, seq,"
    " manifest_sha256"
)


def save_quarantined(db: Database, row: QuarantineRow) -> None:
    values = [getattr(row, field) for field in _COLUMNS.split(", ")]
    db.execute(
        f"INSERT INTO quarantine ({_COLUMNS}) VALUES ({', '.join('?' * len(values))})"
        " ON CONFLICT DO UPDATE SET reason = excluded.reason, problem = excluded.problem,"
        " advice = excluded.advice, state = excluded.state, sender = excluded.sender,"
        " stream = excluded.stream, seq = excluded.seq, manifest_sha256 = excluded.manifest_sha256",
        values,
    )


def set_quarantine_state(db: Database, file_sha256: str, state: str) -> None:
    db.execute("UPDATE quarantine SET state = ? WHERE file_sha256 = ?", [state, file_sha256])


def quarantined(db: Database) -> list[QuarantineRow]:
    """Everything in the quarantine, oldest first.

    A dismissal counts for the reason it was given for: a file that is refused for another one waits again.
    """
    rows = db.execute(f"SELECT {_COLUMNS} FROM quarantine ORDER BY at_ms, file_sha256").fetchall()
    dismissed = dismissals(db) if rows else {}
    return [_with_dismissal(QuarantineRow(*row), dismissed) for row in rows]


def count_waiting(db: Database) -> int:
    """How many files somebody still has to look at."""
    return sum(1 for row in quarantined(db) if row.is_waiting)


def _with_dismissal(row: QuarantineRow, dismissed: Mapping[str, Dismissal]) -> QuarantineRow:
    given = dismissed.get(row.file_sha256)
    if given is None or row.state == "applied" or given.refusal != row.reason:
        return row
    return replace(row, dismissal=given)
