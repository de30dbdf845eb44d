import hashlib

import pytest

from desktop.domain import canonical
from desktop.exchange.manifest import (
    Role,
    key_fingerprint,
    manifest_hash,
    recipient_hash,
    recipient_hashes,
)
from tests.exchange.packages import ESCROW, OFFICE, make_manifest


def test_manifest_is_canonical_json_with_the_members_of_the_format():
    body = canonical.decode_object(make_manifest().encode())

    assert body["format"] == "mingcha/1"
    assert " ".join(sorted(body)) == (
        "app clock counts covers created dest digest durable features format have heads kind objects package_id"
        " prev recipients schema sender seq suite volumes wanted"
    )
    assert sorted(body["objects"][0]) == ["h", "mime", "role", "size", "vol"]
    assert sorted(body["sender"]) == ["fingerprint", "node", "stream"]


def test_hashes_are_plain_sha256():
    assert manifest_hash(b"x") == key_fingerprint(b"x") == hashlib.sha256(b"x").hexdigest()
    assert recipient_hash("age1x") == hashlib.sha256(b"age1x").hexdigest()


def test_recipients_are_listed_in_one_order():
    assert recipient_hashes((OFFICE, ESCROW)) == recipient_hashes((ESCROW, OFFICE))


def test_index_is_found_by_its_role():
    assert make_manifest().index.role is Role.INDEX


@pytest.mark.parametrize("durable", [None, {"f" * 32 + "." + "0" * 16: 7}])
def test_durable_is_null_where_no_backup_was_verified(durable):
    assert canonical.decode_object(make_manifest(durable=durable).encode())["durable"] == durable
