"""The trust list (信任名单): which nodes an office has enrolled or revoked, signed by it, with a rising serial.

It travels in every package to a field node and is relayed by everybody; the highest valid serial wins.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys import sshsig
from desktop.keys.card import CardInvalidError, NodeCard, read_card
from desktop.keys.identity import NodeIdentity

NAMESPACE = "mingcha-trust@v1"
VERSION = 1
MAX_LIST_BYTES = 16 << 20


class TrustListInvalidError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The list of trusted computers was not made by the office or is damaged."),
            _("Ask the office for a new package."),
        )


@dataclass(frozen=True)
class Revocation:
    """Why and from where on a node's key is no longer trusted.

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
    """Read a list that the office with this Ed25519 key (32 bytes) signed; else TrustListInvalidError."""
    if len(data) > MAX_LIST_BYTES:
        raise TrustListInvalidError
    try:
        signer = sshsig.verify(data, signature, NAMESPACE)
        value = canonical.decode_object(data)
    except (sshsig.SignatureInvalidError, NotCanonicalError):
        raise TrustListInvalidError from None
    match value:
        case {
            "v": 1,
            "office": str(office),
            "serial": int(serial),
            "created": str(created),
            "nodes": list(nodes),
        }:
            if signer == office_key and serial >= 1:
                return TrustList(office, serial, created, tuple(_node(node) for node in nodes))
    raise TrustListInvalidError


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
            return Revocation(sign_key, reason, {stream: _head(head) for stream, head in heads.items()})
    raise TrustListInvalidError


def _head(value: Json) -> tuple[int, str]:
    match value:
        case [int(seq), str(digest)]:
            return seq, digest
    raise TrustListInvalidError


def _card_bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise TrustListInvalidError from None
