"""The worker's own code, run here so that it is seen line by line; test_worker.py runs it where it belongs."""

import io
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.media import worker_process
from desktop.media.frames import MAX_HEAD_BYTES, BrokenFrameError, read_frame, write_frame
from desktop.media.task import Outcome

REQUEST = {"language": "zh", "options": {}, "cpu_seconds": 11}


@pytest.fixture
def limits(monkeypatch):
    """Record limits instead of setting them on the test run."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limits")
    seen = {}
    monkeypatch.setattr(worker_process.resource, "setrlimit", seen.__setitem__)
    return seen


def ask(function, payload=b"", **options):
    request = {**REQUEST, "function": f"tests.media.worker_tasks:{function}", "options": options}
    return worker_process.answer(request, payload)


def test_requests_are_answered_until_the_pipe_closes(limits):
    source, target = io.BytesIO(), io.BytesIO()
    for payload in (b"one", b"two"):
        write_frame(source, {**REQUEST, "function": "tests.media.worker_tasks:echo"}, payload)
    source.seek(0)

    worker_process.serve(source, target)

    target.seek(0)
    assert [read_frame(target)[1] for _ in range(2)] == [b"one", b"two"]


def test_refusals_and_lack_of_memory_are_answers(limits):
    assert ask("refuse")[0]["outcome"] == Outcome.UNREADABLE
    assert ask("hog", bytes=1 << 60)[0] == {"outcome": Outcome.TOO_LARGE}


def test_a_bug_is_none(limits):
    with pytest.raises(KeyError):
        ask("fail", b"secret")


def test_a_bug_is_reported_by_its_place(limits):
    target = io.BytesIO()

    with pytest.raises(KeyError), worker_process.BugReport(target):
        ask("fail", b"secret")

    target.seek(0)
    head, _body = read_frame(target)
    assert head["outcome"] == Outcome.CRASHED
    assert head["trace"].endswith("fail")
    assert os.sep not in head["trace"]


def test_limits_only_ever_go_down(limits, monkeypatch):
    resource = worker_process.resource
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (100, 100 if kind == resource.RLIMIT_AS else -1))

    worker_process.limit_memory(1 << 30)
    worker_process._limit_cpu_time(11)

    assert limits[resource.RLIMIT_AS] == (100, 100)
    assert limits[resource.RLIMIT_CORE] == (0, -1)
    assert limits[resource.RLIMIT_CPU][0] >= 12


def test_main_serves_its_pipes_and_nothing_else(limits, monkeypatch, capfd):
    read_end, write_end = os.pipe()
    reply_end, target_end = os.pipe()
    monkeypatch.setattr(worker_process.signal, "signal", lambda *_arguments: None)
    kept = [os.dup(0), os.dup(1)]
    os.dup2(read_end, 0)
    os.dup2(target_end, 1)
    os.close(read_end)
    os.close(target_end)
    with os.fdopen(write_end, "wb") as requests:
        write_frame(requests, {**REQUEST, "function": "tests.media.worker_tasks:echo"}, b"hello")

    try:
        worker_process.main(["1000000"])
    finally:
        for number, descriptor in enumerate(kept):
            os.dup2(descriptor, number)
            os.close(descriptor)

    with os.fdopen(reply_end, "rb") as replies:
        assert read_frame(replies)[1] == b"hello"
        assert replies.read() == b""


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 15,
        (5).to_bytes(8, "big") + bytes(8) + b"{}",
        (2).to_bytes(8, "big") + (9).to_bytes(8, "big") + b"{}short",
        (MAX_HEAD_BYTES + 1).to_bytes(8, "big") + bytes(8),
        b"\xff" * 100,
        (3).to_bytes(8, "big") + bytes(8) + b"{ }",
        (2).to_bytes(8, "big") + bytes(8) + b"[]",
    ],
)
def test_what_is_no_frame_is_refused(data):
    with pytest.raises(BrokenFrameError):
        read_frame(io.BytesIO(data))


@given(
    head=st.dictionaries(st.text(st.characters(max_codepoint=127)), st.integers(-9, 9) | st.text()),
    body=st.binary(),
)
def test_frames_come_out_as_they_went_in(head, body):
    pipe = io.BytesIO()

    write_frame(pipe, head, body)

    pipe.seek(0)
    assert read_frame(pipe) == (head, body)
