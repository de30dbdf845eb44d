"""Entries: the immutable, hash-chained statements a node makes (docs/FORMAT.md, chapter 3).

An entry is stored and sent as the bytes its author made; nothing ever writes them again. What it says about a
record lies in its *parts*, whose salted hashes the entry carries, so that a part can be withheld from a reader
without being guessable and the rest still verifies.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError

ENTRY_VERSION = 1
SCHEMA_VERSION = 3
SALT_BYTES = 16
MAX_PARTS = 4096
MAX_HEADS = 64
_ENTRY_LABEL = b"mingcha-entry-v1\0"
_PART_LABEL = b"mingcha-part-v1\0"

NODE_ID = re.compile(r"[0-9a-f]{32}")
STREAM_ID = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}")
HASH = re.compile(r"[0-9a-f]{64}")
# "del" is not a part: it stands for a delete among the contested parts of a record.
PART_NAME = re.compile(r"(?!del$)[a-z_]+(/[A-Za-z0-9._-]{1,64})?")

Head = tuple[int, str]
"""A place in a stream: (seq, hash of the entry there)."""

Ctx = Mapping[str, tuple[Head, ...]]
"""What an author had seen of a record: the newest entry in each stream, or one a branch where it forked."""


class Kind(StrEnum):
    """What an entry does. The first six fold into records; OPEN and LOG only stand in the log."""

    WRITE = "write"
    RESOLVE = "resolve"
    HOLD = "hold"
    ACCEPT = "accept"
    VOID = "void"
    UNVOID = "unvoid"
    OPEN = "open"
    ENROLL = "enroll"
    REVOKE = "revoke"
    LOG = "log"


@dataclass(frozen=True)
class Owner:
    """The record a child hangs on, and what its author had seen of it (custody is judged there)."""

    record_id: str
    ctx: Ctx


@dataclass(frozen=True)
class Entry:
    """One signed statement. ``parts`` maps part names to part hashes, in hex."""

    stream: str
    seq: int
    prev: str | None
    kind: Kind
    record_id: str | None
    record_type: str | None
    ctx: Ctx
    by: str
    role: str
    hlc: tuple[int, int]
    parts: Mapping[str, str]
    home: str | None = None
    owner: Owner | None = None
    is_delete: bool | None = None
    schema: int = SCHEMA_VERSION
    hash: str = field(default="", compare=False)

    @property
    def node(self) -> str:
        return self.stream[:32]

    @property
    def is_birth(self) -> bool:
        """True for an entry whose author had seen nothing of the record: it makes the record."""
        return not self.ctx and self.kind is Kind.WRITE


@dataclass(frozen=True)
class Part:
    """The content of one part. ``data`` is None where it was withheld; then only its hash is known."""

    salt: bytes
    data: bytes | None

    @property
    def hash(self) -> str:
        if self.data is None:
            raise ValueError("a withheld part has no content to hash")
        return part_hash(self.salt, self.data)

    @cached_property
    def value(self) -> Mapping[str, Json]:
        """The fields; none where the part was withheld or is no object, which must never stop a merge."""
        try:
            return canonical.decode_object(self.data or b"{}")
        except NotCanonicalError:
            return {}


@dataclass(frozen=True)
class SignedEntry:
    """An entry as it is stored and sent: the author's bytes, and the parts that came with them."""

    data: bytes
    entry: Entry
    parts: Mapping[str, Part]


def part_hash(salt: bytes, data: bytes) -> str:
    return hashlib.sha256(_PART_LABEL + salt + data).hexdigest()


def entry_hash(data: bytes) -> str:
    return hashlib.sha256(_ENTRY_LABEL + data).hexdigest()


def encode_entry(entry: Entry) -> bytes:
    """Return the canonical bytes that are hashed; optional members are left out when they say nothing."""
    body: dict[str, object] = {
        "v": ENTRY_VERSION,
        "stream": entry.stream,
        "seq": entry.seq,
        "prev": entry.prev,
        "kind": entry.kind.value,
        "rec": entry.record_id,
        "type": entry.record_type,
        "ctx": encode_ctx(entry.ctx),
        "by": entry.by,
        "role": entry.role,
        "hlc": list(entry.hlc),
        "schema": entry.schema,
        "parts": dict(entry.parts),
    }
    if entry.home is not None:
        body["home"] = entry.home
    if entry.owner is not None:
        body["owner"] = {"rec": entry.owner.record_id, "ctx": encode_ctx(entry.owner.ctx)}
    if entry.is_delete is not None:
        body["del"] = entry.is_delete
    return canonical.encode(body)


def decode_entry(data: bytes) -> Entry:
    """Read an entry from foreign bytes; raises NotCanonicalError naming what is wrong.

    Unknown members are allowed and stay in the bytes: a newer program of the same format may add some.
    """
    body = canonical.decode_object(data)
    if _positive(body.get("v"), "v") != ENTRY_VERSION:
        raise NotCanonicalError("entry version is not 1")
    record_id = _optional_text(body, "rec")
    owner = body.get("owner")
    deleted = body.get("del")
    if deleted is not None and not isinstance(deleted, bool):
        raise NotCanonicalError("del is not a boolean")
    home = _optional_text(body, "home")
    if home is not None:
        _match(NODE_ID, home, "home")
    prev = _optional_text(body, "prev")
    if prev is not None:
        _match(HASH, prev, "prev")
    return Entry(
        stream=_match(STREAM_ID, _text(body, "stream"), "stream"),
        seq=_positive(body.get("seq"), "seq"),
        prev=prev,
        kind=_kind(_text(body, "kind")),
        record_id=record_id,
        record_type=_optional_text(body, "type"),
        ctx=decode_ctx(body.get("ctx")),
        by=_text(body, "by"),
        role=_text(body, "role"),
        hlc=_hlc(body.get("hlc")),
        parts=_part_hashes(body.get("parts")),
        home=home,
        owner=None if owner is None else _owner(owner),
        is_delete=deleted,
        schema=_positive(body.get("schema"), "schema"),
        hash=entry_hash(data),
    )


def encode_ctx(ctx: Ctx) -> dict[str, object]:
    return {stream: [list(head) for head in sorted(heads)] for stream, heads in ctx.items()}


def decode_ctx(value: object) -> dict[str, tuple[Head, ...]]:
    if not isinstance(value, dict):
        raise NotCanonicalError("ctx is not an object")
    return {_match(STREAM_ID, stream, "ctx"): _heads(heads) for stream, heads in value.items()}


def _heads(value: object) -> tuple[Head, ...]:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_HEADS:
        raise NotCanonicalError("ctx does not list heads")
    heads = []
    for head in value:
        if not isinstance(head, list) or len(head) != 2 or not isinstance(head[1], str):
            raise NotCanonicalError("ctx does not name [seq, hash]")
        heads.append((_positive(head[0], "ctx"), _match(HASH, head[1], "ctx")))
    if heads != sorted(set(heads)):
        raise NotCanonicalError("heads are not in order")
    return tuple(heads)


def _owner(value: object) -> Owner:
    if not isinstance(value, dict) or not isinstance(value.get("rec"), str):
        raise NotCanonicalError("owner does not name a record")
    return Owner(value["rec"], decode_ctx(value.get("ctx")))


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise NotCanonicalError(f"unknown kind {text[:20]!r}") from None


def _hlc(value: object) -> tuple[int, int]:
    if not isinstance(value, list) or len(value) != 2 or not all(type(n) is int and n >= 0 for n in value):
        raise NotCanonicalError("hlc is not [ms, n]")
    return value[0], value[1]


def _part_hashes(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) > MAX_PARTS:
        raise NotCanonicalError("parts is not an object of bounded size")
    for name, digest in value.items():
        _match(PART_NAME, name, "part name")
        if not isinstance(digest, str):
            raise NotCanonicalError("a part hash is not text")
        _match(HASH, digest, "part hash")
    return value


def _match(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        raise NotCanonicalError(f"{what} is not well formed")
    return text


def _text(body: Mapping[str, Json], key: str) -> str:
    value = body.get(key)
    if not isinstance(value, str):
        raise NotCanonicalError(f"{key} is not text")
    return value


def _optional_text(body: Mapping[str, Json], key: str) -> str | None:
    return None if body.get(key) is None else _text(body, key)


def _positive(value: object, what: str) -> int:
    if type(value) is not int or value < 1:
        raise NotCanonicalError(f"{what} is not a positive integer")
    return value
