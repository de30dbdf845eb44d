"""Reads a package strictly: proved before it is believed, object by object, in constant memory.

Nothing is written here; the sinks of the caller get the bytes and throw them away when the package is refused.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

from desktop.domain.canonical import MAX_INTEGER
from desktop.errors import CancelledError
from desktop.exchange import medium
from desktop.exchange.block_reader import BlockReader
from desktop.exchange.manifest import Manifest, ObjectInfo, recipient_hash
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.signed_manifest import SignedManifest, verify_manifest
from desktop.exchange.tarstream import TarParser
from desktop.exchange.unpacking import OpenSink, Unpacker
from desktop.keys.envelope import (
    MAX_HEADER_BYTES,
    SealBrokenError,
    UnknownEnvelopeError,
    peek_envelope,
)
from desktop.keys.sealing import NotForUsError, decrypt_stream, recipient_of

Admit = Callable[[Manifest, bytes, bytes, bytes], None]
"""Gets manifest, manifest bytes, signature and the 32 bytes of the key that signed; raises to refuse the package."""


@dataclass(frozen=True)
class PackageFacts:
    """What everybody can see of a package, size in bytes; nothing of it is proved."""

    suite: str
    size: int
    recipient_count: int


def peek_package(path: Path) -> PackageFacts:
    """Return what a package tells without any key, or refuse what is none."""
    if not medium.is_file(path):
        raise PackageRefusedError(Refusal.NOT_A_FILE)
    with closing(medium.read_blocks(path)) as blocks, _refusing_bad_envelopes():
        envelope = peek_envelope(next(blocks, b"")[:MAX_HEADER_BYTES])
    return PackageFacts(envelope.suite, medium.file_size(path), envelope.recipient_count)


@dataclass(frozen=True)
class ProvedVolume:
    """A volume: the manifest it shares with the others, and which of them it is."""

    signed: SignedManifest
    number: int

    @property
    def package(self) -> str:
        return self.signed.hash


def read_package(
    path: Path | Sequence[Path],
    identities: Sequence[str],
    *,
    own_node: str,
    free_bytes: int,
    admit: Admit,
    open_sink: OpenSink,
    report_progress: Callable[[int, int], None],
) -> SignedManifest:
    """Read a whole package, one file or all its volumes in any order; return its manifest when every object is whole.

    ``admit`` is called for every file, when the manifest is known to be signed and meant for us, before any sink is
    opened. ``free_bytes`` bounds the objects together. ``report_progress`` is told (bytes read, bytes in all).
    Whatever is raised, by whomever, all sinks opened so far are discarded. A refusal names its file.
    """
    paths = [path] if isinstance(path, Path) else list(path)
    total = sum(medium.file_size(each) for each in paths if medium.is_file(each))

    def admit_whole(manifest: Manifest, *proof: *tuple[bytes, bytes, bytes]) -> None:
        if manifest.volumes != len(paths):
            raise PackageRefusedError(Refusal.SPLIT, f"{len(paths)} of {manifest.volumes}")
        admit(manifest, *proof)

    volumes: dict[int, SignedManifest] = {}
    done = 0
    with ExitStack() as undo:
        reading = _Reading(tuple(identities), own_node, free_bytes, admit_whole, open_sink)
        for each in paths:
            with _naming(each):
                report = partial(_report_from, done, total, report_progress)
                proved = reading.read(each, undo, report)
                if proved.number in volumes or any(
                    other.hash != proved.package for other in volumes.values()
                ):
                    raise PackageRefusedError(Refusal.WRONG_VOLUME, each.name)
            volumes[proved.number] = proved.signed
            done += medium.file_size(each)
        undo.pop_all()
    return proved.signed


def read_volume(
    path: Path,
    identities: Sequence[str],
    *,
    own_node: str,
    free_bytes: int,
    admit: Admit,
    open_sink: OpenSink,
    report_progress: Callable[[int, int], None],
) -> ProvedVolume:
    """Prove one file by itself, whether or not the other volumes of its package are here; as ``read_package``."""
    reading = _Reading(tuple(identities), own_node, free_bytes, admit, open_sink)
    with ExitStack() as undo:
        proved = reading.read(path, undo, report_progress)
        undo.pop_all()
    return proved


@dataclass(frozen=True)
class _Reading:
    """What all volumes of a package are read with."""

    identities: tuple[str, ...]
    own_node: str
    free_bytes: int
    admit: Admit
    open_sink: OpenSink

    def read(self, path: Path, undo: ExitStack, report_progress: Callable[[int, int], None]) -> ProvedVolume:
        facts = peek_package(path)
        own_recipients = frozenset(recipient_hash(recipient_of(identity)) for identity in self.identities)

        def prove(manifest_bytes: bytes, signature: bytes) -> SignedManifest:
            signed = verify_manifest(manifest_bytes, signature)
            _check_purpose(signed.manifest, facts.suite, own_recipients, self.own_node)
            _check_space(signed.manifest, self.free_bytes)
            self.admit(signed.manifest, manifest_bytes, signature, signed.signer_key)
            return signed

        unpacker = Unpacker(prove, self.open_sink, undo)
        parser = TarParser(unpacker)
        with closing(medium.read_blocks(path)) as blocks, _refusing_bad_envelopes():
            source = BlockReader(blocks, lambda done: report_progress(done, facts.size))
            decrypt_stream(source, parser, self.identities)
        parser.close()
        return ProvedVolume(unpacker.close(), unpacker.number)


def read_manifest(path: Path, identities: Sequence[str], *, own_node: str) -> SignedManifest:
    """Return the proved manifest without reading on: what follows it may still be damaged or missing."""
    found: list[SignedManifest] = []

    def stop(*proved: *tuple[Manifest, bytes, bytes, bytes]) -> NoReturn:
        found.append(SignedManifest(*proved))
        raise CancelledError

    with suppress(CancelledError):
        _peek(path, identities, own_node, stop, Nowhere)
    return found[0]


def read_head(path: Path, identities: Sequence[str], *, own_node: str) -> ProvedVolume:
    """Return the proved manifest and which volume a file claims to be, without reading on behind its first object."""
    found: list[SignedManifest] = []
    numbers: list[int] = []

    def keep(*proved: *tuple[Manifest, bytes, bytes, bytes]) -> None:
        found.append(SignedManifest(*proved))

    def stop(info: ObjectInfo) -> NoReturn:
        numbers.append(info.volume)
        raise CancelledError

    with suppress(CancelledError):
        _peek(path, identities, own_node, keep, stop)
    return ProvedVolume(found[0], numbers[0])


def _peek(path: Path, identities: Sequence[str], own_node: str, admit: Admit, open_sink: OpenSink) -> None:
    def ignore(_done: int, _total: int) -> None:
        pass

    read_volume(
        path,
        identities,
        own_node=own_node,
        free_bytes=MAX_INTEGER,
        admit=admit,
        open_sink=open_sink,
        report_progress=ignore,
    )


class Nowhere:
    """The sink for checking a package without keeping anything of it."""

    def __init__(self, info: ObjectInfo) -> None:
        self.info = info

    def write(self, data: bytes) -> None:
        """The hash is taken by the reader."""

    def finish(self) -> None:
        """Nothing was kept."""

    def discard(self) -> None:
        """Nothing was kept."""


def _report_from(
    before: int, total: int, report_progress: Callable[[int, int], None], done: int, _size: int
) -> None:
    report_progress(before + done, total)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Say of a refusal which file it was."""
    try:
        yield
    except PackageRefusedError as refused:
        refused.file = path
        raise


def _check_purpose(manifest: Manifest, suite: str, own_recipients: frozenset[str], own_node: str) -> None:
    if manifest.suite != suite:
        raise PackageRefusedError(Refusal.SUITE_MISMATCH, f"{manifest.suite}, {suite}")
    if own_recipients.isdisjoint(manifest.recipients):
        raise PackageRefusedError(Refusal.FORWARDED)
    if manifest.dest != own_node:
        raise PackageRefusedError(Refusal.OTHER_DESTINATION, manifest.dest)


def _check_space(manifest: Manifest, free_bytes: int) -> None:
    total = sum(info.size for info in manifest.objects)
    if total > free_bytes:
        raise PackageRefusedError(Refusal.TOO_LARGE, medium.readable_size(total))


@contextmanager
def _refusing_bad_envelopes() -> Iterator[None]:
    """Turn what the keys say about a sealed file into what it means for a package."""
    try:
        yield
    except UnknownEnvelopeError:
        raise PackageRefusedError(Refusal.UNKNOWN_FORMAT) from None
    except NotForUsError:
        raise PackageRefusedError(Refusal.NOT_FOR_US) from None
    except SealBrokenError as error:
        reason = Refusal.TRUNCATED if error.reason == "truncated" else Refusal.DAMAGED
        raise PackageRefusedError(reason, "" if reason is Refusal.TRUNCATED else error.reason) from None
