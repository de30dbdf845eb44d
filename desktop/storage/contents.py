"""How much of everything a workspace holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.registry import RECORD_TYPES
from desktop.storage.driver import Database


@dataclass(frozen=True)
class Contents:
    """``records``: live ones by type; ``held``: entries waiting for the office; ``missing``: not arrived yet."""

    records: Mapping[str, int]
    entries: int
    held: int
    conflicts: int
    missing: int
    forked_streams: int


def count_contents(db: Database) -> Contents:
    def count(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    return Contents(
        records={name: count(f"SELECT count(*) FROM {name}") for name in RECORD_TYPES},
        entries=count("SELECT count(*) FROM entry"),
        held=count("SELECT coalesce(sum(json_array_length(held)), 0) FROM record"),
        conflicts=count("SELECT count(*) FROM conflict"),
        missing=count("SELECT coalesce(sum(missing), 0) FROM record"),
        forked_streams=count("SELECT count(*) FROM stream WHERE is_forked"),
    )


def have_vector(db: Database) -> dict[str, int]:
    """For each stream the last number without a gap before it; streams whose beginning is missing are left out.

    Where nothing is missing, the n-th number of a stream is n.
    """
    rows = db.execute(
        "SELECT s.id, max(CASE WHEN numbered.seq = numbered.place THEN numbered.seq END)"
        " FROM (SELECT stream, seq, row_number() OVER (PARTITION BY stream ORDER BY seq) AS place"
        " FROM (SELECT DISTINCT stream, seq FROM entry)) numbered"
        " JOIN stream s ON s.no = numbered.stream GROUP BY s.id"
    )
    return {stream: last for stream, last in rows if last}
