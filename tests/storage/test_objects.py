import errno
import os
import subprocess
from contextlib import closing
from hashlib import sha256
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.keys.sealing import new_identity
from desktop.storage import part_file
from desktop.storage.object_errors import (
    ObjectDamagedError,
    ObjectMissingError,
    ObjectTooLargeError,
    StoreFailedError,
    StoreFullError,
)
from desktop.storage.objects import Verdict, check_ciphertext
from tests.storage.object_stores import (
    files_below,
    flip,
    keyed_name,
    make_store,
    put,
    sha256_of,
    some_bytes,
)

PHOTO = some_bytes(200_000)
PHOTO_SHA256 = sha256_of(PHOTO)


@pytest.fixture
def identity():
    return new_identity()


@pytest.fixture
def store(tmp_path, identity):
    return make_store(tmp_path, identity)


def test_an_object_comes_out_as_it_went_in(store, tmp_path):
    published = put(store, PHOTO)

    assert (published.sha256, published.size) == (PHOTO_SHA256, len(PHOTO))
    assert not published.was_known
    assert b"".join(store.open(PHOTO_SHA256)) == PHOTO
    assert store.read_bytes(PHOTO_SHA256, len(PHOTO)) == PHOTO
    assert files_below(tmp_path / "tmp") == []


def test_a_large_object_is_opened_while_it_is_read(store, tmp_path):
    film = some_bytes(9 << 20)
    published = put(store, film)

    assert b"".join(store.open(published.sha256)) == film
    with closing(store.open(published.sha256)) as blocks:
        assert next(blocks) == film[: 1 << 16]

    flip(store.path_of(published.sha256), 9 << 20)
    with pytest.raises(ObjectDamagedError):
        b"".join(store.open(published.sha256))


def test_who_compares_the_hash_himself_gets_what_lies_there(store):
    other = put(store, b"another object")
    put(store, PHOTO)
    path = store.path_of(PHOTO_SHA256)
    path.unlink()
    path.write_bytes(store.path_of(other.sha256).read_bytes())

    assert b"".join(store.open_for_comparison(PHOTO_SHA256)) == b"another object"
    with pytest.raises(ObjectDamagedError):
        b"".join(store.open(PHOTO_SHA256))


def test_an_object_lies_under_a_keyed_name_and_not_in_the_clear(store, tmp_path):
    published = put(store, PHOTO)

    name = keyed_name(PHOTO_SHA256)
    path = tmp_path / "objects" / name[:2] / name
    assert files_below(tmp_path) == [path] == [store.path_of(PHOTO_SHA256)]
    assert PHOTO[:64] not in path.read_bytes()
    assert published.cipher_sha256 == sha256(path.read_bytes()).hexdigest()
    assert list(store.stored()) == [name]


def test_an_object_is_read_only(store):
    put(store, PHOTO)

    assert store.path_of(PHOTO_SHA256).stat().st_mode & 0o222 == 0


def test_an_object_opens_with_the_age_program(store, identity, tmp_path):
    put(store, PHOTO)
    key = tmp_path / "key.txt"
    key.write_text(identity)

    try:
        opened = subprocess.run(
            ["age", "-d", "-i", key, store.path_of(PHOTO_SHA256)], capture_output=True, check=True
        )
    except FileNotFoundError:
        pytest.skip("the age program is not installed")

    assert opened.stdout == PHOTO


@given(blocks=st.lists(st.binary(max_size=5000), max_size=20))
def test_the_blocks_in_which_an_object_arrives_do_not_matter(tmp_path_factory, blocks):
    store = make_store(tmp_path_factory.mktemp("store"), new_identity())
    sink = store.sink()

    for block in blocks:
        sink.write(block)
    sink.finish()
    published = sink.publish()

    assert published.sha256 == sha256_of(b"".join(blocks))
    assert b"".join(store.open(published.sha256)) == b"".join(blocks)


def test_the_same_object_is_stored_once(store, tmp_path):
    first = put(store, PHOTO)

    second = put(store, PHOTO)

    assert second.was_known
    assert not second.repaired
    assert second.cipher_sha256 == first.cipher_sha256
    assert len(files_below(tmp_path)) == 1


@pytest.mark.parametrize("position", [0, 30, 100, 250, 5_000, 199_000, -1])
def test_a_flipped_bit_is_found_and_named(store, tmp_path, position):
    """Evidence catalogue 25 and 26: the size stays the same."""
    published = put(store, PHOTO)
    flip(store.path_of(PHOTO_SHA256), position)

    assert store.check(PHOTO_SHA256, published.cipher_sha256) is Verdict.CORRUPT
    with pytest.raises(ObjectDamagedError, match=PHOTO_SHA256[:8]) as caught:
        list(store.open(PHOTO_SHA256))
    assert caught.value.sha256 == PHOTO_SHA256
    with pytest.raises(ObjectDamagedError):
        store.read_bytes(PHOTO_SHA256, len(PHOTO))
    assert check_ciphertext(tmp_path, keyed_name(PHOTO_SHA256), published.cipher_sha256) is Verdict.CORRUPT


@pytest.mark.parametrize("size", [0, 1, 100, 65_000, 131_500, 199_999])
def test_an_object_cut_short_is_found(store, size):
    put(store, PHOTO)
    path = store.path_of(PHOTO_SHA256)
    path.chmod(0o600)
    os.truncate(path, size)

    assert store.check(PHOTO_SHA256) is Verdict.CORRUPT
    with pytest.raises(ObjectDamagedError):
        list(store.open(PHOTO_SHA256))


def test_a_deleted_object_is_missing(store, tmp_path):
    """Evidence catalogue 27."""
    published = put(store, PHOTO)
    store.path_of(PHOTO_SHA256).unlink()

    assert store.check(PHOTO_SHA256) is Verdict.MISSING
    assert store.sweep([PHOTO_SHA256]).missing == (PHOTO_SHA256,)
    assert check_ciphertext(tmp_path, keyed_name(PHOTO_SHA256), published.cipher_sha256) is Verdict.MISSING
    with pytest.raises(ObjectMissingError, match=PHOTO_SHA256[-8:]):
        store.open(PHOTO_SHA256)


def test_a_stray_file_is_shown_and_is_no_object(store, tmp_path):
    """Evidence catalogue 28."""
    put(store, PHOTO)
    name = keyed_name(PHOTO_SHA256)
    stray, misplaced = tmp_path / "objects" / "Thumbs.db", tmp_path / "objects" / name
    stray.write_bytes(b"stray")
    misplaced.write_bytes(b"in the wrong folder")

    swept = store.sweep([PHOTO_SHA256])

    assert list(store.stored()) == [name]
    assert set(swept.strays) == set(store.strays()) == {stray, misplaced}
    assert swept.orphans == swept.missing == ()
    assert stray.exists()


def test_two_objects_with_exchanged_contents_are_both_corrupt(store):
    """Evidence catalogue 29."""
    other = sha256_of(b"other")
    first, second = put(store, PHOTO), put(store, b"other")
    left, right = store.path_of(PHOTO_SHA256), store.path_of(other)
    kept = left.read_bytes()
    left.chmod(0o600), right.chmod(0o600)
    left.write_bytes(right.read_bytes()), right.write_bytes(kept)

    assert store.check(PHOTO_SHA256, first.cipher_sha256) is Verdict.CORRUPT
    assert store.check(other, second.cipher_sha256) is Verdict.CORRUPT
    with pytest.raises(ObjectDamagedError):
        list(store.open(PHOTO_SHA256))


def test_a_damaged_object_is_repaired_by_taking_the_good_file_in_again(store, tmp_path):
    """Evidence catalogue 30."""
    put(store, PHOTO)
    flip(store.path_of(PHOTO_SHA256), 1000)
    damaged = store.path_of(PHOTO_SHA256).read_bytes()

    again = put(store, PHOTO)

    assert again.repaired
    assert not again.was_known
    assert store.check(PHOTO_SHA256) is Verdict.OK
    assert [path.read_bytes() for path in files_below(tmp_path / "quarantine")] == [damaged]


def test_an_unharmed_object_of_an_unknown_kind_is_unverifiable(store):
    """Evidence catalogue 48: what the program does not know is neither sound nor damaged."""
    put(store, PHOTO)
    path = store.path_of(PHOTO_SHA256)
    path.chmod(0o600)
    path.write_bytes(b"age-encryption.org/v2\n-> X25519 x\n" + bytes(500))

    assert store.check(PHOTO_SHA256, sha256(path.read_bytes()).hexdigest()) is Verdict.UNVERIFIABLE


def test_what_cannot_be_read_is_unverifiable(store, tmp_path, monkeypatch):
    published = put(store, PHOTO)
    path = store.path_of(PHOTO_SHA256)

    def fail(self, *arguments, **options):
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(type(path), "open", fail)

    assert store.check(PHOTO_SHA256) is Verdict.UNVERIFIABLE
    name = keyed_name(PHOTO_SHA256)
    assert check_ciphertext(tmp_path, name, published.cipher_sha256) is Verdict.UNVERIFIABLE
    with pytest.raises(ObjectDamagedError):
        list(store.open(PHOTO_SHA256))


def test_a_locked_store_can_be_checked_for_rot(store, tmp_path):
    published = put(store, PHOTO)

    verdict = check_ciphertext(tmp_path, keyed_name(PHOTO_SHA256), published.cipher_sha256)

    assert verdict is Verdict.OK


def test_an_object_larger_than_the_limit_is_not_held_in_memory(store):
    put(store, PHOTO)

    with pytest.raises(ObjectTooLargeError):
        store.read_bytes(PHOTO_SHA256, len(PHOTO) - 1)


def test_reading_can_stop_in_the_middle(store):
    film = some_bytes(5_000_000)
    put(store, film)

    with closing(store.open(sha256_of(film))) as blocks:
        first = next(blocks)

    assert film.startswith(first)
    assert len(first) < len(film) / 2


def test_a_discarded_sink_leaves_nothing(store, tmp_path):
    sink = store.sink()
    sink.write(PHOTO)

    sink.discard()

    assert files_below(tmp_path) == []


def test_a_sink_can_be_discarded_after_it_has_finished_and_after_it_has_published(store, tmp_path):
    finished, published = store.sink(), store.sink()
    for sink in (finished, published):
        sink.write(PHOTO)
        sink.finish()
    published.publish()

    finished.discard()
    published.discard()

    assert files_below(tmp_path) == [store.path_of(PHOTO_SHA256)]


def test_an_object_that_has_come_to_its_end_is_finished_before_it_is_published(store):
    sink = store.sink()
    sink.write(PHOTO)
    sink.end()

    assert sink.publish().sha256 == PHOTO_SHA256
    assert b"".join(store.open(PHOTO_SHA256)) == PHOTO


def test_only_a_finished_sink_can_publish(store):
    sink = store.sink()

    with pytest.raises(ValueError, match="not finished"):
        sink.publish()
    sink.discard()


def test_a_sink_shows_nothing_on_the_disk_in_the_clear(store, tmp_path):
    secret = b"the unit that will be visited" * 1000
    sink = store.sink()
    sink.write(secret)
    sink.finish()

    [part] = files_below(tmp_path)
    assert part.suffix == ".part"
    assert secret[:29] not in part.read_bytes()
    sink.discard()


def failing(call, error, monkeypatch, after=0):
    """Let the n-th call of an ``os`` function, and all later ones, fail while parts are written."""
    real, calls = getattr(os, call), []

    def sometimes(*arguments, **options):
        calls.append(arguments)
        if len(calls) > after:
            raise OSError(error, os.strerror(error))
        return real(*arguments, **options)

    monkeypatch.setattr(part_file.os, call, sometimes)
    return calls


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_full_disk_is_said_and_nothing_stays(store, tmp_path, monkeypatch, after):
    """Evidence catalogue 7, at every write."""
    with monkeypatch.context() as broken:
        failing("write", errno.ENOSPC, broken, after)
        sink = store.sink()
        with pytest.raises(StoreFullError, match="MB"):
            feed(sink, PHOTO)

    assert files_below(tmp_path) == []


def feed(sink, data):
    for start in range(0, len(data), 20_000):
        sink.write(data[start : start + 20_000])
    sink.finish()


def test_a_full_disk_is_said_before_the_first_byte(store, monkeypatch):
    failing("open", errno.ENOSPC, monkeypatch)

    with pytest.raises(StoreFullError):
        store.sink()


def test_a_failed_fsync_is_final(store, tmp_path, monkeypatch):
    """Evidence catalogue 9."""
    calls = failing("fsync", errno.EIO, monkeypatch)
    sink = store.sink()
    sink.write(PHOTO)

    with pytest.raises(StoreFailedError):
        sink.finish()

    assert len(calls) == 1
    assert files_below(tmp_path) == []


def test_a_disk_that_gives_back_other_bytes_is_not_believed(store, tmp_path):
    sink = store.sink()
    sink.write(PHOTO)
    sink.finish()
    flip(sink.sealed.path, 3000)

    with pytest.raises(StoreFailedError):
        sink.publish()

    assert files_below(tmp_path / "objects") == []
    assert len(files_below(tmp_path / "quarantine")) == 1


def test_a_failed_rename_leaves_nothing(store, tmp_path, monkeypatch):
    failing("link", errno.EIO, monkeypatch)

    with pytest.raises(StoreFailedError):
        put(store, PHOTO)

    assert files_below(tmp_path) == []


def test_a_disk_without_hard_links_will_do(store, tmp_path, monkeypatch):
    """Evidence catalogue 19: exFAT has neither links nor permissions."""
    failing("link", errno.EPERM, monkeypatch)
    monkeypatch.setattr(type(tmp_path), "chmod", refuse_chmod)

    first, second = put(store, PHOTO), put(store, PHOTO)

    assert (first.was_known, second.was_known) == (False, True)
    assert files_below(tmp_path) == [store.path_of(PHOTO_SHA256)]


def refuse_chmod(self, mode, **options):
    raise PermissionError(errno.EPERM, "no permissions here")


def test_two_jobs_can_store_the_same_object_at_once(store, tmp_path):
    """Evidence catalogue 10."""
    published = []
    jobs = [Thread(target=lambda: published.append(put(store, PHOTO))) for _ in range(6)]

    for job in jobs:
        job.start()
    for job in jobs:
        job.join()

    assert sorted(one.was_known for one in published) == [False, True, True, True, True, True]
    assert len({one.cipher_sha256 for one in published}) == 1
    assert files_below(tmp_path) == [store.path_of(PHOTO_SHA256)]


def test_another_job_may_be_first_in_the_last_moment(store, tmp_path, monkeypatch):
    real = os.link
    raced = []

    def link_later(part, target):
        if not raced:
            raced.append(True)
            put(store, PHOTO)
        real(part, target)

    monkeypatch.setattr(part_file.os, "link", link_later)

    assert put(store, PHOTO).was_known
    assert files_below(tmp_path) == [store.path_of(PHOTO_SHA256)]


def test_a_place_that_stays_taken_by_damage_is_given_up(store, tmp_path, monkeypatch):
    def always_taken(part, target):
        raise FileExistsError(errno.EEXIST, "taken")

    monkeypatch.setattr(part_file.os, "link", always_taken)

    with pytest.raises(StoreFailedError):
        put(store, PHOTO)

    assert files_below(tmp_path) == []


def test_parts_of_a_crash_are_set_aside_and_orphans_listed(store, tmp_path):
    """Evidence catalogue 2: an object without a row is an orphan, and taking the file in again adopts it."""
    put(store, PHOTO)
    (tmp_path / "tmp" / "0b.part").write_bytes(b"half")

    swept = store.sweep([])

    assert swept.orphans == (keyed_name(PHOTO_SHA256),)
    assert [path.read_bytes() for path in swept.set_aside] == [b"half"]
    assert [path.parent for path in swept.set_aside] == [tmp_path / "quarantine"]
    assert put(store, PHOTO).was_known
    assert store.sweep([PHOTO_SHA256]).orphans == ()
