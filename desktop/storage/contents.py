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
