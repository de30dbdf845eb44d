from dataclasses import replace

import pytest

from desktop.domain.ancestry import Span
from desktop.storage.packages import (
    PackageRow,
    ReceiptRow,
    find_package,
    introduced_by,
    package_of_file,
    packages,
    packages_between,
    receipts,
    save_introduced,
    save_package,
    save_receipt,
    set_package_state,
    take_package_seq,
)
from tests.domain.pen import ANNA, BERT, OFFICE
from tests.storage.databases import make_database

STREAM = ANNA + ".00000000000000aa"


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def package(number, **changes):
    row = PackageRow(
        manifest_sha256=f"{number:064x}",
        package_id=f"{number:032x}",
        kind="result",
        direction="out",
        sender=ANNA,
        stream=STREAM,
        dest=OFFICE,
        seq=number,
        prev=None,
        state="written",
        at_ms=number,
        manifest=b"m",
        signature=b"s",
        file_sha256=f"{number:064x}",
    )
    return replace(row, **changes)


def test_numbers_count_per_stream_and_destination_and_are_never_given_twice(db):
    taken = [take_package_seq(db, STREAM, OFFICE) for _ in range(3)]

    assert taken == [1, 2, 3]
    assert take_package_seq(db, STREAM, BERT) == 1
    assert take_package_seq(db, STREAM + "x", OFFICE) == 1


def test_a_package_is_found_by_its_manifest_its_file_and_its_place(db):
    for number in (2, 1):
        save_package(db, package(number))
    save_package(db, package(3, direction="in", dest=BERT))

    assert find_package(db, package(1).manifest_sha256) == package(1)
    assert find_package(db, "f" * 64) is None
    assert package_of_file(db, package(2).file_sha256) == package(2)
    assert [row.seq for row in packages_between(db, STREAM, OFFICE)] == [1, 2]
    assert [row.seq for row in packages(db)] == [1, 2, 3]
    assert [row.seq for row in packages(db, "in")] == [3]


def test_a_package_saved_again_takes_its_new_state(db):
    save_package(db, package(1))
    save_package(db, package(1, state="acknowledged", file_name="a.mcp"))

    assert [(row.state, row.file_name) for row in packages(db)] == [("acknowledged", "a.mcp")]
    set_package_state(db, package(1).manifest_sha256, "set_aside")
    assert packages(db)[0].state == "set_aside"


def test_what_a_package_introduced_is_kept_in_order(db):
    save_package(db, package(1))
    spans = (Span(STREAM, 1, 3, "t3"), Span(STREAM, 5, 6, "t6"))

    save_introduced(db, package(1).manifest_sha256, reversed(spans))

    assert introduced_by(db, package(1).manifest_sha256) == spans


def test_the_newest_receipt_counts_whenever_it_comes(db):
    receipt = ReceiptRow("f" * 64, OFFICE, STREAM, 1, "applied", ("w",), (), {STREAM: 4}, 10)
    save_receipt(db, receipt)
    save_receipt(db, replace(receipt, state="received", at_ms=9))
    assert receipts(db) == [receipt]

    newer = replace(receipt, state="set_aside", wanted=(), durable=None, at_ms=11)
    save_receipt(db, newer)
    assert receipts(db, OFFICE) == [newer]
    assert receipts(db, BERT) == []
