"""The numbers in docs/FORMAT-package.md are those of the program."""

import hashlib
import re
from pathlib import Path

import pytest

from desktop.exchange import entry_index, manifest, manifest_reader, record_reader, relays, tarstream
from desktop.exchange.padme import padded_size
from desktop.exchange.receipts import ReceiptState
from desktop.exchange.refusal import Refusal
from desktop.keys import envelope, sshsig
from desktop.keys.sealing import decrypt_bytes
from tests.exchange.packages import body_of
from tests.exchange.test_golden_package import KEYS, MANIFEST_SHA256, PACKAGE

DOCUMENT = (Path(__file__).parents[2] / "docs" / "FORMAT-package.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "limit",
    [
        manifest.MAX_MANIFEST_BYTES,
        manifest.MAX_INDEX_BYTES,
        manifest.MAX_OBJECT_BYTES,
        record_reader.MAX_LINE_BYTES,
        sshsig.MAX_SIGNATURE_BYTES,
        envelope.MAX_HEADER_BYTES,
        envelope.MAX_STANZAS,
    ],
)
def test_limit_is_documented(limit):
    assert f"`{limit}`" in DOCUMENT


@pytest.mark.parametrize(
    "name", [*Refusal, *manifest.Role, *manifest.PackageKind, *ReceiptState, *body_of(), *body_of()["sender"]]
)
def test_name_is_documented(name):
    assert f"`{name}`" in DOCUMENT or f"**{name}**" in DOCUMENT


def test_titles_are_documented():
    assert f"`{entry_index.HEADER.rstrip(bytes(1)).decode()}`" in DOCUMENT
    assert f"`{relays.TITLE.decode().strip()}`" in DOCUMENT
    assert f"{len(relays.TITLE)} bytes" in DOCUMENT
    assert record_reader.title("<role>").decode() in DOCUMENT
    assert manifest.NAMESPACE in DOCUMENT
    assert manifest_reader._WORD.pattern in DOCUMENT


def test_vectors_of_headers_hold():
    for name, size in (("manifest.json", 1000), ("pad", 0)):
        header = tarstream.header(name, size)

        assert f"`{header[148:154].decode()}`" in DOCUMENT
        assert hashlib.sha256(header).hexdigest() in DOCUMENT


def test_vectors_of_padding_hold():
    section = DOCUMENT[DOCUMENT.index("| padme(*n*) for") :]
    padme_table, pad_table = re.findall(r"(?:^\| \d+ \| \d+ \|\n)+", section, re.MULTILINE)[:2]

    for size, padded in re.findall(r"(\d+) \| (\d+)", padme_table):
        assert padded_size(int(size)) == int(padded)
    for content, pad in re.findall(r"(\d+) \| (\d+)", pad_table):
        assert tarstream.pad_size(int(content)) == int(pad)


def test_vectors_of_the_golden_package_hold():
    tar = decrypt_bytes(PACKAGE.read_bytes(), [KEYS["office"]["identity"]])

    assert f"{len(tar)} bytes" in DOCUMENT
    assert hashlib.sha256(tar).hexdigest() in DOCUMENT
    assert MANIFEST_SHA256 in DOCUMENT
