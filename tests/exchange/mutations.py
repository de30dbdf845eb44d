"""Damages files the way sticks, copies and forgers do."""

from collections.abc import Callable
from random import Random

CHUNK_BYTES = 64 * 1024


def mutated(data: bytes, rng: Random) -> bytes:
    """Return ``data`` with one random damage; never the same bytes. ``data`` must not be empty."""
    while (changed := rng.choice(_DAMAGES)(data, rng)) == data:
        pass
    return changed


def _flip_bits(data: bytes, rng: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 1, 2, 8])):
        changed[_position(data, rng)] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(data: bytes, rng: Random) -> bytes:
    """Cut anywhere, or just before, at or after the end of a chunk."""
    if rng.random() < 0.5:
        return data[: rng.randrange(len(data))]
    return data[: max(0, rng.randrange(0, len(data) + 1, CHUNK_BYTES) + rng.randint(-17, 17))]


def _swap_chunks(data: bytes, rng: Random) -> bytes:
    chunks = [data[at : at + CHUNK_BYTES] for at in range(0, len(data), CHUNK_BYTES)]
    first, second = rng.randrange(len(chunks)), rng.randrange(len(chunks))
    chunks[first], chunks[second] = chunks[second], chunks[first]
    return b"".join(chunks)


def _splice(data: bytes, rng: Random) -> bytes:
    """Copy a stretch of the file over, or between, other bytes of it."""
    start, size, at = _position(data, rng), rng.choice([1, 16, 200, CHUNK_BYTES]), _position(data, rng)
    stretch = data[start : start + size]
    return data[:at] + stretch + data[at + rng.choice([0, len(stretch)]) :]


def _take_out(data: bytes, rng: Random) -> bytes:
    at = _position(data, rng)
    return data[:at] + data[at + rng.choice([1, 16, 512, CHUNK_BYTES]) :]


def _blank(data: bytes, rng: Random) -> bytes:
    """Zeros in place of a sector, as a file system leaves after a crash."""
    at = _position(data, rng) // 512 * 512
    return data[:at] + bytes(len(data[at : at + 512])) + data[at + 512 :]


def _append(data: bytes, rng: Random) -> bytes:
    return data + rng.choice([b"\0", b"\n", bytes(512), rng.randbytes(100), data])


def _position(data: bytes, rng: Random) -> int:
    """Anywhere, but as often as not in the first 600 bytes, where the header is."""
    return rng.randrange(len(data) if rng.random() < 0.5 else min(len(data), 600))


_DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip_bits,
    _cut,
    _swap_chunks,
    _splice,
    _take_out,
    _blank,
    _append,
)
