"""Made the golden volumes of format 1, once: python -m tests.exchange.make_golden_volumes

Every later version has to read those very files, so this program never writes over them. The keys beside them are
test data and protect nothing.
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from desktop.exchange.manifest import Role, manifest_hash, recipient_hashes
from desktop.exchange.volumes import split_into_volumes
from desktop.exchange.write_package import PackagePlan, write_package
from desktop.keys.sealing import recipient_of
from tests.exchange.make_golden_package import new_key, sender
from tests.exchange.packages import (
    FIELD_NODE,
    FIELD_STREAM,
    contents_of,
    ignore_progress,
    make_manifest,
    sign_manifest,
)
from tests.exchange.signed_entries import chain, entry_objects

FOLDER = Path(__file__).parent.parent / "data" / "package_1_volumes"
VOLUME_BYTES = 45_000


def main():
    FOLDER.mkdir(parents=True)
    office_keys, _ = new_key()
    escrow_keys, _ = new_key()
    field_keys, field_key = new_key()
    recipients = (recipient_of(office_keys["identity"]), recipient_of(escrow_keys["identity"]))
    entries = chain(3)
    photos = [hashlib.sha512(bytes([n])).digest() * 300 for n in range(4)]
    objects = (*entry_objects(entries), *((Role.EVIDENCE, "image/jpeg", photo) for photo in photos))
    last = entries[-1].entry
    manifest = replace(
        make_manifest(objects),
        sender=sender(FIELD_NODE, FIELD_STREAM, field_key),
        recipients=recipient_hashes(recipients),
        heads={FIELD_STREAM: (last.seq, last.hash)},
        have={FIELD_STREAM: last.seq},
        counts={"entries": len(entries), "evidence": len(photos)},
    )
    written = write_package(
        FOLDER,
        PackagePlan(split_into_volumes(manifest, VOLUME_BYTES), recipients),
        lambda data: sign_manifest(data, field_key),
        contents_of(objects),
        ignore_progress,
    )
    write_json(
        "keys.json",
        {
            "note": "Test data. These keys are public and protect nothing.",
            "office": office_keys,
            "escrow": escrow_keys,
            "field": field_keys,
        },
    )
    write_json(
        "expected.json",
        {
            "volumes": {
                path.name: digest for path, digest in zip(written.paths, written.hashes, strict=True)
            },
            "manifest_sha256": manifest_hash(written.manifest_bytes),
            "manifest": written.manifest_bytes.decode(),
            "entries": [signed.entry.hash for signed in entries],
            "evidence": [hashlib.sha256(photo).hexdigest() for photo in photos],
        },
    )


def write_json(name, value):
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    (FOLDER / name).write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
