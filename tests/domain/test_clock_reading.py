import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.clock_reading import TOLERATED_MS, ClockJump, Reading, jump_between, step_back

TIMES = st.integers(0, 10**13)


@given(TIMES, TIMES, st.integers(0, 10**9), st.integers(-(10**12), 10**12))
def test_what_the_wall_clock_gains_beside_the_time_that_passed_is_the_jump(wall, steady, passed, gained):
    after = Reading(wall + passed + gained, steady + passed)

    jump = jump_between(Reading(wall, steady), after)

    assert (jump is not None) is (abs(gained) > TOLERATED_MS)
    assert jump is None or jump == ClockJump(wall + passed, wall + passed + gained)
    assert jump is None or jump.difference_ms == gained


@pytest.mark.parametrize(
    ("now_ms", "jump"), [(8000, None), (7999, ClockJump(10_000, 7999)), (10_000, None), (20_000, None)]
)
def test_a_clock_behind_what_was_written_went_back(now_ms, jump):
    assert step_back(10_000, now_ms) == jump
