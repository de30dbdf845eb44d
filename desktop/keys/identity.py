"""The identity of a node: the key it signs with and the key it receives with, made at its first use."""

import secrets
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.keys import sshsig
from desktop.keys.sealing import new_identity, recipient_of


def new_node_id() -> str:
    """128 random bits in hex: a name, not a key."""
    return secrets.token_hex(16)


def new_stream_id(node: str) -> str:
    """A new stream of a node. The epoch is random: a counter would repeat itself after two restores."""
    return f"{node}.{secrets.token_hex(8)}"


@dataclass(frozen=True)
class NodeIdentity:
    """``receive`` is a secret age key, AGE-SECRET-KEY-1…"""

    node: str
    signing: Ed25519PrivateKey = field(repr=False)
    receive: str = field(repr=False)

    @classmethod
    def new(cls, node: str) -> Self:
        return cls(node, Ed25519PrivateKey.generate(), new_identity())

    @classmethod
    def from_text(cls, node: str, signing: str, receive: str) -> Self:
        """The identity whose secrets are these texts, as ``signing_text`` and ``receive`` gave them."""
        return cls(node, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(signing)), receive)

    @property
    def signing_text(self) -> str:
        """The secret signing key in hex, for the encrypted database only."""
        return self.signing.private_bytes_raw().hex()

    @property
    def public_key(self) -> bytes:
        """The 32 bytes of the Ed25519 public key."""
        return self.signing.public_key().public_bytes_raw()

    @property
    def recipient(self) -> str:
        return recipient_of(self.receive)

    def sign(self, namespace: str, message: bytes) -> bytes:
        """An SSHSIG signature of ``message`` for one purpose."""
        return sshsig.sign(self.signing, message, namespace)
