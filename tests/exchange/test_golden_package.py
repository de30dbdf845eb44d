"""The package that the first version wrote has to stay readable for ever; it is never made again."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop.domain.entry import Part
from desktop.exchange.entry_index import IndexReader
from desktop.exchange.manifest import Manifest, PackageKind, Role, manifest_hash
from desktop.exchange.read_package import PackageFacts, peek_package
from desktop.exchange.receipts import ReceiptState, receipt_reader
from desktop.exchange.record_reader import read_records
from desktop.exchange.records import EntryReader
from desktop.exchange.relays import RelayReader
from desktop.exchange.trust_list import SignedTrustList, trust_list_reader
from tests.exchange.packages import FIELD_STREAM, Sinks, read

FOLDER = Path(__file__).parent.parent / "data" / "package_1"
PACKAGE = FOLDER / "MC-20261120-5f3a9c.mcp"
KEYS = json.loads((FOLDER / "keys.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
PACKAGE_SHA256 = "fd59482a476a9256026442f73e5e6f6171465db85a55a9c9b3386581a6c34494"
MANIFEST_SHA256 = "60f29fe93a55ac47d671f135c5c826a99436993024b2f1684c4ddcc421de54f3"


@pytest.fixture
def opened():
    """Return the proved manifest and the objects by role; of several pieces of evidence, a list."""
    sinks = Sinks()
    signed = read(PACKAGE, sinks, [KEYS["office"]["identity"]])
    by_role = {}
    for info in signed.manifest.objects:
        by_role.setdefault(info.role, []).append(sinks.finished[info.hash])
    return signed, by_role


def records(reader, data):
    return list(read_records(reader, [data]))


def test_golden_package_was_never_touched():
    assert hashlib.sha256(PACKAGE.read_bytes()).hexdigest() == PACKAGE_SHA256 == EXPECTED["package_sha256"]


def test_facts():
    assert peek_package(PACKAGE) == PackageFacts("A1", PACKAGE.stat().st_size, 2)


@pytest.mark.parametrize("owner", ["office", "escrow"])
def test_destination_and_escrow_can_open_it(owner):
    signed = read(PACKAGE, Sinks(), [KEYS[owner]["identity"]])

    assert signed.hash == MANIFEST_SHA256 == EXPECTED["manifest_sha256"]


def test_manifest(opened):
    signed, _ = opened
    manifest: Manifest = signed.manifest

    assert signed.manifest_bytes.decode() == EXPECTED["manifest"]
    assert signed.signature.decode() == EXPECTED["signature"]
    assert (manifest.kind, manifest.seq, manifest.covers) == (PackageKind.RESULT, 3, (1, 2))
    assert manifest.prev == manifest_hash(b"the manifest before")
    assert manifest.heads == {FIELD_STREAM: (3, EXPECTED["entries"][-1])}
    assert manifest.durable == {FIELD_STREAM: 1}
    assert manifest.counts == {"entries": 4, "evidence": 2}


def test_entries(opened):
    signed, objects = opened

    entries = records(EntryReader(signed.manifest), objects[Role.ENTRIES][0])

    assert [entry.entry.hash for entry in entries] == EXPECTED["entries"]
    assert entries[0].parts["header"].value == {"title": "现场检查"}
    assert entries[2].parts["answer/a1"] == Part(b"", None)
    assert entries[3].parts["answer/a1"].value == {"met": True, "note": "已整改"}


def test_index(opened):
    _, objects = opened

    rows = records(IndexReader(), objects[Role.INDEX][0])

    assert [row.hash for row in rows] == EXPECTED["entries"]


def test_relayed_manifest(opened):
    _, objects = opened

    (relay,) = records(RelayReader(), objects[Role.MANIFESTS][0])

    assert [row.hash for row in records(IndexReader(), relay.index)] == EXPECTED["entries"][:1]
    assert relay.signed.manifest.sender.node == "a" * 31 + "3"


def test_trust_list(opened):
    _, objects = opened

    assert records(trust_list_reader(), objects[Role.TRUST][0]) == [
        SignedTrustList(b'{"nodes":[],"serial":7}', b"test")
    ]


def test_receipt(opened):
    _, objects = opened

    (receipt,) = records(receipt_reader(), objects[Role.RECEIPTS][0])

    assert (receipt.seq, receipt.state) == (4, ReceiptState.APPLIED)


def test_evidence(opened):
    _, objects = opened

    assert objects[Role.EVIDENCE] == [
        hashlib.sha512(b"a photo").digest() * 1000,
        "桥面第三跨护栏缺失。\n".encode(),
    ]
