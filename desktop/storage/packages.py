"""Packages that came and went, what they first brought, what was sent to whom, and the receipts."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.ancestry import Span
from desktop.storage.driver import Database


@dataclass(frozen=True)
class PackageRow:
    """A package. ``state``: planned, written, applied, set_aside (undone, or given up unwritten) or acknowledged.

    ``file_sha256`` only where it is one file; ``size`` of all files together.
    """

    manifest_sha256: str
    package_id: str
    kind: str
    direction: str
    sender: str
    stream: str
    dest: str
    seq: int
    prev: str | None
    state: str
    at_ms: int
    manifest: bytes
    signature: bytes
    contents: bytes | None = None
    file_name: str | None = None
    file_sha256: str | None = None
    size: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it came here or left this computer: neither unfinished nor given up unwritten."""
        return self.state != "planned" and (self.direction, self.state) != ("out", "set_aside")


@dataclass(frozen=True)
class ReceiptRow:
    """The answer of ``node`` to one package. ``state``: received, applied, set_aside or quarantined."""

    manifest_sha256: str
    node: str
    stream: str
    seq: int
    state: str
    wanted: tuple[str, ...]
    held: tuple[str, ...]
    durable: Mapping[str, int] | None
    at_ms: int


_COLUMNS = (
    "manifest_sha256, package_id, kind, direction, sender, stream, dest, seq, prev, state, at_ms, manifest,"
    " signature, contents, file_name, file_sha256, size"
)


def take_package_seq(db: Database, stream: str, dest: str) -> int:
    """The next number for packages of this stream to ``dest``. Commit before the first byte is written."""
    last = db.execute(
        "SELECT coalesce(max(seq), 0) FROM package_seq WHERE stream = ? AND dest = ?", [stream, dest]
    ).fetchone()[0]
    db.execute("INSERT INTO package_seq (stream, dest, seq) VALUES (?, ?, ?)", [stream, dest, last + 1])
    return int(last) + 1


def save_package(db: Database, package: PackageRow) -> None:
    fields = _COLUMNS.split(", ")
    values = [getattr(package, field.strip()) for field in fields]
    updates = ", ".join(f"{f.strip()} = excluded.{f.strip()}" for f in fields[9:])
    db.execute(
        f"INSERT INTO package ({_COLUMNS}) VALUES ({', '.join('?' * len(fields))})"
        f" ON CONFLICT DO UPDATE SET direction = excluded.direction, {updates}",
        values,
    )


def set_package_state(db: Database, manifest_sha256: str, state: str) -> None:
    db.execute("UPDATE package SET state = ? WHERE manifest_sha256 = ?", [state, manifest_sha256])


def find_package(db: Database, manifest_sha256: str) -> PackageRow | None:
    return next(iter(_packages(db, "WHERE manifest_sha256 = ?", [manifest_sha256])), None)


def package_of_file(db: Database, file_sha256: str) -> PackageRow | None:
    return next(iter(_packages(db, "WHERE file_sha256 = ?", [file_sha256])), None)


def packages_between(db: Database, stream: str, dest: str) -> list[PackageRow]:
    """All packages of a stream to a node, by number; a number can stand twice after a fork."""
    return _packages(db, "WHERE stream = ? AND dest = ? ORDER BY seq, manifest_sha256", [stream, dest])


def packages(db: Database, direction: str | None = None) -> list[PackageRow]:
    if direction is None:
        return _packages(db, "ORDER BY at_ms, manifest_sha256", [])
    return _packages(db, "WHERE direction = ? ORDER BY at_ms, manifest_sha256", [direction])


def unfinished_package(db: Database, stream: str, dest: str) -> PackageRow | None:
    """The package to ``dest`` that was planned last and is not written whole."""
    planned = [row for row in packages_between(db, stream, dest) if row.state == "planned"]
    return planned[-1] if planned else None


def last_arrivals(db: Database) -> dict[str, int]:
    """When the newest package of each node came here: {node: milliseconds since 1970}."""
    rows = db.execute("SELECT sender, max(at_ms) FROM package WHERE direction = 'in' GROUP BY sender")
    return dict(rows.fetchall())


def save_introduced(db: Database, manifest_sha256: str, spans: Iterable[Span]) -> None:
    db.conn.executemany(
        "INSERT INTO introduced (manifest_sha256, stream, first, last, tip) VALUES (?, ?, ?, ?, ?)",
        [(manifest_sha256, span.stream, span.first, span.last, span.tip) for span in spans],
    )


def introduced_by(db: Database, manifest_sha256: str) -> tuple[Span, ...]:
    rows = db.execute(
        "SELECT stream, first, last, tip FROM introduced WHERE manifest_sha256 = ? ORDER BY stream, first",
        [manifest_sha256],
    )
    return tuple(Span(*row) for row in rows)


def arrived_at(db: Database, stream: str, seq: int) -> int | None:
    """When the package came that first brought this entry; None where it is of this node, or came otherwise."""
    row = db.execute(
        "SELECT min(p.at_ms) FROM introduced i JOIN package p USING (manifest_sha256)"
        " WHERE i.stream = ? AND ? BETWEEN i.first AND i.last",
        [stream, seq],
    ).fetchone()
    return row[0] if row else None


def save_sent(db: Database, manifest_sha256: str, ranges: Iterable[tuple[str, int, int]]) -> None:
    db.conn.executemany(
        "INSERT INTO sent (manifest_sha256, stream, first, last) VALUES (?, ?, ?, ?)",
        [(manifest_sha256, *item) for item in ranges],
    )


def is_on_its_way(db: Database, stream: str, seq: int) -> bool:
    """Whether a package that was written here carries this entry, to whomever."""
    row = db.execute(
        "SELECT 1 FROM sent JOIN package USING (manifest_sha256)"
        " WHERE sent.stream = ? AND ? BETWEEN sent.first AND sent.last AND package.state <> 'planned'",
        [stream, seq],
    ).fetchone()
    return row is not None


def save_receipt(db: Database, receipt: ReceiptRow, *, replaces: bool | None = None) -> None:
    """Keep the newest answer to a package. Who knows whether it is newer says so; else the clock has to."""
    durable = None if receipt.durable is None else json.dumps(dict(receipt.durable))
    db.execute(
        "INSERT INTO receipt (manifest_sha256, node, stream, seq, state, wanted, held, durable, at_ms)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state,"
        " wanted = excluded.wanted, held = excluded.held, durable = excluded.durable, at_ms = excluded.at_ms"
        " WHERE coalesce(?, excluded.at_ms >= receipt.at_ms)",
        [
            receipt.manifest_sha256,
            receipt.node,
            receipt.stream,
            receipt.seq,
            receipt.state,
            json.dumps(list(receipt.wanted)),
            json.dumps(list(receipt.held)),
            durable,
            receipt.at_ms,
            replaces,
        ],
    )


def receipts(db: Database, node: str | None = None) -> list[ReceiptRow]:
    where, values = ("WHERE node = ?", [node]) if node else ("", [])
    sql = (
        "SELECT manifest_sha256, node, stream, seq, state, wanted, held, durable, at_ms"
        f" FROM receipt {where} ORDER BY stream, seq, node"
    )
    return [
        ReceiptRow(
            manifest, of_node, stream, seq, state, tuple(json.loads(wanted)), tuple(json.loads(held)),
            json.loads(durable) if durable else None, at_ms,
        )
        for manifest, of_node, stream, seq, state, wanted, held, durable, at_ms in db.execute(sql, values)
    ]  # fmt: skip


def _packages(db: Database, clause: str, values: Sequence[str]) -> list[PackageRow]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM package {clause}", values)
    return [PackageRow(*row) for row in rows]
