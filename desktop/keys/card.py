"""The node card (节点卡): the public keys of a node, signed by itself, carried by hand to the office.

A card proves only that its maker holds the keys on it. Whose they are is settled by two people who compare the
fingerprint on both screens.
"""

import hashlib
import re
import unicodedata
from dataclasses import asdict, dataclass

from desktop.domain import canonical
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.domain.entry import NODE_ID
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys import sshsig
from desktop.keys.identity import NodeIdentity
from desktop.keys.sealing import RecipientInvalidError, check_recipient

NAMESPACE = "mingcha-card@v1"
VERSION = 1
MAX_CARD_BYTES = 16 * 1024
_FINGERPRINT_LABEL = b"mingcha-card-v1\0"
_GROUPS = 8
_GROUP_BYTES = 5
_MAX_NAME = 200
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SIGN_KEY = re.compile(r"[0-9a-f]{64}")


class CardInvalidError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The file is not a valid node card."),
            _("Let the other computer save its card again and bring it unchanged."),
        )


class CardNameError(UserError):
    """A name of the own card could deceive whoever reads it on another screen, or is too long."""

    def __init__(self) -> None:
        super().__init__(
            _("One of the names cannot stand on a node card."),
            _("Use at most {count} characters, without tabs, line breaks and direction marks.").format(
                count=_MAX_NAME
            ),
        )


@dataclass(frozen=True)
class NodeCard:
    """What a node tells about itself.

    ``kind``: office or field. ``office``: the node id of the office it belongs to, for an office its own.
    ``sign_key``: 32 bytes in hex; ``receive`` and ``escrow``: age recipients; ``created``: UTC.
    """

    node: str
    kind: str
    name: str
    office: str
    sign_key: str
    receive: str
    escrow: str
    person_id: str
    person_name: str
    created: str


def write_card(card: NodeCard, identity: NodeIdentity) -> bytes:
    """The card as a file: canonical JSON with the node's own signature in it.

    Raises CardNameError for a name that no reader would accept.
    """
    if not all(_is_plain(text) for text in asdict(card).values()):
        raise CardNameError
    body = _body(card)
    signature = identity.sign(NAMESPACE, canonical.encode(body)).decode("ascii")
    return canonical.encode({**body, "signature": signature})


def read_card(data: bytes) -> NodeCard:
    """Read a card strictly; one that was changed, is too large or has unsafe keys is a CardInvalidError."""
    if len(data) > MAX_CARD_BYTES:
        raise CardInvalidError
    try:
        value = canonical.decode_object(data)
    except NotCanonicalError:
        raise CardInvalidError from None
    signature = value.pop("signature", None)
    version = value.pop("v", None)
    if type(version) is not int or version != VERSION or not isinstance(signature, str):
        raise CardInvalidError
    card = _card(value)
    try:
        signer = sshsig.verify(canonical.encode(_body(card)), signature.encode(), NAMESPACE)
        check_recipient(card.receive)
        check_recipient(card.escrow)
    except (sshsig.SignatureInvalidError, RecipientInvalidError):
        raise CardInvalidError from None
    if signer.hex() != card.sign_key:
        raise CardInvalidError
    return card


def person_of_kept_card(data: bytes) -> str:
    """The id of the person on a card that was read strictly before it was kept: signatures are not proved again."""
    try:
        value = canonical.decode_object(data)
    except NotCanonicalError:
        raise CardInvalidError from None
    return str(value.get("person_id", ""))


def fingerprint(card: NodeCard) -> str:
    """Eight groups of five digits that two people compare; they cover every field of the card.

    Each group is five bytes of SHA-512 modulo 100000: eight groups need 40 bytes, more than SHA-256 has.
    """
    digest = hashlib.sha512(_FINGERPRINT_LABEL + canonical.encode(_body(card))).digest()
    parts = (digest[i * _GROUP_BYTES : (i + 1) * _GROUP_BYTES] for i in range(_GROUPS))
    return " ".join(f"{int.from_bytes(part) % 100_000:05d}" for part in parts)


def _body(card: NodeCard) -> dict[str, object]:
    return {"v": VERSION, **asdict(card)}


def _card(value: dict[str, Json]) -> NodeCard:
    names = NodeCard.__dataclass_fields__
    if set(value) != set(names) or not all(isinstance(text, str) for text in value.values()):
        raise CardInvalidError
    card = NodeCard(**{name: str(text) for name, text in value.items()})
    is_sound = (
        NODE_ID.fullmatch(card.node)
        and NODE_ID.fullmatch(card.office)
        and _SIGN_KEY.fullmatch(card.sign_key)
        and card.kind in ("office", "field")
        and (card.kind == "office") == (card.office == card.node)
        and all(_is_plain(text) for text in asdict(card).values())
    )
    if not is_sound:
        raise CardInvalidError
    return card


def _is_plain(text: str) -> bool:
    """Whether a text shows as what it is: no control characters, line ends or marks that turn the direction."""
    return len(text) <= _MAX_NAME and not any(
        letter in _DIRECTION_MARKS or unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in text
    )
