"""Making entries: the one place where a node speaks.

An ``Author`` carries the end of the node's stream and a hybrid logical clock from entry to entry. It is pure: the
clock and the source of salts come from outside, and storing what it made is the caller's business.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from desktop.domain import canonical
from desktop.domain.entry import (
    SALT_BYTES,
    Ctx,
    Entry,
    Head,
    Kind,
    Owner,
    Part,
    SignedEntry,
    encode_entry,
    entry_hash,
    part_hash,
)

Hlc = tuple[int, int]
"""Hybrid logical clock: (milliseconds since 1970, counter). For display and ties only, never for order."""

FURTHEST_AHEAD_MS = 24 * 3600 * 1000
"""A foreign clock further ahead than this is shown as wrong and not followed."""


@dataclass(frozen=True)
class Statement:
    """What an entry is to say. ``parts``: {part name: value}, values of canonical JSON."""

    kind: Kind
    record_id: str | None = None
    record_type: str | None = None
    parts: Mapping[str, object] = field(default_factory=dict)
    ctx: Ctx = field(default_factory=dict)
    home: str | None = None
    owner: Owner | None = None
    is_delete: bool | None = None


class Author:
    """Writes one stream. ``head`` is its last entry (None for a new stream)."""

    def __init__(
        self,
        stream: str,
        head: Head | None,
        hlc: Hlc,
        by: str,
        role: str,
        clock_ms: Callable[[], int],
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self.stream = stream
        self.head = head
        self.hlc = hlc
        self._by = by
        self._role = role
        self._clock_ms = clock_ms
        self._random_bytes = random_bytes

    @property
    def node(self) -> str:
        return self.stream[:32]

    def write(self, statement: Statement) -> SignedEntry:
        """Return the next entry of the stream, and remember it as its end."""
        parts = {
            name: Part(self._random_bytes(SALT_BYTES), canonical.encode(value))
            for name, value in statement.parts.items()
        }
        self.hlc = ticked(self.hlc, self._clock_ms())
        entry = Entry(
            stream=self.stream,
            seq=self.head[0] + 1 if self.head else 1,
            prev=self.head[1] if self.head else None,
            kind=statement.kind,
            record_id=statement.record_id,
            record_type=statement.record_type,
            ctx=statement.ctx,
            by=self._by,
            role=self._role,
            hlc=self.hlc,
            parts={name: part_hash(part.salt, part.data or b"") for name, part in parts.items()},
            home=statement.home,
            owner=statement.owner,
            is_delete=statement.is_delete,
        )
        data = encode_entry(entry)
        entry = replace(entry, hash=entry_hash(data))
        self.head = (entry.seq, entry.hash)
        return SignedEntry(data, entry, parts)


def ticked(last: Hlc, now_ms: int) -> Hlc:
    """The next reading: the wall clock where it moves on, else the last reading and a counter."""
    return (now_ms, 0) if now_ms > last[0] else (last[0], last[1] + 1)


def followed(own: Hlc, foreign: Hlc, now_ms: int) -> Hlc:
    """The clock after seeing a foreign entry; one that is far ahead is not followed."""
    return own if foreign[0] > now_ms + FURTHEST_AHEAD_MS else max(own, foreign)
