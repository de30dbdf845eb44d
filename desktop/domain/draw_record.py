"""The record of a draw, as it is signed with its mission, and whether the draw comes out again.

Its fields are said in docs/FORMAT.md, 4.1. Records come from anywhere: one that is written in another way is told
from one that is wrong.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from desktop.domain import canonical
from desktop.domain.canonical import Json
from desktop.domain.draw import ALGORITHM, Candidate, Lot, Place, draw, in_order, population_hash

_RECORD_LABEL = b"mingcha-draw-record-v1\0"


class UnreadableDrawError(ValueError):
    """The value is no record of a draw, or one of a later version."""


class Redrawn(Enum):
    """What comes of drawing again.

    OWN_WITNESS: the person who drew is named as the witness. UNKNOWN: a later version drew, which this one cannot
    repeat.
    """

    SAME = "same"
    OTHER_POPULATION = "other population"
    OTHER_RESULT = "other result"
    OWN_WITNESS = "own witness"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class DrawRecord:
    """``by`` is the record id of the person who drew; ``witness`` is empty where there was none.

    ``count``: how many were wanted; ``result`` in the order in which they were drawn.
    """

    at: str
    by: str
    by_name: str
    witness: str
    population: tuple[Candidate, ...]
    population_sha256: str
    count: int
    seed: str
    result: tuple[Place, ...]
    algorithm: str = ALGORITHM


def make_draw(
    population: tuple[Candidate, ...], count: int, seed: str, *, at: str, by: Lot, witness: str
) -> DrawRecord:
    """Draw, and record it. ``by``: the person, by record id and name."""
    units = in_order(population)
    drawn = draw(units, count, seed)
    return DrawRecord(at, by.id, by.name, witness, units, population_hash(units), count, seed, drawn)


def redraw(record: DrawRecord) -> Redrawn:
    """Draw again from what the record says."""
    if record.algorithm != ALGORITHM:
        return Redrawn.UNKNOWN
    if population_hash(record.population) != record.population_sha256:
        return Redrawn.OTHER_POPULATION
    if draw(record.population, record.count, record.seed) != record.result:
        return Redrawn.OTHER_RESULT
    return Redrawn.OWN_WITNESS if is_same_person(record.witness, record.by_name) else Redrawn.SAME


def is_same_person(witness: str, by_name: str) -> bool:
    """Whether somebody is named as the witness of his own draw."""
    name = "".join(witness.split()).casefold()
    return bool(name) and name == "".join(by_name.split()).casefold()


def record_hash(value: Mapping[str, Json]) -> str:
    """The SHA-256 of a record as it stands in its mission. The seed in it keeps it from being guessed."""
    return hashlib.sha256(_RECORD_LABEL + canonical.encode(value)).hexdigest()


def encode_draw(record: DrawRecord) -> dict[str, Json]:
    return {
        "algorithm": record.algorithm,
        "at": record.at,
        "by": record.by,
        "by_name": record.by_name,
        "count": record.count,
        "population": [
            {
                "unit": unit.id,
                "name": unit.name,
                "sites": [{"site": site.id, "name": site.name} for site in unit.sites],
            }
            for unit in record.population
        ],
        "population_sha256": record.population_sha256,
        "result": [{"unit": place.unit, "site": place.site} for place in record.result],
        "seed": record.seed,
        "witness": record.witness,
    }


def decode_draw(value: object) -> DrawRecord:
    """Raises UnreadableDrawError. Members that came later are skipped."""
    body = _object(value)
    population = tuple(_candidate(unit) for unit in _list(body, "population"))
    if _has_twice(population) or any(_has_twice(unit.sites) for unit in population):
        raise UnreadableDrawError("the same lot twice")
    return DrawRecord(
        at=_text(body, "at"),
        by=_text(body, "by"),
        by_name=_text(body, "by_name"),
        witness=_text(body, "witness"),
        population=population,
        population_sha256=_text(body, "population_sha256"),
        count=_count(body),
        seed=_text(body, "seed"),
        result=tuple(_place(place) for place in _list(body, "result")),
        algorithm=_text(body, "algorithm"),
    )


def _has_twice(lots: Sequence[Candidate] | Sequence[Lot]) -> bool:
    return len({lot.id for lot in lots}) < len(lots)


def _candidate(value: object) -> Candidate:
    unit = _object(value)
    sites = (_object(site) for site in _list(unit, "sites"))
    lots = tuple(Lot(_text(site, "site"), _text(site, "name")) for site in sites)
    return Candidate(_text(unit, "unit"), _text(unit, "name"), lots)


def _place(value: object) -> Place:
    place = _object(value)
    return Place(_text(place, "unit"), _text(place, "site"))


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise UnreadableDrawError("not an object")
    return value


def _list(body: Mapping[str, object], name: str) -> list[object]:
    value = body.get(name)
    if not isinstance(value, list):
        raise UnreadableDrawError(name)
    return value


def _text(body: Mapping[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise UnreadableDrawError(name)
    return value


def _count(body: Mapping[str, object]) -> int:
    value = body.get("count")
    # A truth value is a number to Python.
    if type(value) is not int:
        raise UnreadableDrawError("count")
    return value
