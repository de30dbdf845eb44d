"""Searching a list in the database: words in columns, filters, an order, and one page of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.storage.driver import Database
from desktop.storage.records import Row

PAGE_ROWS = 60


@dataclass(frozen=True)
class Found:
    """One page of rows, and how many there are in all."""

    rows: Sequence[Row]
    total: int


def search_page(
    db: Database,
    select: str,
    columns: Sequence[str],
    text: str,
    filters: Mapping[str, str],
    order: str,
    page: tuple[int, int],
    fixed: Mapping[str, str | int],
) -> Found:
    """One page of what a SELECT gives, narrowed to rows that have every word of ``text`` in some of the columns.

    ``columns``, the keys of ``filters`` and ``order`` are names of the schema; what was typed travels as a value.
    Empty filters let everything through. ``page``: (offset, most rows). ``fixed``: values the SELECT itself names.
    """
    conditions: list[str] = []
    values: dict[str, str | int] = dict(fixed)
    for number, word in enumerate(text.split()):
        conditions.append("(" + " OR ".join(f"{c} LIKE :word{number} ESCAPE '\\'" for c in columns) + ")")
        values[f"word{number}"] = f"%{_literal(word)}%"
    for column, value in filters.items():
        if value:
            conditions.append(f"{column} = :{column}")
            values[column] = value
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    total = db.execute(f"SELECT count(*) FROM ({select}){where}", values).fetchone()[0]
    values |= {"offset": page[0], "most": page[1]}
    rows: list[Row] = list(
        db.query(f"SELECT * FROM ({select}){where} ORDER BY {order} LIMIT :most OFFSET :offset", values)
    )
    return Found(rows, total)


def _literal(word: str) -> str:
    """A word in which % and _ mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
