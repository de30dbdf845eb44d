"""Merging W2 (a fifth: 200 packages, about 26,000 rows) against one executemany of the rows that come of it.

The peer writes the same rows into the same tables, with the same keys and indexes, in one transaction; once through
SQLCipher with the settings of the workspace, once through plain SQLite. Time is processor time: with packages of
130 rows the clock would mostly show how long this disk takes for an fsync.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.office import found, opened
from benchmarks.packages import FieldNode, enrolled_nodes, write_packages
from benchmarks.pairs import Pairs, Work, cost_of, interleaved
from benchmarks.table import Result
from desktop.datafiles import SCHEMA
from desktop.domain.entry import SignedEntry
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.merged_file import Outcome
from desktop.storage.database import create_database
from desktop.storage.driver import Database
from desktop.storage.merge import merge_entries

_KEY = bytes(range(32))
_TABLES = ("stream", "entry", "part", "record", "visit", "answer", "evidence")
Rows = dict[str, list[tuple[object, ...]]]
Batches = Sequence[Sequence[SignedEntry]]
Merge = Callable[[Database, Batches], None]
Insert = Callable[[Path, Rows], Work]


def measure(folder: Path, pairs: int, packages: int) -> list[Result]:
    office, field = found(folder / "w2")
    field.close()
    nodes = enrolled_nodes(office, packages, seed=2)
    files = write_packages(office, nodes, _made(folder / "packages"))
    home = office.node
    office.close()
    batches = [node.entries for node in nodes]
    whole = _database(folder / "rows.db", home, nodes)
    _merge_each(whole, batches)
    rows = {table: whole.execute(f"SELECT * FROM {table}").fetchall() for table in _TABLES}  # noqa: S608  names above
    size = int(
        whole.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").fetchone()[0]
    )
    whole.close()
    name = f"{packages} packages, {sum(map(len, rows.values())):,} rows"
    results = []
    for way, bar, merge in (("one by one", 5, _merge_each), ("batched", 2.5, _merge_at_once)):
        for peer, insert in (("SQLCipher", _insert_sealed), ("plain SQLite", _insert_plain)):
            place = _made(folder / f"{way}, {peer}")

            def ours(n: int, merge: Merge = merge, place: Path = place) -> Work:
                db = _database(place / f"merged-{n}.db", home, nodes)
                return lambda: merge(db, batches)

            def theirs(n: int, insert: Insert = insert, place: Path = place) -> Work:
                return insert(place / f"inserted-{n}.db", rows)

            costs = interleaved(pairs, ours, theirs)
            results += _compare(f"merge {way}, {name}", f"executemany, {peer}", bar, costs, size)
    return [*results, *_end_to_end(folder, files, name)]


def _compare(name: str, peer: str, bar: float, pairs: Pairs, size: int) -> list[Result]:
    time = Result(
        f"{name}: CPU", peer, pairs.ratio("cpu_seconds"), pairs.text("cpu_seconds"), bar, f"≤ {bar}"
    )
    if "plain" in peer:
        return [time]
    written = median(cost.written_bytes for cost in pairs.ours) / size
    text = f"{written:.1f} × {size / 1e6:.1f} MB"
    return [time, Result(f"{name}: bytes written", "size of the database", written, text, 12, "≤ 12")]


def _end_to_end(folder: Path, files: Sequence[Path], name: str) -> list[Result]:
    """Files on the disk to records in the workspace, and all of them a second time."""
    with opened(folder / "w2" / "office") as office:
        outcomes = []
        first = cost_of(lambda: outcomes.extend(r.outcome for r in merge_packages(office, files).files))
        again = cost_of(lambda: outcomes.extend(r.outcome for r in merge_packages(office, files).files))
    if set(outcomes[: len(files)]) != {Outcome.APPLIED} or set(outcomes[len(files) :]) != {Outcome.KNOWN}:
        raise AssertionError("a package was not taken")
    ratio = again.seconds / first.seconds
    text = f"{ratio:.3f} ({again.seconds:.3g} s : {first.seconds:.3g} s)"
    figures = f"{first.seconds:.3g} s, {first.cpu_seconds:.3g} s CPU, {first.seconds / len(files) * 1000:.0f} ms each"
    return [
        Result(f"merge files, {name}", "for information", first.seconds, figures),
        Result(f"merge files again, {name}", "the first merge", ratio, text, 0.05, "≤ 0.05"),
    ]


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _database(path: Path, home: str, nodes: Sequence[FieldNode]) -> Database:
    db = create_database(path, _KEY)
    known = [(home, "office"), *((node.identity.node, "field") for node in nodes)]
    with db.atomic():
        db.conn.executemany(
            "INSERT INTO node (id, kind, name, card, fingerprint, status) VALUES (?, ?, '', x'00', '', 'enrolled')",
            known,
        )
    return db


def _merge_each(db: Database, batches: Batches) -> None:
    for batch in batches:
        with db.atomic():
            merge_entries(db, batch)


def _merge_at_once(db: Database, batches: Batches) -> None:
    with db.atomic():
        merge_entries(db, [signed for batch in batches for signed in batch])


def _insert_sealed(path: Path, rows: Rows) -> Work:
    db = create_database(path, _KEY)

    def work() -> None:
        with db.atomic():
            for table, values in rows.items():
                db.conn.executemany(_insert(table, values), values)

    return work


def _insert_plain(path: Path, rows: Rows) -> Work:
    db = sqlite3.connect(path, isolation_level=None)
    db.executescript(SCHEMA.read_text(encoding="utf-8"))
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")

    def work() -> None:
        db.execute("BEGIN")
        for table, values in rows.items():
            db.executemany(_insert(table, values), values)
        db.execute("COMMIT")

    return work


def _insert(table: str, values: Sequence[tuple[object, ...]]) -> str:
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})"  # noqa: S608  a name of this module
