"""The files of packages: those that were written here, and those that wait for the rest of their package."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.storage.driver import Database


@dataclass(frozen=True)
class VolumeRow:
    """A file. ``state``: sealed (not read back yet), written; kept (its package waits) or merged.

    A kept one lies in the inbox of the workspace, encrypted as it came.
    """

    manifest_sha256: str
    number: int
    file_name: str
    file_sha256: str
    size: int
    state: str
    at_ms: int


@dataclass(frozen=True)
class WaitingRow:
    """A package that lacks volumes: what its signed manifest says of it."""

    manifest_sha256: str
    package_id: str
    kind: str
    sender: str
    stream: str
    seq: int
    volumes: int
    at_ms: int


_VOLUME = "manifest_sha256, number, file_name, file_sha256, size, state, at_ms"
_WAITING = "manifest_sha256, package_id, kind, sender, stream, seq, volumes, at_ms"


def save_volume(db: Database, row: VolumeRow) -> None:
    """Note a file, in place of what was noted of the same volume before."""
    db.execute(
        f"INSERT INTO volume ({_VOLUME}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
        " file_name = excluded.file_name, file_sha256 = excluded.file_sha256, size = excluded.size,"
        " state = excluded.state, at_ms = excluded.at_ms",
        [getattr(row, field) for field in _VOLUME.split(", ")],
    )


def volumes_of(db: Database, manifest_sha256: str, *states: str) -> list[VolumeRow]:
    """The files of a package in their order; of these states, or all."""
    rows = _volumes(db, "WHERE manifest_sha256 = ? ORDER BY number", [manifest_sha256])
    return [row for row in rows if not states or row.state in states]


def volumes_of_file(db: Database, file_sha256: str) -> list[VolumeRow]:
    return _volumes(db, "WHERE file_sha256 = ?", [file_sha256])


def kept_volumes(db: Database) -> list[VolumeRow]:
    return _volumes(db, "WHERE state = 'kept' ORDER BY manifest_sha256, number", [])


def forget_volume(db: Database, manifest_sha256: str, number: int) -> None:
    db.execute("DELETE FROM volume WHERE manifest_sha256 = ? AND number = ?", [manifest_sha256, number])


def forget_plan(db: Database, manifest_sha256: str) -> None:
    """Forget a package of which nothing left this computer; its number stays used."""
    db.execute("DELETE FROM volume WHERE manifest_sha256 = ?", [manifest_sha256])
    db.execute("DELETE FROM package WHERE manifest_sha256 = ? AND state = 'planned'", [manifest_sha256])


def save_waiting(db: Database, row: WaitingRow) -> None:
    db.execute(
        f"INSERT INTO waiting_package ({_WAITING}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [getattr(row, field) for field in _WAITING.split(", ")],
    )


def waiting_packages(db: Database) -> list[WaitingRow]:
    """The packages that lack volumes, oldest first."""
    rows = db.execute(f"SELECT {_WAITING} FROM waiting_package ORDER BY at_ms, manifest_sha256")
    return [WaitingRow(*row) for row in rows]


def forget_waiting(db: Database, manifest_sha256: str) -> None:
    db.execute("DELETE FROM waiting_package WHERE manifest_sha256 = ?", [manifest_sha256])


def _volumes(db: Database, clause: str, values: Sequence[str]) -> list[VolumeRow]:
    return [VolumeRow(*row) for row in db.execute(f"SELECT {_VOLUME} FROM volume {clause}", values)]
