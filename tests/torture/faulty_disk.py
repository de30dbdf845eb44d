"""Does a deed again and again on a disk whose n-th call fails; a program of its own, for the disk is preloaded.

Prints a line of JSON for each try: the call that failed, what the user was told, and what went wrong.
"""

import ctypes
import errno
import json
import shutil
import sys
import traceback
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from desktop.errors import UserError
from desktop.i18n import use_language
from desktop.media.worker import Worker
from desktop.services.packages.merge_packages import Outcome
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace import open_workspace
from desktop.storage.packages import packages
from desktop.storage.records import find_row
from tests.torture import deeds
from tests.torture.deeds import Place
from tests.torture.killing import assert_sound


@dataclass(frozen=True)
class Job:
    """``tries`` of all calls are chosen, or all where there are fewer. ``error`` is the name of one, like EIO."""

    deed: str
    node: str
    sources: tuple[str, ...]
    now_ms: int
    visit: str
    scratch: str
    error: str
    is_sticky: bool
    tries: int


class LastingWorker(Worker):
    """One process that looks at pictures for all tries: starting it takes longer than all the rest of a try."""

    def close(self):
        """Closing a workspace does not end it."""

    def end(self):
        super().close()


class FaultyDisk:
    """The preloaded library."""

    def __init__(self):
        self._calls = ctypes.CDLL(None)
        self._calls.faults_disarm.restype = ctypes.c_long

    def arm(self, folder, call, error, is_sticky):
        name = str(folder).encode()
        self._calls.faults_arm(name, ctypes.c_long(call), getattr(errno, error), int(is_sticky))

    def disarm(self):
        return self._calls.faults_disarm()


def try_calls(job, disk):
    """Yield what became of each try."""
    count = _attempt(job, disk, 1 << 40)["calls"]
    chosen = sorted(Random(job.deed).sample(range(1, count + 1), min(job.tries, count)))
    for call in chosen:
        yield _attempt(job, disk, call)


def _attempt(job, disk, call):
    """One try on a copy; the last line of a traceback stands for anything that must not be."""
    folder = Path(job.scratch) / str(call)
    shutil.copytree(job.node, folder / "node")
    (folder / "target").mkdir()
    place = Place(folder / "node", folder / "target", tuple(map(Path, job.sources)), job.now_ms, job.visit)
    said, told, wrong, calls = [], "", "", 0
    try:
        with place.opened() as workspace:
            disk.arm(folder, call, job.error, job.is_sticky)
            try:
                getattr(deeds, job.deed)(place, workspace, said.append)
            except UserError as error:
                told = str(error)
            finally:
                calls = disk.disarm()
        _check(job, place, said)
    except Exception:  # noqa: BLE001  whatever it is, it is the result of this try
        disk.disarm()
        wrong = traceback.format_exc()
    shutil.rmtree(folder)
    return {"call": call, "calls": calls, "told": told, "wrong": wrong, "said": len(said)}


def _check(job, place, said):
    """After the disk is mended: all is sound, what was said is there, and the deed can be done."""
    again = []
    with place.opened() as workspace:
        assert_sound(workspace)
        _CHECKS[job.deed](place, workspace, said)
        getattr(deeds, job.deed)(place, workspace, again.append)
        assert_sound(workspace)
        _CHECKS[job.deed](place, workspace, again)
    assert len(again) == (1 if job.deed == "export" else len(job.sources))


def _recorded(_place, workspace, said):
    for _name, visit, evidence in said:
        assert read_visit(workspace.db, visit).text("status") == "已提交"
        _attached(_place, workspace, [(_name, each) for each in evidence])


def _attached(_place, workspace, said):
    for _name, evidence in said:
        digest = str(find_row(workspace.db, "evidence", evidence)["sha256"])
        assert sha256(b"".join(workspace.objects.open(digest))).hexdigest() == digest


def _exported(place, workspace, said):
    written = {row.file_name: row.file_sha256 for row in packages(workspace.db, "out")}
    for name, digest in said:
        assert written[name] == digest
        assert sha256((place.target / name).read_bytes()).hexdigest() == digest
    assert not list(place.target.glob("*.part"))


def _merged(_place, workspace, said):
    applied = {row.file_name for row in packages(workspace.db, "in")}
    for name, outcome in said:
        assert outcome != Outcome.QUARANTINED, "the package is not to blame for the disk"
        assert (name in applied) == (outcome in (Outcome.APPLIED, Outcome.KNOWN))


_CHECKS = {"record": _recorded, "attach": _attached, "export": _exported, "merge": _merged}


def arguments(job):
    return ["-m", __name__, json.dumps(asdict(job))]


def main():
    use_language("zh")
    job = Job(**json.loads(sys.argv[1]))
    worker = LastingWorker()
    open_workspace.Worker = lambda: worker
    for result in try_calls(job, FaultyDisk()):
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    worker.end()


if __name__ == "__main__":
    main()
