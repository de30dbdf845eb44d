"""The demo, built once by the command line for all tests of whole stories, and the means to ask it questions."""

import fcntl
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PASSPHRASE = "demo-passphrase"


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def value(self):
        return json.loads(self.out)


def run_mingcha(*arguments, passphrase=PASSPHRASE):
    """Run the command line in a process of its own, as a clerk's script does."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "MINGCHA_PASSPHRASE": passphrase},
        capture_output=True,
        encoding="utf-8",
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def demo_office(tmp_path_factory):
    """The folder of the demo. It is shared: a test that changes something works on a copy (``shutil.copytree``)."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        folder = tmp_path_factory.mktemp("demo") / "demo-office"
        build(folder)
        return folder
    folder = tmp_path_factory.getbasetemp().parent / "demo-office"
    with lock(folder.with_suffix(".lock")):
        if not (folder / "summary.json").is_file():
            build(folder)
    return folder


def build(folder):
    built = run_mingcha("demo", folder, "--json")
    assert built.status == 0, built.err


@contextmanager
def lock(path):
    """Let one of several test processes build; the others wait and find it built."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def mingcha():
    return run_mingcha
