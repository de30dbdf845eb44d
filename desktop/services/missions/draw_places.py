"""Which units and sites are visited, left to chance: nobody chooses them, and nobody can foretell them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random, SystemRandom

from desktop.services.missions.mission_choices import UnitChoice


@dataclass(frozen=True)
class Place:
    """``site`` is empty where the unit as a whole is visited."""

    unit: str
    site: str


def draw_places(units: Sequence[UnitChoice], count: int, chance: Random | None = None) -> tuple[Place, ...]:
    """Draw this many of the units, each as likely as any other, and of each unit one of its sites.

    A unit without sites is visited as a whole. They come in the order in which the units are listed, so that the
    order says nothing. ``chance`` is by default that of the operating system.
    """
    chance = chance or SystemRandom()
    drawn = sorted(chance.sample(range(len(units)), min(count, len(units))))
    return tuple(
        Place(units[number].id, chance.choice(units[number].sites).id if units[number].sites else "")
        for number in drawn
    )
