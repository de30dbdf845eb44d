"""Drawing lots so that anybody can draw them again: from the same units and the same seed the same places come out.

Every unit gets a ticket, the SHA-256 of the seed and its id, and the smallest tickets are drawn. Nothing depends on
the order in which the units stand, and a ticket can be computed with ``sha256sum`` alone (docs/FORMAT.md, 4.1).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain import canonical

ALGORITHM = "mingcha-draw-1"
_POPULATION_LABEL = b"mingcha-population-v1\0"


@dataclass(frozen=True)
class Lot:
    """Something that can be drawn, with the name it had then."""

    id: str
    name: str


@dataclass(frozen=True)
class Candidate:
    """A unit that can be drawn, and its sites; without any it is visited as a whole."""

    id: str
    name: str
    sites: tuple[Lot, ...] = ()


@dataclass(frozen=True)
class Place:
    """``site`` is empty where the unit as a whole is visited."""

    unit: str
    site: str


def ticket(seed: str, *ids: str) -> str:
    """The ticket of a unit, or with two ids of a site within its unit."""
    return hashlib.sha256(",".join((ALGORITHM, seed, *ids)).encode()).hexdigest()


def draw(population: Iterable[Candidate], count: int, seed: str) -> tuple[Place, ...]:
    """As many units as are wanted and there are, each as likely as any other, and of each one of its sites.

    They come as they are drawn: the smallest ticket first.
    """
    drawn = sorted(population, key=lambda unit: ticket(seed, unit.id))[: max(0, count)]
    return tuple(Place(unit.id, _site(unit, seed)) for unit in drawn)


def in_order(population: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Units and their sites by id, so that one population has one form."""
    return tuple(
        Candidate(unit.id, unit.name, tuple(sorted(unit.sites, key=lambda site: site.id)))
        for unit in sorted(population, key=lambda unit: unit.id)
    )


def population_hash(population: Sequence[Candidate]) -> str:
    """The SHA-256 of who could be drawn, names and sites included, in whatever order they stand."""
    rows = [
        [unit.id, unit.name, [[site.id, site.name] for site in unit.sites]] for unit in in_order(population)
    ]
    return hashlib.sha256(_POPULATION_LABEL + canonical.encode(rows)).hexdigest()


def _site(unit: Candidate, seed: str) -> str:
    return min((site.id for site in unit.sites), key=lambda site: ticket(seed, unit.id, site), default="")
