"""Runs a session under strace, which notes what reaches the system: SQLite writes by itself, so nobody else could.

As a program (started below) it does the session; its acknowledgements are lines of a file, and so stand in the same
sequence as the writes and syncs. ``--synchronous`` and ``--unsynced`` make the controls that have to lose something.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from desktop.i18n import use_language
from desktop.storage import database, part_file
from tests.torture.deeds import Place
from tests.torture.session import inspect

ROOT = Path(__file__).resolve().parent.parent.parent
CALLS = (
    "openat,open,creat,write,writev,pwrite64,pwritev,pwritev2,truncate,ftruncate,fallocate,lseek,"
    "fsync,fdatasync,rename,renameat,renameat2,link,linkat,symlink,unlink,unlinkat,mkdir,mkdirat,rmdir,"
    "copy_file_range,sendfile,splice"
)


def why_not():
    """Why nothing can be recorded on this machine, empty where it can."""
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(["strace", "-f", "-z", "-o", os.devnull, "true"], capture_output=True)
    return "strace may not trace here" if tried.returncode else ""


def record(folder, stage, control=""):
    """Do the session in ``folder`` on a copy of the workspace; returns the trace. ``control``: see ``_weaken``."""
    place = stage.place(folder.name)
    trace = folder.with_name(f"{folder.name}.trace")
    job = {
        "node": str(place.node),
        "target": str(place.target),
        "sources": [str(path) for path in place.sources],
        "now_ms": place.now_ms,
        "visit": place.visit,
        "acknowledgements": str(acknowledgements(folder)),
        "control": control,
    }
    strace = ["strace", "-f", "-y", "-z", "-xx", "-s", str(1 << 24), "--seccomp-bpf", "-e", "signal=none"]
    command = [*strace, "-e", f"trace={CALLS}", "-o", str(trace), sys.executable, "-m", __name__]
    subprocess.run([*command, json.dumps(job)], cwd=ROOT, check=True)
    return trace


def acknowledgements(folder):
    return folder.with_name(f"{folder.name}.said")


def _weaken(control):
    """What must not be: ``normal`` commits without waiting for the disk, ``unsynced`` does not wait for evidence."""
    if control == "normal":
        database._WRITER_PRAGMAS = tuple(each.replace("FULL", "NORMAL") for each in database._WRITER_PRAGMAS)
    if control == "unsynced":
        part_file.os = _NoSync()


class _NoSync:
    """``os`` whose fsync does nothing."""

    def __getattr__(self, name):
        return getattr(os, name)

    def fsync(self, _descriptor):
        pass


def main():
    job = json.loads(sys.argv[1])
    use_language("zh")
    _weaken(job["control"])
    sources = tuple(map(Path, job["sources"]))
    place = Place(Path(job["node"]), Path(job["target"]), sources, job["now_ms"], job["visit"])
    descriptor = os.open(job["acknowledgements"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def acknowledge(step):
        os.write(descriptor, json.dumps(asdict(step), ensure_ascii=False).encode() + b"\n")

    with place.opened() as workspace:
        inspect(place, workspace, acknowledge)


if __name__ == "__main__":
    main()
