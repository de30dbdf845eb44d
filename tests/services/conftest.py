"""One world is founded for all tests; every test works on a copy of its own."""

import shutil

import pytest

from tests.services.worlds import START_MS, Clock, World, found_world


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """The closed world that the others are copies of."""
    with found_world(tmp_path_factory.mktemp("founded") / "world", Clock()) as world:
        visits, recovery_key, now_ms = world.visits, world.recovery_key, world.clock.now_ms
    return World(world.folder, Clock(now_ms), recovery_key, visits=visits)


@pytest.fixture
def closed_world(founded, tmp_path):
    """A world whose workspaces are all closed."""
    shutil.copytree(founded.folder, tmp_path / "world")
    clock = Clock(founded.clock.now_ms)
    with World(tmp_path / "world", clock, founded.recovery_key, visits=founded.visits) as world:
        yield world


@pytest.fixture
def world(closed_world):
    return closed_world.open()


@pytest.fixture
def clock():
    return Clock(START_MS)
