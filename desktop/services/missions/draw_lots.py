"""The lots of one draw as a person reads them: every unit with its ticket, those that were drawn first."""

from dataclasses import dataclass

from desktop.domain.draw import ALGORITHM, Candidate, ticket
from desktop.domain.draw_record import DrawRecord


@dataclass(frozen=True)
class DrawnLot:
    """A unit that could be drawn, by the names of then.

    ``number``: the how manieth it was drawn, 0 if not. ``site``: which of ``sites`` was drawn, empty where none was.
    ``ticket`` is empty where a later version drew.
    """

    number: int
    unit_id: str
    unit: str
    sites: tuple[str, ...]
    site: str
    ticket: str


def draw_lots(record: DrawRecord) -> tuple[DrawnLot, ...]:
    """As the record says, which need not be what comes out when it is drawn again."""
    drawn = {place.unit: (number, place.site) for number, place in enumerate(record.result, start=1)}
    lots = [_lot(record, unit, *drawn.get(unit.id, (0, ""))) for unit in record.population]
    return tuple(sorted(lots, key=lambda lot: (lot.number == 0, lot.number, lot.ticket)))


def _lot(record: DrawRecord, unit: Candidate, number: int, site: str) -> DrawnLot:
    names = {each.id: each.name for each in unit.sites}
    return DrawnLot(
        number,
        unit.id,
        unit.name,
        tuple(names.values()),
        names.get(site, site),
        ticket(record.seed, unit.id) if record.algorithm == ALGORITHM else "",
    )
