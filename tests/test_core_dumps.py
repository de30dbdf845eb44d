import subprocess
import sys

import pytest

from desktop.core_dumps import forbid_core_dumps

resource = pytest.importorskip("resource")


@pytest.fixture
def limits(monkeypatch):
    """The limit as it would be set, without setting it for the tests that follow."""
    limits = {"core": (resource.RLIM_INFINITY, resource.RLIM_INFINITY)}
    monkeypatch.setattr(resource, "getrlimit", lambda _which: limits["core"])
    monkeypatch.setattr(resource, "setrlimit", lambda _which, both: limits.update(core=both))
    return limits


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((resource.RLIM_INFINITY, resource.RLIM_INFINITY), (1, 1)),
        ((0, 1 << 20), (1, 1)),
        ((0, 0), (0, 0)),
    ],
)
def test_a_core_file_has_no_room_and_none_is_handed_on(limits, before, after):
    limits["core"] = before

    forbid_core_dumps()

    assert limits["core"] == after


def test_where_there_is_no_such_limit_nothing_is_done(limits, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")

    forbid_core_dumps()

    assert limits["core"] == (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def test_the_program_and_what_it_starts_leave_no_image_of_their_memory():
    code = (
        "import subprocess, sys, resource\n"
        "from desktop.bootstrap import start\n"
        "start(['--version'])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0] <= 1, flush=True)\n"
        "child = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE)[1] <= 1)'\n"
        "subprocess.run([sys.executable, '-c', child])"
    )

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert result.stdout.split()[-2:] == ["True", "True"]
