import pytest

from desktop.errors import UserError
from desktop.services.records.list_records import KINDS, list_records
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from desktop.services.workspace.local_time import local_time, utc_time
from tests.services.worlds import CHECKLIST, START_MS


@pytest.fixture
def busy(world):
    """An office where every list has something in it but people's posts and targets."""
    world.file("a.txt")
    world.record(
        world.anna, world.visits[0], evidence=[{"path": "a.txt", "caption": "甲"}], site={"name": "一号大厅"}
    )
    world.bring(world.anna)
    world.merge(world.office, world.file("bad.mcp", b"x" * 300))
    world.answer_back(world.anna)
    return world


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_has_the_columns_it_promises(busy, kind):
    listing = list_records(busy.office, kind)

    assert listing.kind == kind
    assert all(tuple(row) == tuple(listing.columns) for row in listing.rows)
    assert listing.columns[0] == "id"
    empty = {"posts", "targets", "receipts"}
    assert bool(listing.rows) is (kind not in empty)


def test_units_come_in_official_order(busy):
    assert [row["short"] for row in list_records(busy.office, "units").rows] == ["澄湖区", "市政务大数据局"]


def test_a_visit_is_listed_with_the_names_of_what_it_is_about(busy):
    visits = {row["id"]: row for row in list_records(busy.office, "visits").rows}

    row = visits[busy.visits[0]]
    assert (row["unit"], row["site"], row["mission"]) == ("澄湖区", "一号大厅", "一季度督查")
    assert (row["checklist"], row["status"], row["signed"]) == ("政务服务大厅暗访表", "已提交", 0)
    assert visits[busy.visits[1]]["status"] is None


def test_this_node_comes_first(busy):
    assert [row["status"] for row in list_records(busy.office, "nodes").rows] == [
        "own",
        "enrolled",
        "enrolled",
    ]


def test_a_list_that_is_none_is_refused_with_those_there_are(busy):
    with pytest.raises(UserError, match="units, groups"):
        list_records(busy.office, "nothing")


def test_the_figures_of_a_workspace(busy):
    info = describe_workspace(busy.office)

    assert (info.name, info.kind, info.person) == ("云泽市政府督查室", "office", "张三")
    assert (info.packages_in, info.packages_out, info.waiting) == (1, 3, 1)
    assert (info.held, info.conflicts, info.missing, info.forked_streams, info.drafts) == (0, 0, 0, 0, 0)
    assert (info.objects_wanted, info.records["visit"], info.records["evidence"]) == (0, 3, 1)
    assert info.last_backup_at is not None
    assert info.digest == state_digest(busy.office)


def test_a_workspace_that_has_not_merged_anything_has_no_backup(world):
    assert describe_workspace(world.office).last_backup_at is None


def test_the_digest_tells_states_apart_and_not_the_log(world):
    before = state_digest(world.anna)
    world.results(world.anna)
    assert state_digest(world.anna) == before

    world.record(world.anna, unit="澄湖区", checklist=CHECKLIST)

    assert state_digest(world.anna) != before


def test_times_are_written_with_their_offset():
    assert utc_time(START_MS) == "2026-11-20T01:30:00Z"
    assert local_time(START_MS)[10] == "T"
    assert local_time(START_MS)[19] in "+-"


def test_the_log_names_the_person(busy):
    assert {row["by"] for row in list_records(busy.office, "log").rows} == {"张三"}
