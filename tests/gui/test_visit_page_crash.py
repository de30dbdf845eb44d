"""A kill at any moment: the visit is there as “saved” last said, and can be gone on with."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.visits.edit_visit import open_visit

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("saves", [1, 2, 5])
def test_what_was_saved_is_there_after_a_kill(world, saves):
    command = [sys.executable, "-m", "tests.gui.typing_child", str(world.folder / "anna"), world.visits[2]]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        promised = [int(child.stdout.readline()) for _each in range(saves)][-1]
        os.kill(child.pid, signal.SIGKILL)

    with world.opened("anna") as workspace:
        facts = open_visit(workspace, world.visits[2]).answers[1].facts
    assert len(facts) >= promised
    assert set(facts) == {"空"}
