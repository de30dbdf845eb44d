"""Writes a package: hash, sign, encrypt, all in one pass and in constant memory.

A package is on the medium only when ``write_package`` returns; until then there is at most a ``.part`` file.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange import medium, tarstream
from desktop.exchange.block_reader import BlockReader
from desktop.exchange.manifest import (
    MAX_INDEX_BYTES,
    MAX_MANIFEST_BYTES,
    SUITE,
    Manifest,
    ObjectInfo,
    Role,
    recipient_hashes,
)
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError
from desktop.i18n import _
from desktop.keys.envelope import MAX_HEADER_BYTES
from desktop.keys.sealing import encrypt_stream

ReportProgress = Callable[[int, int], None]
"""Told (bytes done, bytes in all); raises CancelledError where the user has cancelled."""

_ZEROS = bytes(1 << 16)
_SEALED_CHUNK_BYTES = 1 << 16
_SEAL_TAG_BYTES = 16


@dataclass(frozen=True)
class PackagePlan:
    """What to write. ``recipients`` are age recipients: the destination node and its escrow."""

    manifest: Manifest
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class WrittenPackage:
    """What stands on the medium and was read back: SHA-256 of each volume, size of all in bytes."""

    paths: tuple[Path, ...]
    hashes: tuple[str, ...]
    size: int
    manifest_bytes: bytes
    signature: bytes


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


def write_package(
    folder: Path,
    plan: PackagePlan,
    sign: Callable[[bytes], bytes],
    open_object: Callable[[str], Iterator[bytes]],
    report_progress: ReportProgress,
) -> WrittenPackage:
    """Write one package into ``folder`` and return once it was read back from there.

    ``sign`` gets the manifest bytes and returns their SSHSIG; ``open_object`` gets the hash of an object and
    yields its bytes. Whatever goes wrong, cancelling included, leaves no file behind.
    """
    manifest_bytes = _encode(plan)
    signature = sign(manifest_bytes)
    needed_bytes = _largest_sealed_size(_tar_size(plan.manifest, len(manifest_bytes), len(signature)))
    path = folder / package_name(plan.manifest)
    _check_medium(path, needed_bytes)
    blocks = _tar_blocks(plan.manifest, manifest_bytes, signature, open_object)
    report_total = 2 * needed_bytes
    source = BlockReader(blocks, lambda done: report_progress(done, report_total))
    part = path.with_name(path.name + ".part")
    with ExitStack() as undo:
        with medium.new_file(part, needed_bytes) as file:
            encrypt_stream(source, file, plan.recipients)
            file.finish()
        undo.callback(medium.remove, part)
        medium.publish(part, path, needed_bytes)
        undo.callback(medium.remove, path)
        medium.read_back(
            path, file.hash, needed_bytes, lambda done: report_progress(needed_bytes + done, report_total)
        )
        undo.pop_all()
    return WrittenPackage((path,), (file.hash,), file.size, manifest_bytes, signature)


def package_name(manifest: Manifest) -> str:
    """Return a neutral name that tells nothing but the day: ``MC-20261120-5f3a9c.mcp``."""
    return f"MC-{manifest.created[:10].replace('-', '')}-{manifest.package_id[:6]}.mcp"


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
    if (manifest.suite, manifest.volumes) != (SUITE, 1):
        raise ValueError("this version writes one volume of suite A1")
    data = manifest.encode()
    if len(data) > MAX_MANIFEST_BYTES or manifest.index.size > MAX_INDEX_BYTES:
        raise TooMuchInPackageError
    try:
        decode_manifest(data)
    except PackageRefusedError as error:
        raise ValueError(f"not a manifest: {error.place}") from error
    return data


def _tar_size(manifest: Manifest, manifest_bytes: int, signature_bytes: int) -> int:
    content = _content_size(manifest, manifest_bytes, signature_bytes)
    return content + tarstream.member_size(tarstream.pad_size(content)) + len(tarstream.END)


def _content_size(manifest: Manifest, manifest_bytes: int, signature_bytes: int) -> int:
    sizes = [manifest_bytes, signature_bytes, *(info.size for info in manifest.objects)]
    return sum(map(tarstream.member_size, sizes))


def _largest_sealed_size(tar_bytes: int) -> int:
    """Return an upper bound of the sealed size: age's header varies in length, the rest is exact."""
    chunks = tar_bytes // _SEALED_CHUNK_BYTES + 1
    return MAX_HEADER_BYTES + tar_bytes + (chunks + 1) * _SEAL_TAG_BYTES


def _check_medium(path: Path, needed_bytes: int) -> None:
    """Refuse before the first byte what cannot end well."""
    if needed_bytes > medium.MAX_FILE_BYTES:
        raise medium.PackageTooLargeError(needed_bytes)
    free_bytes = medium.free_space(path.parent)
    if needed_bytes > free_bytes:
        raise medium.MediumFullError(path.parent, needed_bytes, free_bytes)


def _tar_blocks(
    manifest: Manifest,
    manifest_bytes: bytes,
    signature: bytes,
    open_object: Callable[[str], Iterator[bytes]],
) -> Iterator[bytes]:
    yield from _member(tarstream.MANIFEST_NAME, manifest_bytes)
    yield from _member(tarstream.SIGNATURE_NAME, signature)
    for info in manifest.objects:
        yield tarstream.header(tarstream.OBJECT_PREFIX + info.hash, info.size)
        yield from _checked(info, open_object(info.hash))
        yield tarstream.filler(info.size)
    pad = tarstream.pad_size(_content_size(manifest, len(manifest_bytes), len(signature)))
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
