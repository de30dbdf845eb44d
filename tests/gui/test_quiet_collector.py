import gc
from threading import get_ident

import pytest
from PySide6.QtCore import QObject

from desktop.gui.quiet_collector import QuietCollector


@pytest.fixture
def collector(jobs):
    owner = QObject()
    yield QuietCollector(jobs, owner)
    owner.deleteLater()
    gc.unfreeze()


@pytest.fixture
def full_collections():
    """How many there have been; counted from now."""
    began = []

    def count(phase, info):
        if phase == "start" and info["generation"] == 2:
            began.append(info)

    gc.callbacks.append(count)
    yield began
    gc.callbacks.remove(count)


def allocate():
    kept = [[] for _ in range(300_000)]
    return len(kept)


def test_nothing_stops_the_threads_for_a_look_at_everything_while_a_job_runs(
    qtbot, jobs, collector, full_collections
):
    collector.look()
    full_collections.clear()
    jobs.aside(allocate)
    while not jobs.is_quiet:
        collector.look()
        assert full_collections == []
        qtbot.wait(5)

    collector.look()
    assert len(full_collections) == 1


def test_no_other_thread_than_that_of_the_window_ever_collects(qtbot, jobs, collector):
    threads = set()
    gc.callbacks.append(lambda _phase, _info: threads.add(get_ident()))
    jobs.aside(allocate)
    while not jobs.is_quiet:
        qtbot.wait(5)
    collector.look()
    gc.callbacks.pop()

    assert threads <= {get_ident()}


def test_the_program_itself_is_never_looked_at_again(collector):
    collector.look()

    assert gc.get_freeze_count() > 10_000
