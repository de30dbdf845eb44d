"""The clock of a computer, watched by its own pace: who sets it makes it jump, and that can be seen."""

from dataclasses import dataclass

TOLERATED_MS = 2000
"""What a clock may gain or lose between two looks before somebody must have set it."""


@dataclass(frozen=True)
class Reading:
    """Two clocks looked at together. ``steady_ms`` only goes on, from an arbitrary beginning."""

    wall_ms: int
    steady_ms: int


@dataclass(frozen=True)
class ClockJump:
    """The clock showed ``old_ms`` (or would have) and shows ``new_ms``: milliseconds since 1970."""

    old_ms: int
    new_ms: int

    @property
    def difference_ms(self) -> int:
        """Positive where the clock was put forward."""
        return self.new_ms - self.old_ms


def jump_between(before: Reading, after: Reading) -> ClockJump | None:
    """How far the wall clock went beside the time that passed; None where it kept its pace."""
    expected = before.wall_ms + after.steady_ms - before.steady_ms
    jump = ClockJump(expected, after.wall_ms)
    return jump if abs(jump.difference_ms) > TOLERATED_MS else None


def step_back(newest_ms: int, now_ms: int) -> ClockJump | None:
    """A clock that shows less than what was written under it before: it was put back while nobody looked."""
    return ClockJump(newest_ms, now_ms) if now_ms < newest_ms - TOLERATED_MS else None
