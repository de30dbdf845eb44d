"""S26 等次: grades by lines and quotas, and what a veto does to a grade."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from desktop.domain.scoring.s24_ranks import rank_of
from desktop.i18n import _


@dataclass(frozen=True)
class GradeLine:
    """A grade for scores from ``at_least`` up.

    At most the share ``quota`` of all units gets it, rounded down, and only the first ``top`` places; None is no
    limit.
    """

    name: str
    at_least: Decimal
    quota: Decimal | None = None
    top: int | None = None


@dataclass(frozen=True)
class Grade:
    """The grade of a unit; a vetoed one stands one grade lower and is out of the running for honours."""

    name: str
    is_vetoed: bool = False

    @property
    def label(self) -> str:
        return _("{grade} (vetoed)").format(grade=self.name) if self.is_vetoed else self.name


def assign_grades(
    scores: Sequence[Decimal], lines: Sequence[GradeLine], vetoed: Collection[int] = ()
) -> tuple[Grade, ...]:
    """Return the grade of each score; ``lines`` fall, and the last one takes everybody who is left.

    Units that tie at the edge of a quota all stay out: a quota is not exceeded, and equals are treated alike.
    ``vetoed`` are indexes into ``scores``; they take no place of a quota.
    """
    grades = [Grade(lines[-1].name)] * len(scores)
    running = [score for index, score in enumerate(scores) if index not in vetoed]
    for index, score in enumerate(scores):
        if index in vetoed:
            reached = next((at for at, line in enumerate(lines) if score >= line.at_least), len(lines) - 1)
            grades[index] = Grade(lines[min(reached + 1, len(lines) - 1)].name, is_vetoed=True)
        else:
            grades[index] = Grade(_reached(score, running, lines, len(scores)))
    return tuple(grades)


def _reached(score: Decimal, running: Sequence[Decimal], lines: Sequence[GradeLine], count: int) -> str:
    # The last of those with an equal score has to fit in as well.
    place = rank_of(running, running.index(score)) + running.count(score) - 1
    for line in lines[:-1]:
        fits_quota = line.quota is None or place <= floor(Fraction(line.quota) * count)
        if score >= line.at_least and fits_quota and (line.top is None or place <= line.top):
            return line.name
    return lines[-1].name
