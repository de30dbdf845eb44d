"""Killing a deed at an instant spread over the time it takes undisturbed."""

import shutil
import signal
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median

from desktop.services.upkeep.verify_workspace import verify_workspace
from tests.torture.deeds import Place, acknowledged, started

_TRIALS = 3
_ATTEMPTS = 4


@dataclass(frozen=True)
class Stage:
    """The closed workspace a deed is tried on, and what it works with. Every try gets a copy."""

    deed: object
    node: Path
    sources: tuple[Path, ...]
    now_ms: int
    scratch: Path
    visit: str = ""

    def place(self, name):
        folder = self.scratch / name
        shutil.copytree(self.node, folder / "node")
        (folder / "target").mkdir()
        return Place(folder / "node", folder / "target", self.sources, self.now_ms, self.visit)

    def undisturbed(self, name="undisturbed"):
        """Do the deed to its end; returns the place, what was acknowledged, and the seconds it took."""
        place = self.place(name)
        process, pipe = started(self.deed, place)
        start = time.monotonic()
        said = acknowledged(pipe)
        seconds = time.monotonic() - start
        process.join()
        assert process.exitcode == 0
        return place, said, seconds


@dataclass
class Killed:
    """One try. ``is_cut_short``: the process had not come to its end."""

    place: Place
    said: list
    is_cut_short: bool


def kills(stage, numbers, total):
    """Yield one killed try after the other; ``numbers`` of ``total`` that lie spread over the work."""
    duration = median(stage.undisturbed(f"timed-{trial}")[2] for trial in range(_TRIALS))
    for number in numbers:
        share = (number + Random(number).random()) / total
        for attempt in range(_ATTEMPTS):
            with _tried(stage, f"kill-{number}-{attempt}") as (place, process, pipe):
                start = time.monotonic()
                process.join(share * duration)
                if process.exitcode is not None and attempt + 1 < _ATTEMPTS:
                    # The machine has less else to do than when the deed was timed: the instant came too late.
                    duration = time.monotonic() - start
                    continue
                process.kill()
                process.join()
                yield Killed(place, acknowledged(pipe), process.exitcode == -signal.SIGKILL)
            break


@contextmanager
def _tried(stage, name):
    place = stage.place(name)
    process, pipe = started(stage.deed, place)
    yield place, process, pipe
    process.close()
    shutil.rmtree(place.node.parent)


def assert_sound(workspace):
    """Nothing is damaged; what an interrupted intake left may lie there, and is listed."""
    verification = verify_workspace(workspace)
    assert [finding for finding in verification.findings if finding.word != "EXTRA"] == []
    assert verification.checked["entries"] > 0
    return verification
