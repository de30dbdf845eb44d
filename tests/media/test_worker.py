import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import psutil
import pytest

from desktop.errors import CancelledError
from desktop.i18n import use_language
from desktop.media import child_process
from desktop.media.frames import MAX_BODY_BYTES
from desktop.media.task import Outcome, Result, Task, failed, result_from
from desktop.media.worker import Worker

TASKS = {
    name: Task(f"tests.media.worker_tasks:{name}", seconds)
    for name, seconds in {
        "echo": 10,
        "spin": 0.3,
        "leave": 10,
        "crash": 10,
        "hog": 10,
        "fail": 10,
        "refuse": 10,
        "babble": 10,
        "surroundings": 10,
    }.items()
}
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def worker():
    with Worker(TASKS) as worker:
        yield worker


def goes_on(worker):
    return worker.run("echo", b"again").data == b"again"


def test_bytes_go_in_and_come_out(worker):
    payload = os.urandom(3_000_000)

    result = worker.run("echo", payload, {"side": 320, "name": "照片"})

    assert result == Result(Outcome.OK, {"side": 320, "name": "照片"}, payload)


def test_one_process_does_all_the_work(worker):
    assert worker.process_id is None

    goes_on(worker)
    first = worker.process_id
    goes_on(worker)

    assert worker.process_id == first


def test_a_task_that_hangs_is_killed(worker):
    result = worker.run("spin", b"")

    assert result.outcome is Outcome.TIMEOUT
    assert result.problem
    assert worker.process_id is None
    assert goes_on(worker)


@pytest.mark.parametrize("task", ["leave", "crash"])
def test_a_task_that_breaks_the_process_costs_one_result(worker, task):
    result = worker.run(task, b"")

    assert (result.outcome, result.trace) == (Outcome.CRASHED, "")
    assert goes_on(worker)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of the address space")
def test_a_task_that_takes_too_much_memory_is_stopped(worker):
    result = worker.run("hog", b"", {"bytes": 2 << 30})

    assert result.outcome is Outcome.TOO_LARGE
    assert goes_on(worker)


def test_memory_within_the_limit_is_given(worker):
    assert worker.run("hog", b"", {"bytes": 300 << 20}).outcome is Outcome.OK


def test_a_payload_beyond_all_measure_is_not_even_sent(worker):
    class Endless(bytes):
        def __len__(self):
            return MAX_BODY_BYTES + 1

    assert worker.run("echo", Endless()).outcome is Outcome.TOO_LARGE
    assert worker.process_id is None


def test_a_bug_is_located_without_quoting_the_file(worker):
    result = worker.run("fail", b"secret")

    assert result.outcome is Outcome.CRASHED
    assert result.trace.startswith("KeyError: ")
    assert "worker_tasks.py" in result.trace
    assert "secret" not in result.trace
    assert goes_on(worker)


@pytest.mark.parametrize(("language", "problem"), [("zh", "Das geht nicht."), ("en", "No.")])
def test_a_task_can_refuse_in_the_language_of_the_user(worker, language, problem):
    use_language(language)

    result = worker.run("refuse", b"")

    assert (result.outcome, result.problem, result.advice) == (Outcome.UNREADABLE, problem, "Advice.")


def test_a_worker_that_does_not_keep_to_the_form_is_replaced(worker):
    goes_on(worker)
    first = worker.process_id

    result = worker.run("babble", b"")

    assert result.outcome is Outcome.CRASHED
    assert goes_on(worker)
    assert worker.process_id != first


def test_a_worker_killed_while_it_waits_is_replaced(worker):
    goes_on(worker)
    process = psutil.Process(worker.process_id)
    process.kill()
    process.wait(10)

    assert goes_on(worker)


def test_no_pass_phrase_and_no_key_reaches_the_worker(worker, monkeypatch):
    monkeypatch.setenv("MINGCHA_PASSPHRASE", "secret")

    assert worker.run("surroundings", b"").value == {"secrets": [], "modules": [], "arguments": []}


def test_several_threads_can_share_a_worker(worker):
    results = {}
    threads = [
        Thread(target=lambda n=n: results.update({n: worker.run("echo", b"%d" % n).data})) for n in range(8)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert results == {n: b"%d" % n for n in range(8)}


@pytest.fixture
def patient():
    """A worker that lets its task spin for ten minutes."""
    with Worker({"spin": Task("tests.media.worker_tasks:spin", 600), "echo": TASKS["echo"]}) as worker:
        yield worker


def in_a_thread(work):
    """Begin it; returns the thread and the list that gets what came of it."""
    came = []

    def run():
        try:
            came.append(work())
        except CancelledError as error:
            came.append(error)

    thread = Thread(target=run)
    thread.start()
    return thread, came


def until_at_work(worker):
    end = time.monotonic() + 10
    while worker._bench.at_work is None:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_who_lent_the_worker_and_is_stopped_waits_for_no_task(patient):
    lent = patient.lent()
    thread, came = in_a_thread(lambda: lent.run("spin", b""))
    until_at_work(patient)

    lent.stop()
    thread.join(10)

    assert [type(each) for each in came] == [CancelledError]
    with pytest.raises(CancelledError):
        lent.run("echo", b"")
    assert goes_on(patient)
    assert goes_on(patient.lent())


def test_stopping_one_leaves_the_task_of_another_alone(worker):
    lent, results = worker.lent(), []
    thread, came = in_a_thread(lambda: worker.run("spin", b"").outcome)
    until_at_work(worker)
    waiting, refused = in_a_thread(lambda: results.append(lent.run("echo", b"")))

    lent.stop()
    thread.join(10)
    waiting.join(10)

    # It was ended by its own clock.
    assert came == [Outcome.TIMEOUT]
    assert ([type(each) for each in refused], results) == ([CancelledError], [])
    assert goes_on(worker)


def test_closing_ends_the_process(worker):
    goes_on(worker)
    process = psutil.Process(worker.process_id)

    worker.close()

    assert not process.is_running()
    with pytest.raises(ValueError, match="closed"):
        worker.run("echo", b"")


def test_a_worker_that_was_never_used_starts_no_process():
    with Worker(TASKS) as worker:
        pass

    assert worker.process_id is None


def test_a_worker_that_does_not_go_by_itself_is_killed(worker):
    goes_on(worker)
    process = psutil.Process(worker.process_id)
    process.suspend()

    worker._bench._process.end(patience_s=0.1)

    assert not process.is_running()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_the_worker_ends_when_the_program_is_killed():
    program = subprocess.Popen([sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    worker = psutil.Process(int(program.stdout.readline()))

    program.send_signal(signal.SIGKILL)
    program.wait()
    program.stdout.close()

    psutil.wait_procs([worker], timeout=10)
    assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


PROGRAM = """
from desktop.media.worker import Worker
from tests.media.test_worker import TASKS
worker = Worker(TASKS)
worker.run("echo", b"")
print(worker.process_id, flush=True)
input_that_never_comes = __import__("threading").Event().wait()
"""


def test_an_interrupted_task_leaves_no_process_behind(worker, monkeypatch):
    goes_on(worker)
    process = psutil.Process(worker.process_id)

    def interrupt(source):
        raise KeyboardInterrupt

    with monkeypatch.context() as interrupted:
        interrupted.setattr(child_process, "read_frame", interrupt)
        with pytest.raises(KeyboardInterrupt):
            worker.run("echo", b"")

    assert not process.is_running()
    assert goes_on(worker)


def test_an_unknown_task_is_a_mistake_of_the_caller(worker):
    with pytest.raises(KeyError):
        worker.run("dance", b"")


def test_an_installed_program_starts_itself(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert child_process._command(1000) == [sys.executable, "--worker", "1000"]


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.OK])
def test_every_failure_is_explained(outcome):
    result = failed(outcome)

    assert result.problem != result.advice != ""


@pytest.mark.parametrize("head", [{}, {"outcome": "fine"}, {"outcome": 3}])
def test_a_reply_without_an_outcome_is_none(head):
    with pytest.raises(ValueError):
        result_from(head, b"")


def test_a_reply_is_shortened():
    result = result_from({"outcome": "unreadable", "problem": "x" * 10_000, "advice": 7}, b"")

    assert (len(result.problem), result.advice) == (4000, "7")
