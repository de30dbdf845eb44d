"""Numbers by which records are ordered by hand: one place up or down."""

from collections.abc import Sequence

from desktop.storage.records import Row

STEP = 10


def numbers_after(rows: Sequence[Row], number: int, places: int) -> dict[str, object]:
    """{id: its ``sort_no``} of the rows whose number changes when row ``number`` changes places with another.

    ``rows`` are all of them in the order in which they are shown. Where one has no number of its own, all are
    numbered anew in steps of ten.
    """
    other = number + places
    moved, passed = rows[number], rows[other]
    numbers = {row["sort_no"] for row in rows}
    if None not in numbers and len(numbers) == len(rows):
        return {str(moved["id"]): passed["sort_no"], str(passed["id"]): moved["sort_no"]}
    ordered = list(rows)
    ordered[number], ordered[other] = passed, moved
    wanted = {str(row["id"]): place * STEP for place, row in enumerate(ordered, 1)}
    return {
        str(row["id"]): wanted[str(row["id"])] for row in rows if row["sort_no"] != wanted[str(row["id"])]
    }
