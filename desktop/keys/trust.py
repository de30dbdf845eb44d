"""The trust list (信任名单): which nodes an office has enrolled or revoked, signed by it, with a rising serial.

It travels in every package to a field node and is relayed by everybody; the highest valid serial wins.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.domain.entry import HASH, NODE_ID, STREAM_ID
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys import sshsig
from desktop.keys.card import CardInvalidError, NodeCard, read_card
from desktop.keys.identity import NodeIdentity

NAMESPACE = "mingcha-trust@v1"
VERSION = 1
MAX_LIST_BYTES = 16 << 20
_SIGN_KEY = re.compile(r"[0-9a-f]{64}")


class TrustListInvalidError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The list of trusted computers was not made by the office or is damaged."),
            _("Ask the office for a new package."),
        )


@dataclass(frozen=True)
class Revocation:
    """Why and from where on a node's key, ``sign_key`` in hex, is no longer trusted.

    ``heads``: {stream: [seq, hash]} of the last entries that were still right; what lies under them stays valid.
    """

    sign_key: str
    reason: str
    heads: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class TrustedNode:
    """An enrolled node by its card; ``revocation`` is None while it is trusted."""

    card: bytes
    revocation: Revocation | None = None

    @property
    def node_card(self) -> NodeCard:
        return read_card(self.card)


@dataclass(frozen=True)
class TrustList:
    """``serial`` starts at 1 and rises by one with each change; ``created`` is UTC."""

    office: str
    serial: int
    created: str
    nodes: tuple[TrustedNode, ...]


def sign_trust_list(trust: TrustList, identity: NodeIdentity) -> tuple[bytes, bytes]:
    """(bytes, signature) of a list, as they are stored and sent."""
    data = canonical.encode(
        {
            "v": VERSION,
            "office": trust.office,
            "serial": trust.serial,
            "created": trust.created,
            "nodes": [_encode_node(node) for node in trust.nodes],
        }
    )
    return data, identity.sign(NAMESPACE, data)


def read_trust_list(data: bytes, signature: bytes, office_key: bytes) -> TrustList:
    """Read a list that the office with this Ed25519 key (32 bytes) signed; else TrustListInvalidError.

    The list names its office itself: the caller compares that with the office whose key this is.
    """
    if len(data) > MAX_LIST_BYTES:
        raise TrustListInvalidError
    try:
        signer = sshsig.verify(data, signature, NAMESPACE)
        value = canonical.decode_object(data)
    except (sshsig.SignatureInvalidError, NotCanonicalError):
        raise TrustListInvalidError from None
    version = value.get("v")
    if signer != office_key or not _is_count(version) or version != VERSION:
        raise TrustListInvalidError
    return _trust_list(value)


def is_newer(serial: int, known: int | None) -> bool:
    """Whether a received list replaces the one at hand; an older one is refused, an equal one says nothing new."""
    return known is None or serial > known


def _encode_node(node: TrustedNode) -> dict[str, object]:
    revoked = node.revocation and {
        "sign_key": node.revocation.sign_key,
        "reason": node.revocation.reason,
        "heads": {stream: list(head) for stream, head in node.revocation.heads.items()},
    }
    return {"card": base64.b64encode(node.card).decode(), "revoked": revoked}


def _trust_list(value: Mapping[str, Json]) -> TrustList:
    match value:
        case {"office": str(office), "serial": int(serial), "created": str(created), "nodes": list(nodes)}:
            known = tuple(_node(node) for node in nodes)
            ids = {node.node_card.node for node in known}
            if NODE_ID.fullmatch(office) and _is_count(serial) and len(ids) == len(known):
                return TrustList(office, serial, created, known)
    raise TrustListInvalidError


def _node(value: Json) -> TrustedNode:
    match value:
        case {"card": str(card), "revoked": revoked}:
            node = TrustedNode(_card_bytes(card), None if revoked is None else _revocation(revoked))
            try:
                read_card(node.card)
            except CardInvalidError:
                raise TrustListInvalidError from None
            return node
    raise TrustListInvalidError


def _revocation(value: Json) -> Revocation:
    match value:
        case {"sign_key": str(sign_key), "reason": str(reason), "heads": dict(heads)}:
            if _SIGN_KEY.fullmatch(sign_key) and all(map(STREAM_ID.fullmatch, heads)):
                return Revocation(sign_key, reason, {stream: _head(head) for stream, head in heads.items()})
    raise TrustListInvalidError


def _head(value: Json) -> tuple[int, str]:
    match value:
        case [int(seq), str(digest)] if _is_count(seq) and HASH.fullmatch(digest):
            return seq, digest
    raise TrustListInvalidError


def _card_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise TrustListInvalidError from None


def _is_count(value: Json) -> bool:
    """A whole number from 1 on; true is none, although Python counts with it."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1
