"""A manifest together with the proof of who signed it."""

from dataclasses import dataclass

from desktop.exchange.manifest import NAMESPACE, Manifest, key_fingerprint, manifest_hash
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.keys.sshsig import SignatureInvalidError, verify


@dataclass(frozen=True)
class SignedManifest:
    """``signer_key`` (32 bytes, Ed25519) signed ``manifest_bytes``; whether it is trusted is not said."""

    manifest: Manifest
    manifest_bytes: bytes
    signature: bytes
    signer_key: bytes

    @property
    def hash(self) -> str:
        return manifest_hash(self.manifest_bytes)


def verify_manifest(manifest_bytes: bytes, signature: bytes) -> SignedManifest:
    """Return the manifest if the key it names as its sender's signed exactly these bytes, else refuse."""
    try:
        signer_key = verify(manifest_bytes, signature, NAMESPACE)
    except SignatureInvalidError as error:
        reason = Refusal.OTHER_PURPOSE if error.fault == "namespace" else Refusal.BAD_SIGNATURE
        raise PackageRefusedError(reason) from None
    manifest = decode_manifest(manifest_bytes)
    if manifest.sender.fingerprint != key_fingerprint(signer_key):
        raise PackageRefusedError(Refusal.WRONG_SIGNER)
    return SignedManifest(manifest, manifest_bytes, signature, signer_key)
