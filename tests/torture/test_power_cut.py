"""The power fails at any moment of a session: every visit opens exactly as 已保存 last said, and no package is half.

The session runs under strace; what a disk that drops the unsynced may hold is made from that, once for each cut.
"""

import json
import shutil
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from desktop.errors import UserError
from desktop.services.workspace.journal import log_event
from desktop.storage.driver import DatabaseError
from desktop.storage.packages import packages
from tests.torture.counts import CUTS, share_name, shares
from tests.torture.deeds import Place
from tests.torture.disk import Disk
from tests.torture.killing import Stage, assert_sound
from tests.torture.record_session import acknowledgements, record, why_not
from tests.torture.session import COVERED, Shown, Step, inspect, shown
from tests.torture.trace import TraceReader

in_shares = pytest.mark.parametrize("numbers", shares(CUTS, 100), ids=share_name)
CONTROL_CUTS = 20


@dataclass(frozen=True)
class Recording:
    """The calls of a session, and what lay on the disk before it."""

    stage: Stage
    before: Path
    calls: list

    def cuts(self, numbers, total, scratch):
        """Yield for each cut (place that is left, steps said before, the step after)."""
        steps = [_step(json.loads(call.data)) for call in self.calls if call.name == "said"]
        disk, followed, told = Disk(self.before), 0, 0
        for number in numbers:
            random = Random(number)
            cut = int((number + random.random()) / total * (len(self.calls) - 1)) + 1
            for call in self.calls[followed:cut]:
                if call.name == "said":
                    told += 1
                else:
                    disk.follow(call)
            followed = cut
            left = scratch / f"cut-{number}"
            disk.survive(left, random)
            place = Place(left / "node", left / "target", (), self.stage.now_ms, self.stage.visit)
            yield place, steps[:told], steps[told : told + 1]
            shutil.rmtree(left)


@pytest.fixture(scope="session")
def recorded(theatre, photo_files, tmp_path_factory):
    """Record a session; a machine that cannot is named as such."""
    reason = why_not()
    if reason:
        pytest.skip(f"not run: {reason}")

    def recorded(control=""):
        scratch = tmp_path_factory.mktemp("recorded")
        stage = Stage(
            inspect, theatre.folder / "anna", photo_files, theatre.clock.now_ms, scratch, theatre.visits[2]
        )
        folder = scratch / "session"
        trace = record(folder, stage, control)
        calls = [*TraceReader(folder, acknowledgements(folder)).read(trace)]
        trace.unlink()
        return Recording(stage, stage.place("before").node.parent, calls)

    return recorded


@pytest.fixture(scope="session")
def recording(recorded):
    return recorded()


@in_shares
def test_what_was_saved_is_there_after_a_power_cut(recording, numbers, scratch, record_property):
    saves = 0
    for place, said, coming in recording.cuts(numbers, CUTS, scratch):
        assert_nothing_lost(place, said, coming)
        saves += len(said)

    record_property("tries", len(numbers))
    assert saves or numbers.stop == 1


@pytest.mark.parametrize("control", ["normal", "unsynced"])
def test_a_program_that_does_not_wait_for_the_disk_is_seen_to_lose(recorded, control, scratch):
    lost = 0
    for place, said, coming in recorded(control).cuts(range(CONTROL_CUTS), CONTROL_CUTS, scratch):
        try:
            assert_nothing_lost(place, said, coming)
        except (AssertionError, UserError, DatabaseError):
            lost += 1

    assert lost > CONTROL_CUTS / 10


def assert_nothing_lost(place, said, coming):
    """What is shown is what was said last, or already what would have been said next; everything in it is whole."""
    with place.opened() as anna:
        assert_sound(anna)
        if said:
            assert shown(anna) in [step.shown for step in [*said[-1:], *coming]], said[-1].name
        told = " ".join(step.said for step in said)
        for row in filter(lambda row: row.is_whole, packages(anna.db, "out")):
            # Those of earlier days lie on a stick that is not here.
            file = place.target / row.file_name
            if file.exists() or row.file_sha256 in told:
                assert sha256(file.read_bytes()).hexdigest() == row.file_sha256
        if any(step.name == "covered" for step in said):
            assert sha256((place.target / COVERED).read_bytes()).hexdigest() in told
        with anna.db.atomic():
            log_event(anna, {"event": "opened"})


def _step(told):
    return Step(told["name"], told["said"], Shown(**told["shown"]))
