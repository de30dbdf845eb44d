from dataclasses import replace

import pytest

from desktop.storage.quarantine_table import (
    QuarantineRow,
    quarantined,
    save_quarantined,
    set_quarantine_state,
)
from tests.storage.databases import make_database

HASH = "a" * 64


@pytest.fixture
def db(tmp_path):
    db = make_database(tmp_path / "workspace.db")
    yield db
    db.close()


def test_the_quarantine_names_each_file_once_with_its_newest_reason(db):
    row = QuarantineRow(HASH, "a.mcp", f"{HASH}.mcp", "damaged", "坏", "再拷", "waiting", 5)
    save_quarantined(db, row)
    save_quarantined(db, replace(row, reason="unknown-sender", sender="n", at_ms=9))

    (kept,) = quarantined(db)
    assert (kept.reason, kept.sender, kept.at_ms) == ("unknown-sender", "n", 5)
    set_quarantine_state(db, HASH, "applied")
    assert quarantined(db)[0].state == "applied"
