"""Made the golden package of format 1, once: python -m tests.exchange.make_golden_package

Every later version has to read that very file, so this program never writes over it. The keys beside it are test
data and protect nothing.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.entry import Part, SignedEntry
from desktop.exchange.manifest import Role, Sender, key_fingerprint, manifest_hash, recipient_hashes
from desktop.exchange.receipts import Receipt, ReceiptState, encode_receipts
from desktop.exchange.relays import encode_relays
from desktop.exchange.trust_list import SignedTrustList, encode_trust_lists
from desktop.exchange.write_package import PackagePlan, write_package
from desktop.keys.sealing import new_identity, recipient_of
from tests.exchange.packages import (
    FIELD_NODE,
    FIELD_STREAM,
    OFFICE_NODE,
    contents_of,
    ignore_progress,
    make_manifest,
    raw_key,
    sign_manifest,
)
from tests.exchange.signed_entries import chain, entry_objects, signed_entry

FOLDER = Path(__file__).parent.parent / "data" / "package_1"
OTHER_NODE = "a" * 31 + "3"
OTHER_STREAM = OTHER_NODE + ".00000000000000bb"


def new_key():
    identity, private = new_identity(), Ed25519PrivateKey.generate()
    return {"identity": identity, "signing_key": private.private_bytes_raw().hex()}, private


def sender(node, stream, private):
    return Sender(node, stream, key_fingerprint(raw_key(private)))


def withheld(signed, name):
    return SignedEntry(signed.data, signed.entry, signed.parts | {name: Part(b"", None)})


def make_objects(other_key):
    """Return every role there is: own and relayed entries, a receipt, a trust list, two pieces of evidence."""
    relayed = [signed_entry(1, None, OTHER_STREAM, {"header": {"title": "现场检查"}})]
    relayed_manifest = make_manifest(
        entry_objects(relayed), sender=sender(OTHER_NODE, OTHER_STREAM, other_key), counts={"entries": 1}
    ).encode()
    own = chain(3)
    entries = [*relayed, own[0], withheld(own[1], "answer/a1"), own[2]]
    trust = b'{"nodes":[],"serial":7}'
    receipt = Receipt(
        OFFICE_NODE + ".0000000000000001", 4, manifest_hash(b"an earlier manifest"), ReceiptState.APPLIED
    )
    relay = (relayed_manifest, sign_manifest(relayed_manifest, other_key), entry_objects(relayed)[1][2])
    return entries, (
        *entry_objects(entries),
        (Role.MANIFESTS, "application/octet-stream", b"".join(encode_relays([relay]))),
        (Role.TRUST, "application/jsonl", b"".join(encode_trust_lists([SignedTrustList(trust, b"test")]))),
        (Role.RECEIPTS, "application/jsonl", b"".join(encode_receipts([receipt]))),
        (Role.EVIDENCE, "image/jpeg", hashlib.sha512(b"a photo").digest() * 1000),
        (Role.EVIDENCE, "text/plain", "桥面第三跨护栏缺失。\n".encode()),
    )


def main():
    FOLDER.mkdir(parents=True)
    office_keys, _ = new_key()
    escrow_keys, _ = new_key()
    field_keys, field_key = new_key()
    other_keys, other_key = new_key()
    recipients = (recipient_of(office_keys["identity"]), recipient_of(escrow_keys["identity"]))
    entries, objects = make_objects(other_key)
    last = entries[-1].entry
    manifest = replace(
        make_manifest(objects),
        sender=sender(FIELD_NODE, FIELD_STREAM, field_key),
        recipients=recipient_hashes(recipients),
        seq=3,
        prev=manifest_hash(b"the manifest before"),
        covers=(1, 2),
        heads={FIELD_STREAM: (last.seq, last.hash)},
        have={FIELD_STREAM: 3, OTHER_STREAM: 1},
        wanted=(hashlib.sha256(b"wanted").hexdigest(),),
        digest=hashlib.sha256(b"digest").hexdigest(),
        durable={FIELD_STREAM: 1},
        counts={"entries": len(entries), "evidence": 2},
    )
    written = write_package(
        FOLDER,
        PackagePlan(manifest, recipients),
        lambda data: sign_manifest(data, field_key),
        contents_of(objects),
        ignore_progress,
    )
    keys = {"office": office_keys, "escrow": escrow_keys, "field": field_keys, "other": other_keys}
    expected = {
        "package_sha256": written.hashes[0],
        "manifest_sha256": manifest_hash(written.manifest_bytes),
        "manifest": written.manifest_bytes.decode(),
        "signature": written.signature.decode(),
        "entries": [signed.entry.hash for signed in entries],
    }
    write_json("keys.json", {"note": "Test data. These keys are public and protect nothing.", **keys})
    write_json("expected.json", expected)


def write_json(name, value):
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
