from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exchange import mutations
from tests.exchange.mutations import mutated


@given(st.binary(min_size=1, max_size=1000), st.integers())
def test_damage_always_changes_something(data, seed):
    assert mutated(data, Random(seed)) != data


def test_the_same_seed_does_the_same_damage():
    data = Random(1).randbytes(200_000)

    assert mutated(data, Random(7)) == mutated(data, Random(7))


@pytest.mark.parametrize("damage", mutations._DAMAGES)
def test_every_kind_of_damage_happens(damage):
    data = Random(1).randbytes(200_000)

    assert any(damage(data, Random(seed)) != data for seed in range(10))
