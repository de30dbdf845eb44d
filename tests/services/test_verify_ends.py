"""A log whose last entries were cut off is a sound chain: only what lies outside of it can tell."""

import pytest

from desktop.exchange.manifest import PackageKind
from desktop.services.setup.enroll_node import revoke_node
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.list_backups import back_up_now
from desktop.services.upkeep.restore_workspace import restore_workspace
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.storage.packages import ReceiptRow, save_receipt
from tests.services.worlds import FAST, PASSPHRASE


def cut(workspace, node, count):
    """Take the last entries of a node out, as somebody with the key and a database tool would."""
    db = workspace.db
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    ids = db.execute(
        "SELECT e.id FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ?"
        " ORDER BY e.seq DESC LIMIT ?",
        [node, count],
    ).fetchall()
    for (entry_id,) in ids:
        db.execute("DELETE FROM part WHERE entry_id = ?", [entry_id])
        db.execute("DELETE FROM entry WHERE id = ?", [entry_id])


def truncated(workspace):
    verification = verify_workspace(workspace)
    assert {finding.word for finding in verification.findings} <= {"TRUNCATED"}
    return [finding.meaning for finding in verification.findings]


def test_a_package_that_was_written_here_names_the_end(world):
    world.record(world.anna, world.visits[0])
    world.results(world.anna)
    assert truncated(world.anna) == []

    cut(world.anna, world.anna.node, 2)

    (meaning,) = truncated(world.anna)
    assert "本机写出的数据包" in meaning


def test_a_tail_that_was_written_anew_is_not_the_one_that_was_handed_over(world):
    world.record(world.anna, world.visits[0])
    world.results(world.anna)
    cut(world.anna, world.anna.node, 3)
    for _each in range(3):
        world.record(world.anna, world.visits[0])

    assert len(truncated(world.anna)) == 1


def test_the_answer_of_the_office_names_what_it_has_got(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    world.answer_back(world.anna)
    world.anna.db.execute("UPDATE package SET manifest = x'', signature = x'' WHERE direction = 'out'")
    assert truncated(world.anna) == []

    cut(world.anna, world.anna.node, 4)

    (meaning,) = truncated(world.anna)
    assert "其他电脑发来的数据包" in meaning


def test_an_import_names_what_it_brought(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)

    cut(world.office, world.anna.node, 1)

    (meaning,) = truncated(world.office)
    assert "导入记录" in meaning


def test_a_revocation_names_the_last_trusted_entry(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    world.office.db.execute("DELETE FROM introduced")
    revoke_node(world.office, world.anna.node, "遗失")
    assert truncated(world.office) == []

    cut(world.office, world.anna.node, 1)

    (meaning,) = truncated(world.office)
    assert "吊销记录" in meaning


def test_a_backup_names_the_end_of_its_day(world):
    world.clock.go_on()
    back_up_now(world.bert)

    cut(world.bert, world.bert.node, 1)

    (meaning,) = truncated(world.bert)
    assert "备份" in meaning


@pytest.mark.parametrize("content", [b"no database", None])
def test_a_backup_that_cannot_be_read_says_nothing_here(world, content):
    name = back_up_now(world.bert)
    file = world.bert.folder / "backups" / name
    data = bytearray(file.read_bytes())
    data[5000:] = bytes(len(data) - 5000)
    file.write_bytes(content or bytes(data))

    assert truncated(world.bert) == []


def test_an_entry_of_somebody_else_names_what_its_author_had_seen(world):
    world.anna.db.execute("DELETE FROM introduced")
    world.anna.db.execute("DELETE FROM package")
    world.record(world.anna, world.visits[0])

    cut(world.anna, world.anna.node, 0)
    assert truncated(world.anna) == []
    cut(world.anna, world.anna.node, 1)

    # The last entry is a note that nobody refers to.
    assert truncated(world.anna) == []


def test_a_receipt_names_what_lies_in_the_backup_of_the_office(world):
    stream = world.anna.db.execute("SELECT json_extract(value, '$') FROM setting WHERE key = 'stream'")
    durable = {stream.fetchone()[0]: 999, f"{world.bert.node}.{'0' * 16}": 999}
    row = ReceiptRow("a" * 64, world.office.node, "s", 1, "applied", (), (), durable, 1)
    save_receipt(world.anna.db, row)

    (meaning,) = truncated(world.anna)

    assert "签收回执" in meaning
    assert "999" in meaning


def test_what_a_restore_set_back_is_no_truncation(world):
    backup = back_up_workspace(world.anna, world.stick).folder
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    receipt = world.mission_package(world.anna, PackageKind.RECEIPT)

    folder = world.folder / "restored"
    with restore_workspace(backup, folder, PASSPHRASE, cost=FAST, clock_ms=world.clock) as restored:
        assert truncated(restored) == []
        cut_old_stream(restored)
        (meaning,) = truncated(restored)
        world.merge(restored, receipt)
        later = verify_workspace(restored).findings

    assert "恢复后的日志开头" in meaning
    # What the office has got beyond the backup comes back with its packages; its numbers are no anchor here.
    assert [finding.meaning for finding in later if finding.word == "TRUNCATED"] == []


def cut_old_stream(restored):
    """Take the end of the stream before the restore out, although the restored log begins by naming it."""
    row = restored.db.execute(
        "SELECT e.id FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ? AND s.id <>"
        " (SELECT json_extract(value, '$') FROM setting WHERE key = 'stream') ORDER BY e.seq DESC LIMIT 1",
        [restored.node],
    ).fetchone()
    for (name,) in restored.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        restored.db.execute(f"DROP TRIGGER {name}")
    restored.db.execute("DELETE FROM part WHERE entry_id = ?", [row[0]])
    restored.db.execute("DELETE FROM entry WHERE id = ?", [row[0]])
