import errno
import hashlib
import os
import signal
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest

from desktop.errors import CancelledError
from desktop.keys.sealing import new_identity
from desktop.storage import intake
from desktop.storage.intake import MOST_BYTES, RESERVE_BYTES, take_in
from desktop.storage.object_errors import SourceRefusedError, StoreFullError
from desktop.storage.objects import Verdict
from tests.storage.object_stores import (
    Plain,
    files_below,
    flip,
    keyed_name,
    make_store,
    sha256_of,
    some_bytes,
    take,
)

KILLS = int(os.environ.get("MINGCHA_TORTURE_KILLS", "20"))
FILM_MIB = int(os.environ.get("MINGCHA_TORTURE_FILM_MIB", "300"))
PHOTO = some_bytes(3_000_000)
ROOT = Path(__file__).resolve().parent.parent.parent
CONSTANT_MEMORY = """
import resource, sys
from pathlib import Path
from desktop.keys.sealing import new_identity
from tests.storage.object_stores import make_store, take
store = make_store(Path(sys.argv[1]), new_identity())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
taken = take(store, Path(sys.argv[2]))
for block in store.open(taken.sha256):
    pass
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(taken.sha256, taken.size, after - before)
"""
TAKE_IN_FOR_EVER = """
import sys
from pathlib import Path
from tests.storage.object_stores import make_store, take
store = make_store(Path(sys.argv[1]), sys.stdin.readline().strip())
print("ready", flush=True)
while True:
    for source in sorted(Path(sys.argv[2]).iterdir()):
        take(store, source)
"""


@pytest.fixture
def store(tmp_path):
    return make_store(tmp_path / "store", new_identity())


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "IMG_0001.JPG"
    path.write_bytes(PHOTO)
    os.utime(path, ns=(0, 1_700_000_000_123_000_000))
    return path


def nothing_stays(store):
    return files_below(store.root) == []


def test_a_file_is_taken_in_byte_for_byte(store, photo):
    taken = take(store, photo)

    assert (taken.sha256, taken.size) == (sha256_of(PHOTO), len(PHOTO))
    assert (taken.original_name_raw, taken.original_name_display) == ("IMG_0001.JPG", "IMG_0001.JPG")
    assert taken.source_mtime_ms == 1_700_000_000_123
    assert not taken.is_empty
    assert b"".join(store.open(taken.sha256)) == PHOTO
    assert photo.read_bytes() == PHOTO


def test_content_is_looked_at_from_both_ends(store, tmp_path):
    seen = []
    data = some_bytes(intake.SAMPLE_BYTES * 2 + 5)
    (tmp_path / "film.mp4").write_bytes(data)

    def sniff(*ends):
        seen.append(ends)
        return Plain("video/mp4", ("loose-end", "encrypted"))

    taken = take_in(store, tmp_path / "film.mp4", sniff)

    assert seen == [(data[: intake.SAMPLE_BYTES], data[-intake.SAMPLE_BYTES :], len(data), "film.mp4")]
    assert (taken.mime, taken.oddities) == ("video/mp4", ("loose-end", "encrypted"))
    assert taken.mismatch == "loose-end encrypted"


def test_an_empty_file_is_taken_in_and_flagged(store, tmp_path):
    """Evidence catalogue 22."""
    (tmp_path / "empty.txt").touch()

    taken = take(store, tmp_path / "empty.txt")

    assert taken.is_empty
    assert taken.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert list(store.open(taken.sha256)) == []


def test_a_file_taken_in_twice_is_stored_once(store, photo, tmp_path):
    first = take(store, photo)
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(PHOTO)

    second = take(store, copy)

    assert second.was_known
    assert second.sha256 == first.sha256
    assert second.original_name_display == "copy.jpg"


def test_taking_the_good_file_in_again_repairs_a_damaged_object(store, photo):
    """Evidence catalogue 30."""
    taken = take(store, photo)
    flip(store.path_of(taken.sha256), 2_000_000)

    again = take(store, photo)

    assert again.repaired
    assert store.check(again.sha256, again.cipher_sha256) is Verdict.OK


def test_paths_with_chinese_names_and_blanks_work(tmp_path):
    """Evidence catalogue 21."""
    store = make_store(tmp_path / "用户 张三" / ("深" * 60) / ("深" * 60), new_identity())
    source = tmp_path / "现场 照片（一）.jpg"
    source.write_bytes(b"photo")

    taken = take(store, source)

    assert taken.original_name_display == "现场 照片（一）.jpg"
    assert store.check(taken.sha256) is Verdict.OK


@pytest.mark.parametrize(
    ("name", "raw", "shown"),
    [
        ("照片\u202egpj.exe".encode(), "照片\u202egpj.exe", "照片gpj.exe"),
        ("ＡＢＣ😀.jpg".encode(), "ＡＢＣ😀.jpg", "ＡＢＣ😀.jpg"),
        ("照片.jpg".encode("gbk"), "\\xd5\\xd5Ƭ.jpg", "\\udcd5\\udcd5Ƭ.jpg"),
        (b"a\nb.jpg", "a\nb.jpg", "a b.jpg"),
        ("深".encode() * 85, "深" * 85, "深" * 85),
    ],
)
def test_names_are_kept_as_they_are_and_shown_safely(store, tmp_path, name, raw, shown):
    """Evidence catalogue 86."""
    source = tmp_path / os.fsdecode(name)
    try:
        source.write_bytes(b"photo")
    except OSError:
        pytest.skip("this file system does not take such names")

    taken = take(store, source)

    assert (taken.original_name_raw, taken.original_name_display) == (raw, shown)
    taken.original_name_raw.encode("utf-8")
    taken.original_name_display.encode("utf-8")


def make_link(path, target):
    path.symlink_to(target)


def make_folder(path, target):
    path.mkdir()


def make_pipe(path, target):
    os.mkfifo(path)


@pytest.mark.parametrize("make", [make_link, make_folder, make_pipe])
def test_only_ordinary_files_are_taken_in(store, photo, tmp_path, make):
    source = tmp_path / "odd"
    make(source, photo)

    with pytest.raises(SourceRefusedError, match="odd"):
        take(store, source)

    assert nothing_stays(store)


def test_a_windows_reparse_point_is_no_ordinary_file(store, photo, monkeypatch):
    class Information:
        st_mode, st_file_attributes = photo.stat().st_mode, 0x400

    monkeypatch.setattr(intake.os, "lstat", lambda *_path: Information())

    with pytest.raises(SourceRefusedError):
        take(store, photo)


def test_a_missing_file_is_said(store, tmp_path):
    with pytest.raises(SourceRefusedError, match="gone"):
        take(store, tmp_path / "gone.jpg")


def test_a_file_exchanged_before_it_is_opened_is_not_taken_in(store, photo, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.write_bytes(b"other")
    real = os.open
    monkeypatch.setattr(intake.os, "open", lambda _path, flags: real(other, flags))

    with pytest.raises(SourceRefusedError):
        take(store, photo)

    assert nothing_stays(store)


def test_a_file_that_no_package_can_carry_is_refused_before_copying(store, tmp_path):
    """Evidence catalogue 17."""
    source = tmp_path / "film.mp4"
    source.touch()
    os.truncate(source, MOST_BYTES + 1)

    with pytest.raises(SourceRefusedError, match="3585 MB"):
        take(store, source)

    assert nothing_stays(store)


@pytest.mark.parametrize(("spare", "is_enough"), [(0, True), (-1, False)])
def test_free_space_is_checked_before_copying(store, photo, spare, is_enough):
    """Evidence catalogue 7."""
    needed = len(PHOTO) + len(PHOTO) // 20 + RESERVE_BYTES

    def attempt():
        return take(store, photo, free=lambda _folder: needed + spare)

    if is_enough:
        assert attempt().size == len(PHOTO)
    else:
        with pytest.raises(StoreFullError, match="68 MB"):
            attempt()
        assert nothing_stays(store)


class Source:
    """Lets a source file misbehave at its n-th block."""

    def __init__(self, path, monkeypatch, at_block, act):
        self.path, self.left, self.act = path, at_block, act
        self.real = os.read
        monkeypatch.setattr(intake.os, "read", self.read)

    def read(self, descriptor, size):
        if self.left == 0:
            self.act(self.path)
        self.left -= 1
        return self.real(descriptor, min(size, 1 << 19))


def pull_out(path):
    raise OSError(errno.EIO, "Input/output error")


def change(path):
    path.write_bytes(bytes(len(PHOTO)))
    os.utime(path, ns=(0, 1_800_000_000_000_000_000))


def cut(path):
    os.truncate(path, 1_000_000)


def grow(path):
    with path.open("ab") as file:
        file.write(PHOTO)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        pytest.param(pull_out, "未能完整读取", id="catalogue 13: stick pulled out"),
        pytest.param(change, "发生变化", id="catalogue 14: changed"),
        pytest.param(cut, "发生变化", id="catalogue 15: cut"),
        pytest.param(grow, "发生变化", id="grown"),
    ],
)
@pytest.mark.parametrize("at_block", [0, 2, 4])
def test_a_source_that_does_not_hold_still_is_not_taken_in(store, photo, monkeypatch, act, said, at_block):
    """Evidence catalogue 13, 14 and 15."""
    Source(photo, monkeypatch, at_block, act)

    with pytest.raises(SourceRefusedError, match=said):
        take(store, photo)

    assert nothing_stays(store)


def test_a_stick_that_reads_differently_the_second_time_is_not_believed(store, photo, monkeypatch):
    """Evidence catalogue 16: both digests are named."""
    real, positions = os.read, []

    def read(descriptor, size):
        positions.append(os.lseek(descriptor, 0, os.SEEK_CUR))
        block = real(descriptor, size)
        is_again = positions.count(0) > 1
        return bytes([block[0] ^ 1]) + block[1:] if is_again and block else block

    monkeypatch.setattr(intake.os, "read", read)

    with pytest.raises(SourceRefusedError, match=sha256_of(PHOTO)[:8]) as caught:
        take(store, photo, reads_twice=True)

    assert len(set(caught.value.problem.split("（")[1].split("，"))) == 2
    assert nothing_stays(store)


def test_a_sound_stick_can_be_read_twice(store, photo):
    assert take(store, photo, reads_twice=True).sha256 == sha256_of(PHOTO)


def test_cancelling_leaves_nothing(store, photo):
    seen = []

    def cancel(done, total):
        seen.append((done, total))
        raise CancelledError

    with pytest.raises(CancelledError):
        take(store, photo, report_progress=cancel)

    assert seen == [(1 << 16, len(PHOTO))]
    assert nothing_stays(store)


def test_many_small_files_are_taken_in_and_cancelled_between_two(store, tmp_path):
    """Evidence catalogue 24, smaller."""
    sources = [tmp_path / f"{number}.txt" for number in range(300)]
    for number, source in enumerate(sources):
        source.write_bytes(b"note %d" % number)

    taken = [take(store, source) for source in sources[:200]]
    with pytest.raises(CancelledError):
        take(store, sources[200], report_progress=stop)

    assert len(list(store.stored())) == 200
    assert store.sweep(each.sha256 for each in taken).orphans == ()


def stop(done, total):
    raise CancelledError


def take_in_elsewhere(root, identity, source):
    taken = take(make_store(root, identity), source)
    return taken.sha256, taken.cipher_sha256


def test_two_processes_can_take_the_same_file_in_at_once(tmp_path, photo):
    """Evidence catalogue 10."""
    root, identity = tmp_path / "store", new_identity()
    store = make_store(root, identity)

    with get_context("spawn").Pool(2) as pool:
        results = pool.starmap(take_in_elsewhere, [(root, identity, photo)] * 4)
        pool.close()
        pool.join()

    assert len(set(results)) == 1
    assert store.check(*results[0]) is Verdict.OK
    assert files_below(root) == [store.path_of(sha256_of(PHOTO))]


def test_a_large_film_is_taken_in_with_constant_memory(tmp_path):
    """Evidence catalogue 23, with megabytes that are not on the disk."""
    source, size = tmp_path / "film.mp4", FILM_MIB << 20
    source.touch()
    os.truncate(source, size)
    digest = hashlib.sha256()
    for _ in range(FILM_MIB):
        digest.update(bytes(1 << 20))

    done = subprocess.run(
        [sys.executable, "-c", CONSTANT_MEMORY, tmp_path / "store", source],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    sha256, taken_bytes, grown_kb = done.stdout.split()
    assert (sha256, int(taken_bytes)) == (digest.hexdigest(), size)
    assert int(grown_kb) < 40_000


@pytest.mark.torture
def test_killing_the_intake_leaves_whole_objects_or_parts(tmp_path):
    """Evidence catalogue 1."""
    root, identity, sources = tmp_path / "store", new_identity(), tmp_path / "sources"
    sources.mkdir()
    contents = {}
    for number in range(30):
        data = some_bytes(40_000 * (number % 7 + 1), number)
        (sources / f"{number}.jpg").write_bytes(data)
        contents[keyed_name(sha256_of(data))] = sha256_of(data)
    store = make_store(root, identity)
    random = Random(7)

    for _ in range(KILLS):
        kill_at_random(root, identity, sources, random)

        stored = list(store.stored())
        assert [name for name in stored if store.check(contents[name]) is not Verdict.OK] == []
        assert list(store.strays()) == []
        assert [path for path in files_below(root / "tmp") if path.suffix != ".part"] == []
        # Begin anew now and then: a store that has everything is hardly written to.
        if len(stored) == len(contents):
            for path in files_below(root / "objects"):
                path.unlink()

    left = len(files_below(root / "tmp"))
    swept = store.sweep(contents[name] for name in store.stored())
    assert len(swept.set_aside) == left
    assert swept.orphans == swept.missing == swept.strays == ()
    assert files_below(root / "tmp") == []


def kill_at_random(root, identity, sources, random):
    with subprocess.Popen(
        [sys.executable, "-c", TAKE_IN_FOR_EVER, root, sources],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        process.stdin.write(identity + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(random.uniform(0.0, 0.25))
        process.send_signal(signal.SIGKILL)
