"""The key tree: everything in a workspace is protected by keys derived from one random workspace key."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from bech32 import bech32_encode, convertbits
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.keys.sealing import recipient_of

KEY_BYTES = 32


def new_workspace_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


@dataclass(frozen=True)
class KeyTree:
    """The keys of one workspace. Changing a pass phrase or the node's own keys changes none of them."""

    workspace_key: bytes = field(repr=False)

    def database_key(self) -> bytes:
        """The raw 32-byte key of ``workspace.db``."""
        return self._derived("mingcha-database-v1")

    def object_name(self, sha256: str) -> str:
        """The file name of an evidence object: keyed, so that a thief cannot test for files he knows."""
        return hmac.digest(
            self._derived("mingcha-object-names-v1"), bytes.fromhex(sha256), hashlib.sha256
        ).hex()

    def store_identity(self) -> str:
        """The secret age key that opens the evidence objects; it outlives the node's receive key."""
        data = convertbits(self._derived("mingcha-object-store-v1"), 8, 5) or []
        return str(bech32_encode("age-secret-key-", data)).upper()

    def store_recipient(self) -> str:
        return recipient_of(self.store_identity())

    def _derived(self, label: str) -> bytes:
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=label.encode()).derive(self.workspace_key)
