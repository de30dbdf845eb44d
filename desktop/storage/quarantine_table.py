"""The ledger of the quarantine: files that could not be used, with the reason. Nothing is ever deleted from it."""

from dataclasses import dataclass

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
    """Everything in the quarantine, oldest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM quarantine ORDER BY at_ms, file_sha256")
    return [QuarantineRow(*row) for row in rows]
