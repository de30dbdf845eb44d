"""What a scoring method is, and what it gives: an exact figure with the arithmetic that leads to it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from desktop.domain.points import Rounding, equals, published, rounded, show
from desktop.domain.scoring.parameters import Parameter, Values
from desktop.i18n import _


@dataclass(frozen=True)
class Outcome:
    """A score before rounding.

    ``last`` is the expression whose value is the score; empty where the steps say all. Notes stand behind it.
    """

    exact: Fraction
    steps: tuple[str, ...]
    last: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    """One scoring method; ``name`` is a function, because the language can change."""

    code: str
    name: Callable[[], str]
    formula: str
    parameters: tuple[Parameter[object], ...]
    score: Callable[[Values], Outcome]


@dataclass(frozen=True)
class Result:
    """The published score (two places), its value before rounding, and its arithmetic line by line."""

    score: Decimal
    exact: Fraction
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def explanation(self) -> str:
        return join_steps(self.lines)


def join_steps(steps: tuple[str, ...]) -> str:
    """Join steps of arithmetic as they are printed: with ``；`` in Chinese."""
    return _("; ").join(steps)


def conclude(outcome: Outcome, rounding: Rounding = Rounding.HALF_UP) -> Result:
    """Round the outcome, once, and write the last line of its arithmetic."""
    score = rounded(outcome.exact, 2, rounding)
    if outcome.last:
        last = f"{outcome.last}{published(outcome.exact, score)}"
    else:
        last = _("score {score}").format(score=score)
    return Result(score, outcome.exact, (*outcome.steps, last, *outcome.notes), outcome.notes)


def bounded(
    steps: tuple[str, ...],
    last: str,
    value: Fraction,
    high: Fraction | None = None,
    low: Fraction | int = 0,
    notes: tuple[str, ...] = (),
) -> Outcome:
    """Return the outcome, held between the bounds, with a step that says so where a bound was met."""
    if value < low:
        step = _("{arithmetic}, not below {bound}")
        limit = Fraction(low)
    elif high is not None and value > high:
        step = _("{arithmetic}, not above {bound}")
        limit = high
    else:
        return Outcome(value, steps, last, notes)
    reached = step.format(arithmetic=f"{last}{equals(value)}", bound=show(limit))
    return Outcome(limit, (*steps, reached), "", notes)
