"""Files of the quarantine that somebody has looked at: out of the counters, never gone, merged when they can be."""

import pytest

from desktop.errors import UserError
from desktop.services.missions.assign_mission import find_node_by_name
from desktop.services.packages.dismiss_file import dismiss_file, take_up_file
from desktop.services.packages.merge_view import quarantine_lines
from desktop.services.records.log_words import event_text
from desktop.services.scoring.overview import Waiting, read_overview
from desktop.services.upkeep.find_log_lines import LogFilter, find_log_lines
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.storage.nodes import save_node
from desktop.storage.quarantine_table import quarantined
from tests.services.worlds import events, rows


@pytest.fixture
def photo(world):
    """The id of a holiday photo that somebody has dropped."""
    world.merge(world.office, world.file("假日.jpg", b"\xff\xd8" + b"x" * 300))
    (row,) = rows(world.office, "quarantine")
    return row["id"]


@pytest.fixture
def stranger(world):
    """The node anna, forgotten by the office while her package lies in its quarantine."""
    world.record(world.anna, world.visits[0])
    node = find_node_by_name(world.office, world.anna.node)
    world.office.db.execute("DELETE FROM node WHERE id = ?", [node.id])
    assert world.bring(world.anna).reason == "unknown-sender"
    return node


def test_a_dismissed_file_leaves_the_counters_and_stays_where_it_is(world, photo):
    assert (describe_workspace(world.office).waiting, waiting_on_the_overview(world)) == (1, 1)
    before = kept_files(world)

    dismissed = dismiss_file(world.office, photo[:12], " 误拖入的照片 ")

    assert (dismissed.id, dismissed.name) == (photo, "假日.jpg")
    assert (describe_workspace(world.office).waiting, waiting_on_the_overview(world)) == (0, 0)
    assert kept_files(world) == before
    assert [row["state"] for row in rows(world.office, "quarantine")] == ["dismissed"]
    (line,) = quarantine_lines(world.office)
    assert (line.state, line.is_waiting) == ("dismissed", False)
    assert (line.dismissed_because, line.dismissed_by) == ("误拖入的照片", "张三")
    assert line.dismissed_at.startswith("2026-11-20")


def test_the_log_tells_who_dismissed_it_and_why(world, photo):
    dismiss_file(world.office, photo, "误拖入的照片")

    (line,) = find_log_lines(world.office, LogFilter(text="误拖入")).rows
    assert (event_text(line.event), line.by, line.about) == ("处置待查区文件", "张三", "假日.jpg")


def test_it_is_taken_up_again(world, photo):
    dismiss_file(world.office, photo, "误拖入的照片")

    assert take_up_file(world.office, photo).id == photo

    assert describe_workspace(world.office).waiting == 1
    assert [row["state"] for row in rows(world.office, "quarantine")] == ["waiting"]
    assert events(world.office)[-2:] == ["dismissed", "taken_up"]


def test_it_stays_dismissed_when_the_workspace_is_opened_again(world, photo):
    dismiss_file(world.office, photo, "误拖入的照片")
    world.close()
    world.open()

    assert [line.state for line in quarantine_lines(world.office)] == ["dismissed"]


def test_the_same_file_for_the_same_reason_is_known(world, photo):
    dismiss_file(world.office, photo, "误拖入的照片")

    world.merge(world.office, world.folder / "假日.jpg")

    assert describe_workspace(world.office).waiting == 0


def test_a_file_that_is_refused_for_another_reason_waits_again(world, stranger):
    (line,) = quarantine_lines(world.office)
    dismiss_file(world.office, line.id, "不认识")
    with world.office.db.atomic():
        world.office.db.execute("UPDATE quarantine SET reason = 'damaged'")

    assert quarantined(world.office.db)[0].is_waiting
    assert describe_workspace(world.office).waiting == 1


def test_a_dismissed_package_is_merged_when_its_reason_goes_away(world, stranger):
    (line,) = quarantine_lines(world.office)
    dismiss_file(world.office, line.id, "不认识")
    save_node(world.office.db, stranger)

    assert [each.outcome for each in world.merge(world.office)] == ["applied"]

    (line,) = quarantine_lines(world.office)
    assert (line.state, line.dismissed_because) == ("applied", "")
    with pytest.raises(UserError, match="没有可以处置或恢复待查的文件"):
        take_up_file(world.office, line.id)


def test_a_reason_is_needed(world, photo):
    with pytest.raises(UserError, match="须写明理由"):
        dismiss_file(world.office, photo, "  ")
    assert describe_workspace(world.office).waiting == 1
    assert "dismissed" not in events(world.office)


@pytest.mark.parametrize("text", ["", "0" * 12])
def test_what_is_not_there_cannot_be_dismissed(world, photo, text):
    with pytest.raises(UserError, match="没有可以处置或恢复待查的文件"):
        dismiss_file(world.office, text or photo[:5], "看过")


def test_a_file_is_not_dismissed_twice_nor_taken_up_while_it_waits(world, photo):
    with pytest.raises(UserError, match="没有可以处置或恢复待查的文件"):
        take_up_file(world.office, photo)
    dismiss_file(world.office, photo, "误拖入的照片")
    with pytest.raises(UserError, match="没有可以处置或恢复待查的文件"):
        dismiss_file(world.office, photo, "再看一次")


def waiting_on_the_overview(world):
    return dict(read_overview(world.office).waiting).get(Waiting.QUARANTINE, 0)


def kept_files(world):
    return {path.name: path.read_bytes() for path in (world.office.folder / "quarantine").iterdir()}
