import sys
import time
from functools import partial
from itertools import pairwise
from threading import Event

import pytest
from PySide6.QtCore import QTimer

from desktop.errors import UserError
from desktop.gui.jobs import StoppedError
from desktop.media.task import Task
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.scoring.overview import read_overview
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.upkeep.workspace_status import read_status
from desktop.services.visits.find_visits import find_visits

LONGEST_STALL_S = 0.1


class Heartbeat:
    """Notes when the event loop came round; a gap is a stall of the window."""

    def __init__(self):
        self.beats = []
        self._timer = QTimer()
        self._timer.setInterval(5)
        self._timer.timeout.connect(lambda: self.beats.append(time.perf_counter()))

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_error):
        self._timer.stop()

    @property
    def longest_stall(self):
        return max(after - before for before, after in pairwise(self.beats))


def compute(seconds, _workspace):
    """Hold the interpreter as hard as Python can."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        sum(range(1000))


def test_the_window_goes_on_while_a_job_computes(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    done = []

    with Heartbeat() as heart:
        jobs.write(partial(compute, 0.6), done.append)
        jobs.read(partial(compute, 0.6), done.append)
        qtbot.waitUntil(lambda: len(done) == 2, timeout=10_000)

    assert heart.longest_stall < LONGEST_STALL_S


def test_the_window_goes_on_while_packages_are_merged_and_everything_is_verified(qtbot, jobs, world, open_in):
    world.open()
    package = world.results(world.anna)
    world.close()
    open_in(jobs, world, "office")
    done = []

    with Heartbeat() as heart:
        jobs.write(lambda workspace: merge_packages(workspace, [package]), done.append)
        jobs.write(verify_workspace, done.append)
        jobs.read(read_overview, done.append)
        qtbot.waitUntil(lambda: len(done) == 3, timeout=20_000)

    assert heart.longest_stall < LONGEST_STALL_S


def test_readers_do_not_wait_for_the_writer(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    order = []

    jobs.write(partial(compute, 0.5), lambda _none: order.append("written"))
    jobs.read(find_visits, lambda _page: order.append("read"))
    qtbot.waitUntil(lambda: len(order) == 2, timeout=10_000)

    assert order == ["read", "written"]


def test_a_write_tells_that_data_has_changed(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")

    with qtbot.waitSignal(jobs.data_changed, timeout=5_000):
        jobs.write(lambda _workspace: None)


def test_an_answer_never_comes_inside_the_call(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    answers = []

    jobs.read(read_status, answers.append)

    assert answers == []
    qtbot.waitUntil(lambda: len(answers) == 1)


def test_a_problem_goes_to_who_asked_and_else_to_everybody(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    taken = []

    def refuse(_workspace):
        raise UserError("problem", "advice")

    jobs.read(refuse, taken.append, on_error=taken.append)
    qtbot.waitUntil(lambda: len(taken) == 1)
    with qtbot.waitSignal(jobs.failed, timeout=5_000) as failed:
        jobs.write(refuse)

    assert [error.problem for error in (*taken, *failed.args)] == ["problem", "problem"]


def test_a_mistake_of_the_program_reaches_the_crash_report(qtbot, jobs, world, open_in, monkeypatch):
    open_in(jobs, world, "office")
    reported = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: reported.append(kind))

    jobs.read(lambda _workspace: {}["nothing"], pytest.fail)
    qtbot.waitUntil(lambda: bool(reported))

    assert reported == [KeyError]


def test_a_cancelled_job_stops_at_its_next_step(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    steps, stopped = [], []

    def work(_workspace, report_progress):
        for step in range(1000):
            report_progress(step, 1000)
            time.sleep(0.002)

    job = jobs.write_long(work, lambda done, _total: steps.append(done), pytest.fail, stopped.append)
    qtbot.waitUntil(lambda: bool(steps))
    job.cancel()
    qtbot.waitUntil(lambda: bool(stopped), timeout=5_000)

    assert isinstance(stopped[0], StoppedError)
    assert not jobs.is_busy


def test_a_newer_read_takes_the_place_of_an_older_one(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    shown = []

    jobs.read(lambda _workspace: time.sleep(0.1) or "old", shown.append, name="list")
    jobs.read(lambda _workspace: "new", shown.append, name="list")
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(200)

    assert shown == ["new"]


def test_what_was_asked_of_a_closed_workspace_is_not_answered(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    closed, late = [], []

    jobs.read(lambda _workspace: time.sleep(0.1), late.append)
    jobs.close_workspace(lambda: closed.append(True))
    qtbot.waitUntil(lambda: bool(closed), timeout=5_000)
    jobs.read(read_status, late.append, late.append)
    qtbot.wait(100)

    assert late == [] or isinstance(late[0], StoppedError)


def test_progress_counts_beyond_two_gigabytes(qtbot, jobs, world, open_in):
    open_in(jobs, world, "office")
    steps = []

    def work(_workspace, report_progress):
        report_progress(7_000_000_000, 7_000_000_000)

    jobs.write_long(work, lambda *step: steps.append(step))
    qtbot.waitUntil(lambda: bool(steps))

    assert steps == [(7_000_000_000, 7_000_000_000)]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def count_for_ever(workspace):
    return workspace.db.execute(ENDLESS).fetchone()


def ask_for_ever(workspace):
    while True:
        workspace.db.execute("SELECT count(*) FROM entry").fetchone()


def decode_for_ever(workspace):
    workspace.worker._tasks = {"spin": Task("tests.media.worker_tasks:spin", 600)}
    return workspace.worker.run("spin", b"")


@pytest.mark.parametrize("reading", [count_for_ever, ask_for_ever, decode_for_ever])
def test_closing_does_not_wait_for_what_is_being_read(qtbot, jobs, world, open_in, reading):
    open_in(jobs, world, "anna")
    has_begun, closed, answered = Event(), [], []

    def read(workspace):
        has_begun.set()
        return reading(workspace)

    jobs.read(read, answered.append, answered.append)
    assert has_begun.wait(10)
    jobs.close_workspace(lambda: closed.append(True))
    qtbot.waitUntil(lambda: bool(closed), timeout=10_000)

    assert answered == []
    # And the workspace is free for another opening.
    open_in(jobs, world, "anna")
