"""Reads foreign manifests strictly.

Unknown members are allowed: a newer program of the same format may add some, and they stay in the signed bytes.
What a reader must not overlook stands in ``features`` or in a newer ``format``.
"""

import re
from datetime import datetime

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.domain.entry import HASH, NODE_ID, STREAM_ID, Head
from desktop.exchange.manifest import (
    KNOWN_FEATURES,
    MAX_INDEX_BYTES,
    MAX_MANIFEST_BYTES,
    MAX_OBJECT_BYTES,
    MAX_VOLUMES,
    Manifest,
    ObjectInfo,
    PackageKind,
    Role,
    Sender,
)
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.strict_members import Members

_FORMAT = re.compile(r"mingcha/[1-9][0-9]{0,5}")
_SUITE = re.compile(r"[A-Z][0-9]")
_PACKAGE_ID = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_MIME = re.compile(r"[a-z0-9][a-z0-9.+_-]{0,126}/[a-z0-9][a-z0-9.+_-]{0,126}")
_WORD = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_APP = re.compile(r"[ -~]{1,64}")
_KIND = re.compile("|".join(PackageKind))
_ROLE = re.compile("|".join(Role))

_EXACTLY_ONCE = (Role.ENTRIES, Role.INDEX)
_AT_MOST_ONCE = (Role.MANIFESTS, Role.TRUST, Role.RECEIPTS)


def decode_manifest(data: bytes) -> Manifest:
    """Return what a manifest of format 1 says; raises PackageRefusedError naming the member that is wrong."""
    if len(data) > MAX_MANIFEST_BYTES:
        raise PackageRefusedError(Refusal.BAD_MANIFEST, "more than 16 MiB")
    try:
        body = Members(canonical.decode(data), "the manifest")
        _check_version(body)
        manifest = _manifest(body)
        _check_objects(manifest)
    except NotCanonicalError as error:
        raise PackageRefusedError(Refusal.BAD_MANIFEST, str(error)) from None
    return manifest


def _check_version(body: Members) -> None:
    """Refuse what is newer before anything else is read: the other members may mean something else there."""
    version = body.text("format", _FORMAT)
    if version != "mingcha/1":
        raise PackageRefusedError(Refusal.NEWER_FORMAT, version)
    unknown = [name for name in body.texts("features", _WORD) if name not in KNOWN_FEATURES]
    if unknown:
        raise PackageRefusedError(Refusal.NEWER_FEATURE, ", ".join(unknown[:3]))


def _manifest(body: Members) -> Manifest:
    seq = body.integer("seq", 1)
    volumes = body.integer("volumes", 1, MAX_VOLUMES)
    return Manifest(
        package_id=body.text("package_id", _PACKAGE_ID),
        kind=PackageKind(body.text("kind", _KIND)),
        sender=_sender(body.object("sender")),
        dest=body.text("dest", NODE_ID),
        recipients=_recipients(body),
        seq=seq,
        prev=_prev(body, seq),
        created=_time(body),
        clock_state=body.object("clock").text("state", _WORD),
        app=body.text("app", _APP),
        schema=body.integer("schema", 1),
        objects=tuple(_object(value, volumes) for value in body.values("objects")),
        heads=_heads(body.object("heads")),
        counts=_counts(body.object("counts")),
        covers=body.integers("covers", 1, seq - 1),
        features=body.texts("features", _WORD),
        have=body.seqs("have"),
        wanted=body.texts("wanted", HASH),
        digest=body.optional_text("digest", HASH),
        durable=body.optional_seqs("durable"),
        volumes=volumes,
        suite=body.text("suite", _SUITE),
    )


def _sender(body: Members) -> Sender:
    node, stream = body.text("node", NODE_ID), body.text("stream", STREAM_ID)
    if not stream.startswith(node):
        body.refuse("stream", "belongs to another node")
    return Sender(node, stream, body.text("fingerprint", HASH))


def _recipients(body: Members) -> tuple[str, ...]:
    recipients = body.texts("recipients", HASH)
    if not recipients:
        body.refuse("recipients", "is empty")
    return recipients


def _prev(body: Members, seq: int) -> str | None:
    prev = body.optional_text("prev", HASH)
    if seq == 1 and prev is not None:
        body.refuse("prev", "comes before the first")
    return prev


def _time(body: Members) -> str:
    text = body.text("created", _TIME)
    try:
        datetime.fromisoformat(text)
    except ValueError:
        body.refuse("created", "is no date")
    return text


def _object(value: Json, volumes: int) -> ObjectInfo:
    body = Members(value, "objects")
    return ObjectInfo(
        hash=body.text("h", HASH),
        size=body.integer("size", 0, MAX_OBJECT_BYTES),
        role=Role(body.text("role", _ROLE)),
        mime=body.text("mime", _MIME),
        volume=body.integer("vol", 1, volumes),
    )


def _heads(body: Members) -> dict[str, Head]:
    return {stream: _head(body, stream) for stream in body.keys(STREAM_ID)}


def _head(body: Members, stream: str) -> Head:
    head = body.values(stream)
    if len(head) != 2:
        body.refuse(stream, "is not [seq, hash]")
    pair = Members({"seq": head[0], "hash": head[1]}, f"heads.{stream}")
    return pair.integer("seq", 1), pair.text("hash", HASH)


def _counts(body: Members) -> dict[str, int]:
    return {name: body.integer(name, 0) for name in body.keys(_WORD)}


def _check_objects(manifest: Manifest) -> None:
    roles = [info.role for info in manifest.objects]
    if not roles or roles[0] is not Role.ENTRIES or manifest.objects[0].volume != 1:
        raise NotCanonicalError("objects does not begin with the entries")
    if any(roles.count(role) != 1 for role in _EXACTLY_ONCE):
        raise NotCanonicalError("objects does not have one object of entries and one index")
    if any(roles.count(role) > 1 for role in _AT_MOST_ONCE):
        raise NotCanonicalError("objects has a role twice that may be there once")
    if manifest.index.size > MAX_INDEX_BYTES:
        raise NotCanonicalError("objects has an index of more than 64 MiB")
    if len({info.hash for info in manifest.objects}) != len(roles):
        raise NotCanonicalError("objects names an object twice")
    volumes = [info.volume for info in manifest.objects]
    if volumes != sorted(volumes):
        raise NotCanonicalError("objects is not in the order of the volumes")
    if len(set(volumes)) != manifest.volumes:
        raise NotCanonicalError("objects leaves a volume empty")
