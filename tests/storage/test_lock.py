import errno
import os
import signal
import socket
import subprocess
import sys

import pytest

from desktop.storage.lock import FolderReadOnlyError, WorkspaceInUseError, WriterLock

HOLD = (
    "import sys, time\nfrom pathlib import Path\nfrom desktop.storage.lock import WriterLock\n"
    "lock = WriterLock(Path(sys.argv[1]))\nprint('held', flush=True)\nsys.stdin.read()\n"
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lock"


@pytest.fixture
def holder(path):
    """Another process that holds the lock until its end."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()
    process.stdin.close()
    process.stdout.close()


def test_a_second_writer_is_refused_with_the_name_of_the_first(path, holder):
    with pytest.raises(WorkspaceInUseError) as caught:
        WriterLock(path)

    assert f"（{socket.gethostname()}, {holder.pid}）" in caught.value.problem


def test_a_crash_of_the_holder_frees_the_lock(path, holder):
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()

    with WriterLock(path) as lock:
        assert lock


def test_a_lock_that_was_released_can_be_taken_again(path):
    with WriterLock(path), pytest.raises(WorkspaceInUseError):
        WriterLock(path)

    WriterLock(path).release()


def test_a_refused_writer_leaves_the_name_of_the_holder(path):
    with WriterLock(path):
        for _ in range(2):
            with pytest.raises(WorkspaceInUseError, match=str(os.getpid())):
                WriterLock(path)


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"host": "x"}', '"x"'])
def test_a_holder_without_a_name_is_still_respected(path, text):
    with WriterLock(path):
        path.write_text(text)
        with pytest.raises(WorkspaceInUseError, match=r"（\?）"):
            WriterLock(path)


def test_the_file_of_an_earlier_holder_is_in_nobodys_way(path):
    path.write_text("x" * 5000)

    with WriterLock(path):
        assert str(os.getpid()) in path.read_text()


@pytest.mark.parametrize("code", [errno.EACCES, errno.EROFS])
def test_a_folder_that_can_only_be_read_is_named(path, monkeypatch, code):
    def refuse(*_arguments, **_options):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr("pathlib.Path.touch", refuse)

    with pytest.raises(FolderReadOnlyError, match=f"文件夹 {path.parent.name} 只能读取"):
        WriterLock(path)


def test_another_failure_of_the_disk_is_not_taken_for_a_write_protection(path):
    path.mkdir()

    with pytest.raises(IsADirectoryError):
        WriterLock(path)
