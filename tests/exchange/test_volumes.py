"""Packages of several volumes: how they are split, written, proved one by one, and read as one."""

import hashlib
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange import medium, volumes
from desktop.exchange.manifest import MAX_OBJECT_BYTES, ObjectInfo, Role
from desktop.exchange.medium import FileExistsOnMediumError, MediumWriteError, ReadBackError
from desktop.exchange.padme import padded_size
from desktop.exchange.read_package import Nowhere, read_head, read_volume
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.volumes import names_of_siblings, objects_of_volume, split_into_volumes, volume_name
from desktop.exchange.write_package import (
    PackagePlan,
    TooMuchInPackageError,
    prepare_package,
    write_package,
    write_volume,
)
from desktop.keys.sealing import decrypt_bytes
from tests.exchange.mutations import mutated
from tests.exchange.packages import (
    ENTRIES,
    ESCROW,
    ESCROW_IDENTITY,
    INDEX,
    OFFICE,
    OFFICE_IDENTITY,
    OFFICE_NODE,
    Sinks,
    as_object,
    contents_of,
    ignore_progress,
    make_manifest,
    members_of,
    read,
    seal,
    sign_manifest,
    tar_of,
)

PHOTOS = tuple(hashlib.sha512(bytes([n])).digest() * 600 for n in range(5))
OBJECTS = (
    (Role.ENTRIES, "application/jsonl", ENTRIES),
    (Role.INDEX, "application/octet-stream", INDEX),
    *((Role.EVIDENCE, "image/jpeg", photo) for photo in PHOTOS),
)
VOLUME_BYTES = 100_000


def split(objects=OBJECTS, volume_bytes=VOLUME_BYTES, **changes):
    return split_into_volumes(make_manifest(objects, **changes), volume_bytes)


def write(folder, objects=OBJECTS, report_progress=ignore_progress, **changes):
    plan = PackagePlan(split(objects, **changes), (OFFICE, ESCROW))
    return write_package(folder, plan, sign_manifest, contents_of(objects), report_progress)


@pytest.fixture
def paths(tmp_path):
    """Three volumes: records and two photos, two photos, one photo."""
    written = write(tmp_path)
    assert len(written.paths) == 3
    return written.paths


def prove(path, sinks=None, identities=(OFFICE_IDENTITY,)):
    sinks = sinks or Sinks()
    return read_volume(
        path,
        list(identities),
        own_node=OFFICE_NODE,
        free_bytes=1 << 30,
        admit=sinks.admit,
        open_sink=sinks.open,
        report_progress=ignore_progress,
    )


def refused(path, **options):
    sinks = Sinks()
    with pytest.raises(PackageRefusedError) as error:
        read(path, sinks, **options)
    assert sinks.is_untouched
    return error.value


def refused_alone(path):
    sinks = Sinks()
    with pytest.raises(PackageRefusedError) as error:
        prove(path, sinks)
    assert sinks.is_untouched
    return error.value


def test_objects_keep_their_order_and_none_is_over_its_volume(tmp_path):
    manifest = split()

    assert [info.volume for info in manifest.objects] == [1, 1, 1, 1, 2, 2, 3]
    for path in write(tmp_path).paths:
        assert path.stat().st_size <= VOLUME_BYTES


def test_what_fits_into_one_volume_is_not_split():
    manifest = make_manifest(OBJECTS)

    assert split_into_volumes(manifest) == manifest
    assert volume_name(manifest, 1) == "MC-20261120-5f3a9c.mcp"


def test_a_volume_grows_to_hold_its_largest_object(tmp_path):
    written = write(tmp_path, volume_bytes=1)

    assert len(written.paths) == len(OBJECTS)
    sinks = Sinks()
    read(written.paths, sinks)
    assert list(sinks.finished.values()) == [data for _, _, data in OBJECTS]


def test_no_volume_is_planned_over_4_gib_whatever_is_asked_for():
    videos = tuple(ObjectInfo(f"{n:064x}", MAX_OBJECT_BYTES, Role.EVIDENCE, "video/mp4") for n in range(2))
    manifest = make_manifest(listed=(*make_manifest(OBJECTS).objects, *videos))

    parts = split_into_volumes(manifest, 1 << 62)

    assert parts.volumes == 2
    for number in (1, 2):
        content = volumes.content_size(objects_of_volume(parts, number), 10_000, 1024)
        assert volumes.largest_sealed_size(content) <= medium.MAX_FILE_BYTES


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.lists(st.integers(0, 5 << 20), min_size=1, max_size=40), volume_bytes=st.integers(1, 16 << 20)
)
def test_any_sizes_are_split_in_order_and_no_volume_could_take_the_next_object(sizes, volume_bytes):
    infos = tuple(ObjectInfo(f"{n:064x}", size, Role.EVIDENCE, "a/b") for n, size in enumerate(sizes))
    manifest = make_manifest(listed=(*make_manifest(OBJECTS[:2]).objects, *infos))

    parts = split_into_volumes(manifest, volume_bytes)

    assert [replace(info, volume=1) for info in parts.objects] == list(manifest.objects)
    assert {info.volume for info in parts.objects} == set(range(1, parts.volumes + 1))
    for number in range(1, parts.volumes + 1):
        held = objects_of_volume(parts, number)
        size = volumes.largest_sealed_size(volumes.content_size(held, len(parts.encode()), 300))
        assert len(held) == 1 or size <= volume_bytes


def test_names_say_which_of_how_many():
    manifest = split()

    assert volume_name(manifest, 2) == "MC-20261120-5f3a9c.2of3.mcp"
    assert names_of_siblings("MC-20261120-5f3a9c.2of3.mcp") == (
        "MC-20261120-5f3a9c.1of3.mcp",
        "MC-20261120-5f3a9c.3of3.mcp",
    )
    assert names_of_siblings("MC-20261120-5f3a9c.mcp") == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_volumes_are_read_in_any_order(paths, order):
    sinks = Sinks()

    signed = read([paths[n] for n in order], sinks)

    assert signed.manifest == split()
    assert {hashlib.sha256(data).hexdigest() for _, _, data in OBJECTS} == set(sinks.finished)


def test_every_volume_proves_itself_and_says_which_it_is(paths):
    for number, path in enumerate(paths, 1):
        sinks = Sinks()
        proved = prove(path, sinks)

        assert (proved.number, proved.signed.manifest) == (number, split())
        assert {info.hash for info in sinks.opened} == {
            info.hash for info in objects_of_volume(split(), number)
        }
        head = read_head(path, [OFFICE_IDENTITY], own_node=OFFICE_NODE)
        assert (head.number, head.package) == (number, proved.package)


def test_the_manifest_is_the_same_in_every_volume_and_each_tar_has_a_padme_size(paths):
    tars = [decrypt_bytes(path.read_bytes(), [ESCROW_IDENTITY]) for path in paths]

    data = split().encode()
    assert all(tar[512 : 512 + len(data)] == data for tar in tars)
    assert all(len(tar) == padded_size(len(tar)) for tar in tars)


def test_progress_of_reading_grows_over_all_volumes(paths):
    seen = []
    read(paths, Sinks(), report_progress=lambda done, total: seen.append((done, total)))

    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (sum(path.stat().st_size for path in paths),) * 2


def test_progress_of_writing_grows_over_all_volumes(tmp_path):
    seen = []
    write(tmp_path, report_progress=lambda done, total: seen.append((done, total)))

    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert len({total for _, total in seen}) == 1
    assert seen[-1][0] <= seen[-1][1]


@pytest.mark.parametrize("kept", [(0,), (1,), (0, 2), (0, 1, 2, 2)])
def test_a_package_with_too_few_or_too_many_volumes_is_split(paths, kept):
    refusal = refused([paths[n] for n in kept])

    assert refusal.reason is Refusal.SPLIT
    assert refusal.place == f"{len(kept)} of 3"


def test_one_volume_given_as_a_package_is_split_and_named(paths):
    refusal = refused(paths[1])

    assert (refusal.reason, refusal.file) == (Refusal.SPLIT, paths[1])


def test_a_volume_twice_is_the_wrong_volume(paths):
    refusal = refused([paths[0], paths[1], paths[1]])

    assert (refusal.reason, refusal.file) == (Refusal.WRONG_VOLUME, paths[1])


def test_a_volume_of_another_package_is_the_wrong_volume(paths, tmp_path):
    (tmp_path / "other").mkdir()
    other = write(tmp_path / "other", package_id="5f3a9c" + "1" * 26).paths

    refusal = refused([paths[0], other[1], paths[2]])

    assert (refusal.reason, refusal.file) == (Refusal.WRONG_VOLUME, other[1])


def volume_members(*places, manifest=None):
    """The members of a volume file with the objects at these places of the list."""
    whole = members_of(manifest or split(), OBJECTS)
    return [*whole[:2], *(whole[2 + place] for place in places)]


@pytest.mark.parametrize(
    ("places", "reason"),
    [
        ((4, 5), None),
        ((), Refusal.OBJECT_MISSING),
        ((4,), Refusal.OBJECT_MISSING),
        ((5,), Refusal.OBJECT_MISPLACED),
        ((5, 4), Refusal.OBJECT_MISPLACED),
        ((4, 4), Refusal.OBJECT_DUPLICATE),
        ((4, 5, 6), Refusal.WRONG_VOLUME),
        ((4, 3), Refusal.WRONG_VOLUME),
        ((4, 5, 5), Refusal.OBJECT_DUPLICATE),
        ((6,), None),
    ],
)
def test_a_volume_holds_exactly_its_own_objects_in_order(tmp_path, places, reason):
    path = seal(tmp_path / "hostile.mcp", tar_of(volume_members(*places)))

    if reason is None:
        assert prove(path).number == (2 if places[0] == 4 else 3)
    else:
        assert refused_alone(path).reason is reason


def test_an_object_that_no_volume_has_is_unlisted(tmp_path):
    members = [*volume_members(4), as_object(b"a stowaway")]

    assert refused_alone(seal(tmp_path / "hostile.mcp", tar_of(members))).reason is Refusal.OBJECT_UNLISTED


def test_a_manifest_that_leaves_a_volume_empty_is_refused(tmp_path):
    infos = tuple(replace(info, volume=1 if n < 3 else 3) for n, info in enumerate(split().objects))
    manifest = replace(split(), objects=infos)

    refusal = refused_alone(seal(tmp_path / "hostile.mcp", tar_of(volume_members(0, manifest=manifest))))

    assert refusal.reason is Refusal.BAD_MANIFEST
    assert "empty" in refusal.place


def test_a_volume_of_another_recipient_is_not_for_us(tmp_path):
    path = seal(tmp_path / "hostile.mcp", tar_of(volume_members(4, 5)), recipients=(ESCROW,))

    assert refused_alone(path).reason is Refusal.NOT_FOR_US


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_order_repeats_missing_and_damage_give_the_same_package_or_none(paths, tmp_path, data):
    spoiled = tmp_path / "spoiled.mcp"
    given_paths = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4))
    if data.draw(st.booleans()):
        victim = data.draw(st.integers(0, len(given_paths) - 1))
        spoiled.write_bytes(mutated(given_paths[victim].read_bytes(), Random(data.draw(st.integers()))))
        given_paths[victim] = spoiled

    if sorted(given_paths) == sorted(paths):
        sinks = Sinks()
        assert read(given_paths, sinks).manifest == split()
        assert sorted(sinks.finished.values()) == sorted(content for _, _, content in OBJECTS)
    else:
        assert refused(given_paths).file in given_paths


@pytest.fixture
def package():
    return prepare_package(PackagePlan(split(), (OFFICE, ESCROW)), sign_manifest)


def write_one(folder, package, number=2, **options):
    return write_volume(folder, package, number, contents_of(OBJECTS), ignore_progress, **options)


def test_a_volume_that_is_written_again_says_the_same_in_other_bytes(paths, package, tmp_path):
    (tmp_path / "again").mkdir()
    written = write_one(tmp_path / "again", package)

    assert written.path.read_bytes() != paths[1].read_bytes()
    sinks = Sinks()
    read([paths[0], written.path, paths[2]], sinks)
    assert len(sinks.finished) == len(OBJECTS)


def test_the_hash_of_a_volume_is_told_before_it_has_its_name(tmp_path, package):
    told = []
    written = write_one(
        tmp_path, package, note_sealed=lambda volume: told.append((volume, volume.path.exists()))
    )

    assert told == [(written, False)]
    assert hashlib.sha256(written.path.read_bytes()).hexdigest() == written.hash


def test_what_is_told_before_the_name_can_stop_the_volume(tmp_path, package):
    def stop(_volume):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_one(tmp_path, package, note_sealed=stop)

    assert list(tmp_path.iterdir()) == []


def test_a_damaged_volume_and_a_half_written_one_are_replaced_when_asked(tmp_path, package):
    path = tmp_path / volume_name(package.manifest, 2)
    path.write_bytes(b"damaged")
    path.with_name(path.name + ".part").write_bytes(b"half")

    with pytest.raises(FileExistsOnMediumError):
        write_one(tmp_path, package)
    assert path.read_bytes() == b"damaged"
    written = write_one(tmp_path, package, replaces=True)

    assert list(tmp_path.iterdir()) == [path]
    assert prove(written.path).number == 2


def test_a_medium_that_fails_while_replacing_keeps_what_was_there(tmp_path, package, monkeypatch):
    path = tmp_path / volume_name(package.manifest, 2)
    path.write_bytes(b"damaged")

    def fail(part, target, needed):
        raise MediumWriteError(target.parent, needed)

    monkeypatch.setattr(medium, "replace", fail)
    with pytest.raises(MediumWriteError):
        write_one(tmp_path, package, replaces=True)

    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"damaged"]


def test_a_failure_in_a_later_volume_takes_the_earlier_ones_back(tmp_path, monkeypatch):
    read_back = medium.read_back

    def rot(path, *rest):
        if "2of3" in path.name:
            raise ReadBackError(path)
        read_back(path, *rest)

    monkeypatch.setattr(medium, "read_back", rot)
    with pytest.raises(ReadBackError):
        write(tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_more_volumes_than_a_manifest_can_name_are_too_much(tmp_path):
    infos = tuple(ObjectInfo(f"{n:064x}", 1, Role.EVIDENCE, "a/b") for n in range(10_000))
    manifest = make_manifest(listed=(*make_manifest(OBJECTS[:2]).objects, *infos))

    plan = PackagePlan(split_into_volumes(manifest, 1), (OFFICE, ESCROW))
    with pytest.raises(TooMuchInPackageError):
        prepare_package(plan, sign_manifest)


def test_nowhere_takes_a_volume_without_keeping_it(paths):
    sinks = Sinks()
    proved = read_volume(
        paths[2],
        [OFFICE_IDENTITY],
        own_node=OFFICE_NODE,
        free_bytes=1 << 30,
        admit=sinks.admit,
        open_sink=Nowhere,
        report_progress=ignore_progress,
    )

    assert proved.number == 3
