"""The unsealed content of covert missions, kept only in this encrypted workspace."""

from desktop.storage.driver import Database


def save_opened_secret(db: Database, mission_id: str, data: bytes, at_ms: int) -> None:
    db.execute(
        "INSERT INTO opened_secret (mission_id, bytes, at_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [mission_id, data, at_ms],
    )


def read_opened_secret(db: Database, mission_id: str) -> bytes | None:
    row = db.execute("SELECT bytes FROM opened_secret WHERE mission_id = ?", [mission_id]).fetchone()
    return row[0] if row else None
