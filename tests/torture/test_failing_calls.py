"""Every n-th call that writes fails, once or from then on: a clear message, nothing lost, nothing corrupt, and work
goes on when the disk is mended.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.torture.counts import CALLS
from tests.torture.faulty_disk import Job, arguments

SOURCE = Path(__file__).with_name("faulty_calls.c")
ROOT = SOURCE.parents[2]


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The disk that fails, made by the compiler of this machine."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("not run: needs a C compiler and Linux")
    made = tmp_path_factory.mktemp("faulty") / "faulty_calls.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-ldl"], check=True)
    return made


@pytest.fixture
def work(theatre, visit_files, photo_files, packages):
    """Of each deed the workspace and what it works with."""
    return {
        "record": ("anna", visit_files[:1]),
        "attach": ("anna", photo_files[:1]),
        "export": ("anna", ()),
        "merge": ("office", packages[:1]),
    }


@pytest.mark.parametrize("is_sticky", [False, True], ids=["once", "ever after"])
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("deed", ["record", "attach", "export", "merge"])
def test_a_failing_call_is_said_and_loses_nothing(
    library, theatre, work, scratch, deed, error, is_sticky, record_property
):
    node, sources = work[deed]
    job = Job(
        deed,
        str(theatre.folder / node),
        tuple(map(str, sources)),
        theatre.clock.now_ms,
        theatre.visits[0],
        str(scratch),
        error,
        is_sticky,
        CALLS,
    )

    environment = {**os.environ, "LD_PRELOAD": str(library)}
    command = [sys.executable, *arguments(job)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    tries = [json.loads(line) for line in ran.stdout.splitlines()]

    record_property("tries", len(tries))
    assert tries
    assert [(each["call"], each["wrong"]) for each in tries if each["wrong"]] == []
    # Where nothing was done somebody was told why.
    silent = [each["call"] for each in tries if not each["said"] and not each["told"]]
    assert silent == []
