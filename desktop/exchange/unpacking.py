"""Takes a package apart, member by member, and refuses it at the first thing that is not as its sender signed it."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Protocol

from desktop.exchange import tarstream
from desktop.exchange.manifest import MAX_MANIFEST_BYTES, ObjectInfo
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.signed_manifest import SignedManifest
from desktop.keys.sshsig import MAX_SIGNATURE_BYTES


class ObjectSink(Protocol):
    """Where the bytes of one object go while they arrive.

    ``write`` gets them before anything is proved. ``finish`` says that the object is whole and is what its name
    says, yet the package may still be refused: ``discard`` can come at any time, also after ``finish``, and then
    nothing may stay. After ``read_package`` has returned it does not come any more.
    """

    def write(self, data: bytes) -> None: ...

    def finish(self) -> None: ...

    def discard(self) -> None: ...


OpenSink = Callable[[ObjectInfo], ObjectSink]
Prove = Callable[[bytes, bytes], SignedManifest]


class _Member(Protocol):
    def write(self, block: bytes) -> None: ...

    def finish(self) -> None: ...


class Unpacker:
    """Receives the members of one volume in their only order: manifest, signature, objects as listed, pad.

    ``prove`` gets manifest and signature as soon as both are there and raises unless they are to be trusted; no
    sink is opened before. Every sink that was opened is discarded by ``undo``.
    """

    def __init__(self, prove: Prove, open_sink: OpenSink, undo: ExitStack) -> None:
        self._prove = prove
        self._open_sink = open_sink
        self._undo = undo
        self._manifest_bytes: bytes | None = None
        self._signed: SignedManifest | None = None
        self._places: dict[str, int] = {}
        self._place = 0
        self.number = 0
        """Which volume it is, as soon as the first object has come."""
        self._content_bytes = 0
        self._has_pad = False
        self._member: _Member = _Pad()

    def begin(self, name: str, size: int) -> None:
        self._member = self._open(name, size)
        self._content_bytes += tarstream.member_size(size)

    def data(self, block: bytes) -> None:
        self._member.write(block)

    def end(self) -> None:
        self._member.finish()

    def close(self) -> SignedManifest:
        """Say that nothing follows; returns what was proved."""
        if self._signed is None or not self._has_pad:
            raise PackageRefusedError(Refusal.BAD_STRUCTURE, "no pad at the end")
        return self._signed

    def _open(self, name: str, size: int) -> _Member:
        if self._manifest_bytes is None:
            _expect(tarstream.MANIFEST_NAME, MAX_MANIFEST_BYTES, name, size)
            return _Collected(self._take_manifest)
        if self._signed is None:
            _expect(tarstream.SIGNATURE_NAME, MAX_SIGNATURE_BYTES, name, size)
            return _Collected(partial(self._take_signature, self._manifest_bytes))
        if self._has_pad:
            raise PackageRefusedError(Refusal.BAD_STRUCTURE, f"{name} after the pad")
        if name == tarstream.PAD_NAME:
            return self._open_pad(size, self._signed.manifest.objects)
        if not name.startswith(tarstream.OBJECT_PREFIX):
            raise PackageRefusedError(Refusal.BAD_STRUCTURE, f"a second {name}")
        return self._open_object(name, size, self._signed.manifest.objects)

    def _take_manifest(self, data: bytes) -> None:
        self._manifest_bytes = data

    def _take_signature(self, manifest_bytes: bytes, signature: bytes) -> None:
        self._signed = self._prove(manifest_bytes, signature)
        self._places = {info.hash: place for place, info in enumerate(self._signed.manifest.objects)}

    def _open_object(self, name: str, size: int, objects: tuple[ObjectInfo, ...]) -> _Member:
        place = self._places.get(name.removeprefix(tarstream.OBJECT_PREFIX))
        if place is None:
            raise PackageRefusedError(Refusal.OBJECT_UNLISTED, name)
        info = objects[place]
        if not self.number:
            self.number = info.volume
            self._place = next(at for at, each in enumerate(objects) if each.volume == info.volume)
        if info.volume != self.number:
            raise PackageRefusedError(Refusal.WRONG_VOLUME, name)
        if place < self._place:
            raise PackageRefusedError(Refusal.OBJECT_DUPLICATE, name)
        if place > self._place:
            raise PackageRefusedError(Refusal.OBJECT_MISPLACED, name)
        if size != info.size:
            raise PackageRefusedError(Refusal.OBJECT_SIZE, name)
        self._place += 1
        sink = self._open_sink(info)
        self._undo.callback(sink.discard)
        return _Object(info, sink)

    def _open_pad(self, size: int, objects: tuple[ObjectInfo, ...]) -> _Member:
        rest = objects[self._place :]
        if rest and self.number in (0, rest[0].volume):
            raise PackageRefusedError(Refusal.OBJECT_MISSING, tarstream.OBJECT_PREFIX + rest[0].hash)
        if size != tarstream.pad_size(self._content_bytes):
            raise PackageRefusedError(Refusal.BAD_PADDING, f"{size} bytes")
        self._has_pad = True
        return _Pad()


class _Collected:
    """A small member that is wanted whole."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._data = bytearray()

    def write(self, block: bytes) -> None:
        self._data += block

    def finish(self) -> None:
        self._take(bytes(self._data))


class _Object:
    def __init__(self, info: ObjectInfo, sink: ObjectSink) -> None:
        self._info = info
        self._sink = sink
        self._digest = hashlib.sha256()

    def write(self, block: bytes) -> None:
        self._digest.update(block)
        self._sink.write(block)

    def finish(self) -> None:
        if self._digest.hexdigest() != self._info.hash:
            raise PackageRefusedError(Refusal.OBJECT_CHANGED, tarstream.OBJECT_PREFIX + self._info.hash)
        self._sink.finish()


class _Pad:
    def write(self, block: bytes) -> None:
        if block.count(0) != len(block):
            raise PackageRefusedError(Refusal.BAD_PADDING, "bytes that are not zero")

    def finish(self) -> None:
        """Nothing is left to check: the size was, before the first byte."""


def _expect(name: str, max_bytes: int, found: str, size: int) -> None:
    if found != name:
        raise PackageRefusedError(Refusal.BAD_STRUCTURE, f"{found} instead of {name}")
    if size > max_bytes:
        raise PackageRefusedError(Refusal.BAD_STRUCTURE, f"{name} of {size} bytes")
