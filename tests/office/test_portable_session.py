"""Portable mode: every file that is opened for writing, from the first window to the last, lies on the stick."""

import re
import shutil
import subprocess

import pytest

from desktop.settings import read_settings
from tests.office.covert_stage import covert_stage

CALLS = (
    "open,openat,openat2,creat,mkdir,mkdirat,mknod,mknodat,rename,renameat,renameat2,link,linkat,symlink,symlinkat,"
    "truncate,unlink,unlinkat,rmdir,bind"
)
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC")
FAILED = re.compile(r"\) += -1 ")
PATH = re.compile(r'"([^"]*)"')
FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<([^>]*)>, $")
HARMLESS = ("/dev/null", "/dev/tty", "/dev/shm/", "/proc/")
"""Nothing, the terminal, memory that is gone with the process, and what the kernel makes up."""


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    if shutil.which("strace") is None:
        pytest.skip("not run: strace is not installed")
    if subprocess.run(["strace", "-f", "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("not run: this system does not let strace look")
    folder = tmp_path_factory.mktemp("portable")
    stick, log = folder / "stick", folder / "calls"
    stage = covert_stage(stick, folder / "outside")
    tracer = ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-s", "4096", "-e", f"trace={CALLS}", "-o", log]
    stage.play(
        tuple(map(str, tracer)), portable=str(stick / "mingcha-data"), new_office=str(stick / "new-office")
    )
    return stage, stick, log.read_text(encoding="utf-8", errors="replace").splitlines()


def changed_paths(lines):
    """Every path that a call which did not fail could have changed."""
    for line in lines:
        call, _sep, rest = line.partition("(")
        name = call.split()[-1]
        if (
            FAILED.search(line)
            or " resumed>" in call
            or (name.startswith("open") and not WRITES.search(rest))
        ):
            continue
        for found in PATH.finditer(rest):
            before = FOLDER.search(rest[: found.start()])
            path = found[1]
            yield path if path.startswith("/") or before is None else f"{before[1]}/{path}"


def test_every_file_that_is_written_lies_on_the_stick(played):
    _stage, stick, lines = played

    paths = set(changed_paths(lines))

    assert len(paths) > 50
    assert any(path.endswith(".mcp") or ".mcp" in path for path in paths)
    assert sorted(path for path in paths if not path.startswith((f"{stick}/", *HARMLESS))) == []


def test_home_and_the_temporary_folder_are_as_before(played):
    stage = played[0]

    assert [*stage.home.iterdir(), *stage.tmp.iterdir()] == []


def test_the_stick_finds_its_workspaces_under_another_name(played):
    _stage, stick, _lines = played
    moved = stick.rename(stick.with_name("other letter"))

    recent = read_settings(moved / "mingcha-data" / "settings.json").recent

    assert [each.folder for each in recent] == [str(moved / "world" / "anna"), str(moved / "new-office")]
    moved.rename(stick)


def test_the_trace_would_show_what_is_written_elsewhere():
    lines = [
        '12 openat(AT_FDCWD</srv/a>, "notes.txt", O_WRONLY|O_CREAT, 0666) = 3</srv/a/notes.txt>',
        '12 openat(AT_FDCWD</srv/a>, "/etc/fonts/fonts.conf", O_RDONLY) = 3</etc/fonts/fonts.conf>',
        '12 rename("/tmp/a", "/tmp/b") = 0',
        '12 mkdir("/srv/a", 0777) = -1 EEXIST (File exists)',
    ]

    assert sorted(changed_paths(lines)) == ["/srv/a/notes.txt", "/tmp/a", "/tmp/b"]
