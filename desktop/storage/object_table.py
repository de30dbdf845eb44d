"""The ledger of evidence objects: which are here, which are still wanted, which were pruned or found corrupt."""

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.storage.driver import Database


@dataclass(frozen=True)
class ObjectRow:
    """An object. ``state``: have, wanted, pruned or corrupt; ``cipher_sha256``: of its encrypted file."""

    sha256: str
    size: int
    state: str
    cipher_sha256: str | None


def have_object(db: Database, sha256: str, size: int, cipher_sha256: str) -> None:
    """Note that an object lies in the store; called before the commit that first refers to it."""
    db.execute(
        "INSERT INTO object (sha256, size, state, cipher_sha256) VALUES (?, ?, 'have', ?) ON CONFLICT DO UPDATE"
        " SET size = excluded.size, state = 'have', cipher_sha256 = excluded.cipher_sha256",
        [sha256, size, cipher_sha256],
    )


def want_objects(db: Database, wanted: Iterable[tuple[str, int]]) -> None:
    """Note (sha256, size) of objects that records speak of and that have not come yet."""
    db.conn.executemany(
        "INSERT INTO object (sha256, size, state) VALUES (?, ?, 'wanted') ON CONFLICT DO NOTHING", wanted
    )


def set_object_state(db: Database, sha256: str, state: str) -> None:
    db.execute("UPDATE object SET state = ? WHERE sha256 = ?", [state, sha256])


def find_object(db: Database, sha256: str) -> ObjectRow | None:
    row = db.execute(
        "SELECT sha256, size, state, cipher_sha256 FROM object WHERE sha256 = ?", [sha256]
    ).fetchone()
    return ObjectRow(*row) if row else None


def objects_in_state(db: Database, *states: str) -> list[ObjectRow]:
    marks = ", ".join("?" * len(states))
    rows = db.execute(
        f"SELECT sha256, size, state, cipher_sha256 FROM object WHERE state IN ({marks}) ORDER BY sha256",
        states,
    )
    return [ObjectRow(*row) for row in rows]
