"""The volumes that the first version wrote have to stay readable for ever; they are never made again."""

import hashlib
import json
from pathlib import Path

import pytest

from desktop.exchange.manifest import Role
from desktop.exchange.read_package import read_head
from desktop.exchange.record_reader import read_records
from desktop.exchange.records import EntryReader
from tests.exchange.packages import OFFICE_NODE, Sinks, read

FOLDER = Path(__file__).parent.parent / "data" / "package_1_volumes"
VOLUMES = sorted(FOLDER.glob("*.mcp"))
KEYS = json.loads((FOLDER / "keys.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
MANIFEST_SHA256 = "684c8586cf3b80a1f5c1b2a233af844a6279fa1203b46c419f47be0625b9758f"
DOCUMENT = (Path(__file__).parents[2] / "docs" / "FORMAT-package.md").read_text(encoding="utf-8")


def test_golden_volumes_were_never_touched():
    hashes = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VOLUMES}

    assert len(hashes) == 4
    assert hashes == EXPECTED["volumes"]


@pytest.mark.parametrize("owner", ["office", "escrow"])
def test_destination_and_escrow_can_read_all_volumes(owner):
    sinks = Sinks()
    signed = read(VOLUMES, sinks, [KEYS[owner]["identity"]])

    assert signed.hash == MANIFEST_SHA256 == EXPECTED["manifest_sha256"]
    assert signed.manifest_bytes == EXPECTED["manifest"].encode()
    assert [info.hash for info in signed.manifest.objects if info.role is Role.EVIDENCE] == EXPECTED[
        "evidence"
    ]
    assert set(EXPECTED["evidence"]) < set(sinks.finished)


def test_entries_come_in_the_first_volume():
    sinks = Sinks()
    signed = read(VOLUMES, sinks, [KEYS["office"]["identity"]])
    entries = read_records(EntryReader(signed.manifest), [sinks.finished[signed.manifest.objects[0].hash]])

    assert [each.entry.hash for each in entries] == EXPECTED["entries"]


def test_each_file_says_which_volume_it_is():
    numbers = [read_head(path, [KEYS["office"]["identity"]], own_node=OFFICE_NODE).number for path in VOLUMES]

    assert numbers == [1, 2, 3, 4]


def test_the_manifest_stands_in_the_format():
    assert MANIFEST_SHA256 in DOCUMENT
