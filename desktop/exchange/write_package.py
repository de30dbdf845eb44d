"""Writes a package: hash, sign, encrypt, all in one pass and in constant memory.

A volume is on the medium only when ``write_volume`` returns; until then there is at most a ``.part`` file.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange import medium, tarstream
from desktop.exchange.block_reader import BlockReader
from desktop.exchange.manifest import (
    MAX_INDEX_BYTES,
    MAX_MANIFEST_BYTES,
    MAX_VOLUMES,
    SUITE,
    Manifest,
    ObjectInfo,
    Role,
    recipient_hashes,
)
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError
from desktop.exchange.volumes import content_size, largest_sealed_size, objects_of_volume, volume_name
from desktop.i18n import _
from desktop.keys.sealing import encrypt_stream

ReportProgress = Callable[[int, int], None]
"""Told (bytes done, bytes in all); raises CancelledError where the user has cancelled."""

OpenObject = Callable[[str], Iterator[bytes]]
_ZEROS = bytes(1 << 16)


@dataclass(frozen=True)
class PackagePlan:
    """What to write. ``recipients`` are age recipients: the destination node and its escrow."""

    manifest: Manifest
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class PreparedPackage:
    """A package as it was signed, before or after any of its volumes was written."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    recipients: tuple[str, ...]

    def needed_bytes(self, number: int) -> int:
        """Return how large the file of a volume becomes at most."""
        objects = objects_of_volume(self.manifest, number)
        return largest_sealed_size(content_size(objects, len(self.manifest_bytes), len(self.signature)))


@dataclass(frozen=True)
class WrittenVolume:
    """A file of a package; ``hash`` is its SHA-256, ``size`` in bytes."""

    number: int
    path: Path
    hash: str
    size: int


@dataclass(frozen=True)
class WrittenPackage:
    """What stands on the medium and was read back: SHA-256 of each volume, size of all in bytes."""

    paths: tuple[Path, ...]
    hashes: tuple[str, ...]
    size: int
    manifest_bytes: bytes
    signature: bytes


NoteSealed = Callable[[WrittenVolume], None]


def not_noted(_volume: WrittenVolume) -> None:
    """For whoever writes all volumes at once or none."""


class TooMuchInPackageError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("There are too many records or pieces of evidence for one package."),
            _("Write several packages with less in each. No package was written."),
        )


class SourceChangedError(UserError):
    """``object`` is not what its name says: a damaged store, or a file changed while it was exported."""

    def __init__(self, info: ObjectInfo) -> None:
        if info.role is Role.EVIDENCE:
            problem = _("The piece of evidence {hash} is damaged or was changed during the export.")
        else:
            problem = _("The records to be exported changed during the export ({hash}).")
        super().__init__(
            problem.format(hash=info.hash[:12]),
            _("No package was written. Check this workspace, then export again."),
        )
        self.object = info


def prepare_package(plan: PackagePlan, sign: Callable[[bytes], bytes]) -> PreparedPackage:
    """Sign what is to be written; nothing is ever signed that our own reader would refuse.

    ``sign`` gets the manifest bytes and returns their SSHSIG.
    """
    manifest_bytes = _encode(plan)
    return PreparedPackage(plan.manifest, manifest_bytes, sign(manifest_bytes), plan.recipients)


def write_package(
    folder: Path,
    plan: PackagePlan,
    sign: Callable[[bytes], bytes],
    open_object: OpenObject,
    report_progress: ReportProgress,
) -> WrittenPackage:
    """Write all volumes of a package into ``folder`` and return once they were read back from there.

    Whatever goes wrong, cancelling included, leaves no file behind.
    """
    package = prepare_package(plan, sign)
    numbers = range(1, plan.manifest.volumes + 1)
    steps = VolumeSteps(package, numbers, report_progress)
    with ExitStack() as undo:
        volumes = []
        for number in numbers:
            volumes.append(write_volume(folder, package, number, open_object, steps.of(number)))
            undo.callback(medium.remove, volumes[-1].path)
        undo.pop_all()
    return WrittenPackage(
        tuple(volume.path for volume in volumes),
        tuple(volume.hash for volume in volumes),
        sum(volume.size for volume in volumes),
        package.manifest_bytes,
        package.signature,
    )


class VolumeSteps:
    """Tells how far several volumes have come together; each counts twice, written and read back."""

    def __init__(
        self, package: PreparedPackage, numbers: Sequence[int], report_progress: ReportProgress
    ) -> None:
        self._report = report_progress
        self._before: dict[int, int] = {}
        self._total = 0
        for number in numbers:
            self._before[number] = self._total
            self._total += 2 * package.needed_bytes(number)

    def of(self, number: int) -> ReportProgress:
        before = self._before[number]
        return lambda done, _total: self._report(before + done, self._total)


def write_volume(
    folder: Path,
    package: PreparedPackage,
    number: int,
    open_object: OpenObject,
    report_progress: ReportProgress,
    *,
    note_sealed: NoteSealed = not_noted,
    replaces: bool = False,
) -> WrittenVolume:
    """Write one volume into ``folder`` and return once it was read back from there.

    ``open_object`` gets the hash of an object and yields its bytes. ``note_sealed`` is told of the file before it
    gets its name, so that it is known again when nothing else of it could be noted. With ``replaces`` a file of this
    name is one of our own: half written before, or damaged since. Whatever goes wrong leaves no new file behind.
    """
    needed_bytes = package.needed_bytes(number)
    path = folder / volume_name(package.manifest, number)
    part = path.with_name(path.name + ".part")
    _check_medium(path, needed_bytes)
    if replaces:
        medium.remove(part)
    total = 2 * needed_bytes
    source = BlockReader(_tar_blocks(package, number, open_object), lambda done: report_progress(done, total))
    with ExitStack() as undo:
        with medium.new_file(part, needed_bytes) as file:
            encrypt_stream(source, file, package.recipients)
            file.finish()
        undo.callback(medium.remove, part)
        written = WrittenVolume(number, path, file.hash, file.size)
        note_sealed(written)
        (medium.replace if replaces else medium.publish)(part, path, needed_bytes)
        undo.callback(medium.remove, path)
        medium.read_back(
            path, file.hash, needed_bytes, lambda done: report_progress(needed_bytes + done, total)
        )
        undo.pop_all()
    return written


def describe_object(blocks: Iterable[bytes], role: Role, mime: str) -> ObjectInfo:
    """Return how a manifest lists an object of these bytes."""
    digest, size = hashlib.sha256(), 0
    for block in blocks:
        digest.update(block)
        size += len(block)
    return ObjectInfo(digest.hexdigest(), size, role, mime)


def _encode(plan: PackagePlan) -> bytes:
    """Return the manifest's bytes; nothing is ever written that our own reader would refuse."""
    manifest = plan.manifest
    if manifest.recipients != recipient_hashes(plan.recipients):
        raise ValueError("the manifest names other recipients than the package gets")
    if manifest.suite != SUITE:
        raise ValueError("this version writes suite A1")
    data = manifest.encode()
    is_index_too_long = manifest.index.size > MAX_INDEX_BYTES
    if len(data) > MAX_MANIFEST_BYTES or is_index_too_long or manifest.volumes > MAX_VOLUMES:
        raise TooMuchInPackageError
    try:
        decode_manifest(data)
    except PackageRefusedError as error:
        raise ValueError(f"not a manifest: {error.place}") from error
    return data


def _check_medium(path: Path, needed_bytes: int) -> None:
    """Refuse before the first byte what cannot end well."""
    if needed_bytes > medium.MAX_FILE_BYTES:
        raise medium.PackageTooLargeError(needed_bytes)
    free_bytes = medium.free_space(path.parent)
    if needed_bytes > free_bytes:
        raise medium.MediumFullError(path.parent, needed_bytes, free_bytes)


def _tar_blocks(package: PreparedPackage, number: int, open_object: OpenObject) -> Iterator[bytes]:
    objects = objects_of_volume(package.manifest, number)
    yield from _member(tarstream.MANIFEST_NAME, package.manifest_bytes)
    yield from _member(tarstream.SIGNATURE_NAME, package.signature)
    for info in objects:
        yield tarstream.header(tarstream.OBJECT_PREFIX + info.hash, info.size)
        yield from _checked(info, open_object(info.hash))
        yield tarstream.filler(info.size)
    pad = tarstream.pad_size(content_size(objects, len(package.manifest_bytes), len(package.signature)))
    yield tarstream.header(tarstream.PAD_NAME, pad)
    for start in range(0, pad, len(_ZEROS)):
        yield _ZEROS[: pad - start]
    yield tarstream.END


def _member(name: str, data: bytes) -> Iterator[bytes]:
    yield tarstream.header(name, len(data))
    yield data
    yield tarstream.filler(len(data))


def _checked(info: ObjectInfo, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Pass on the blocks of an object as long as they can be what the manifest says."""
    digest, left = hashlib.sha256(), info.size
    for block in blocks:
        left -= len(block)
        if left < 0:
            raise SourceChangedError(info)
        digest.update(block)
        yield block
    if left or digest.hexdigest() != info.hash:
        raise SourceChangedError(info)
