import errno
import hashlib
import tracemalloc

import pytest

from desktop.errors import CancelledError
from desktop.exchange import medium
from desktop.exchange.manifest import ObjectInfo, Role, manifest_hash
from desktop.exchange.medium import MediumReadError
from desktop.exchange.read_package import Nowhere, PackageFacts, peek_package, read_manifest
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.write_package import PackagePlan, write_package
from tests.exchange.packages import (
    ESCROW,
    FIELD_KEY,
    OBJECTS,
    OFFICE,
    OFFICE_IDENTITY,
    OFFICE_NODE,
    STRANGER_IDENTITY,
    Sinks,
    contents_of,
    ignore_progress,
    make_manifest,
    members_of,
    raw_key,
    read,
    seal,
    sign_manifest,
    tar_of,
    write,
)


@pytest.fixture
def path(tmp_path):
    return write(tmp_path).paths[0]


def test_facts_are_seen_without_any_key(path):
    assert peek_package(path) == PackageFacts("A1", path.stat().st_size, 2)


def test_what_was_written_is_read_back(path):
    sinks = Sinks()

    signed = read(path, sinks)

    assert signed.manifest == make_manifest()
    assert signed.signer_key == raw_key(FIELD_KEY)
    assert signed.hash == manifest_hash(signed.manifest_bytes)
    assert sinks.finished == {hashlib.sha256(data).hexdigest(): data for _, _, data in OBJECTS}
    assert sinks.discarded == []


def test_one_of_several_keys_is_enough(path):
    assert read(path, Sinks(), [STRANGER_IDENTITY, OFFICE_IDENTITY])


def test_admit_is_asked_once_before_any_object(path):
    sinks = Sinks()

    def admit(*proved):
        assert sinks.opened == []
        sinks.admit(*proved)

    signed = read(path, sinks, admit=admit)

    assert sinks.admitted == [(signed.manifest, signed.manifest_bytes, signed.signature, signed.signer_key)]


@pytest.mark.parametrize(
    "reason", [Refusal.UNKNOWN_SENDER, Refusal.REVOKED_SENDER, Refusal.NOT_PERMITTED, Refusal.FORKED]
)
def test_what_admit_raises_refuses_the_package_before_any_object(path, reason):
    sinks = Sinks()

    def admit(*_):
        raise PackageRefusedError(reason)

    with pytest.raises(PackageRefusedError) as refused:
        read(path, sinks, admit=admit)

    assert refused.value.reason is reason
    assert sinks.opened == []


def test_objects_come_in_the_order_of_the_manifest(path):
    sinks = Sinks()

    read(path, sinks)

    assert tuple(sinks.opened) == make_manifest().objects


def test_progress_grows_to_the_size_of_the_file(path):
    seen = []

    read(path, Sinks(), report_progress=lambda *progress: seen.append(progress))

    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


def test_cancelling_discards_everything(path):
    sinks = Sinks()

    def cancel(_done, _total):
        raise CancelledError

    with pytest.raises(CancelledError):
        read(path, sinks, report_progress=cancel)

    assert sinks.is_untouched


@pytest.mark.parametrize("when", ["open", "write", "finish"])
def test_failing_sink_discards_all_others_and_its_error_comes_out(path, when):
    sinks = Sinks()

    class FullDisk:
        def __init__(self, inner):
            self.discard = inner.discard
            for method in ("write", "finish"):
                setattr(self, method, self.fail if method == when else getattr(inner, method))

        def fail(self, *_):
            raise OSError(errno.ENOSPC, "full")

    def open_sink(info):
        if info.role is not Role.EVIDENCE:
            return sinks.open(info)
        if when == "open":
            raise OSError(errno.ENOSPC, "full")
        return FullDisk(sinks.open(info))

    with pytest.raises(OSError, match="full"):
        read(path, sinks, open_sink=open_sink)

    assert sinks.is_untouched
    assert len(sinks.discarded) == (2 if when == "open" else 3)


def test_sink_that_cannot_discard_does_not_keep_the_others_from_it(path):
    sinks = Sinks()

    def open_sink(info):
        sink = sinks.open(info)
        if info.role is Role.INDEX:
            sinks.opened.remove(info)
            sink.discard = lambda: 1 / 0
        return sink

    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ZeroDivisionError):
        read(path, sinks, open_sink=open_sink)

    assert sinks.is_untouched or list(sinks.finished) == [make_manifest().index.hash]


def test_memory_does_not_grow_with_the_evidence(tmp_path):
    block, count = bytes(1 << 18), 160
    whole = hashlib.sha256(block * count)
    large = ObjectInfo(whole.hexdigest(), len(block) * count, Role.EVIDENCE, "video/mp4")
    plan = PackagePlan(make_manifest(listed=(*make_manifest().objects, large)), (OFFICE, ESCROW))

    def open_object(digest):
        return (block for _ in range(count)) if digest == large.hash else contents_of()(digest)

    path = write_package(tmp_path, plan, sign_manifest, open_object, ignore_progress).paths[0]
    tracemalloc.start()
    read(path, Sinks(), open_sink=Nowhere)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 << 20


def test_medium_pulled_while_reading_is_no_refusal_of_the_package(path, monkeypatch):
    read_blocks = medium.read_blocks

    def pulled(path):
        yield next(read_blocks(path))[:4096]
        yield from read_blocks(path.with_name("gone"))

    sinks = Sinks()
    monkeypatch.setattr(medium, "read_blocks", pulled)

    with pytest.raises(MediumReadError):
        read(path, sinks)

    assert sinks.is_untouched


def test_manifest_is_read_without_what_follows(tmp_path):
    whole = write(tmp_path, ((*OBJECTS, (Role.EVIDENCE, "video/mp4", bytes(300_000))))).paths[0]
    cut = tmp_path / "cut.mcp"
    cut.write_bytes(whole.read_bytes()[:200_000])

    signed = read_manifest(cut, [OFFICE_IDENTITY], own_node=OFFICE_NODE)

    assert signed.manifest.package_id == make_manifest().package_id
    with pytest.raises(PackageRefusedError):
        read(cut, Sinks())


def test_manifest_alone_is_refused_like_the_whole(path):
    with pytest.raises(PackageRefusedError) as refused:
        read_manifest(path, [OFFICE_IDENTITY], own_node="9" * 32)

    assert refused.value.reason is Refusal.OTHER_DESTINATION


def test_checking_a_package_keeps_nothing(path):
    assert read(path, Sinks(), open_sink=Nowhere).manifest == make_manifest()


def test_checking_a_damaged_package_finds_the_damage(tmp_path):
    members = [*members_of()[:-1], (members_of()[-1][0], b"T" + members_of()[-1][1][1:])]

    with pytest.raises(PackageRefusedError) as refused:
        read(seal(tmp_path / "x.mcp", tar_of(members)), Sinks(), open_sink=Nowhere)

    assert refused.value.reason is Refusal.OBJECT_CHANGED


def test_file_is_closed_after_a_refusal(path, tmp_path):
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(PackageRefusedError):
        read(path, Sinks())

    path.rename(tmp_path / "quarantined")
