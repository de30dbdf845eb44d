import pytest

from desktop.errors import UserError
from desktop.services.packages.undo_import import redo_import, undo_import
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from tests.services.worlds import dump, rows


@pytest.fixture
def imported(world):
    """The id of an import that brought anna's answers."""
    world.record(world.anna, world.visits[0])
    return world.bring(world.anna).manifest_sha256


def answers(world, visit=0):
    return sorted(read_visit(world.office.db, world.visits[visit]).answers)


def test_an_undone_import_no_longer_counts_and_nothing_is_removed(world, imported):
    entries = describe_workspace(world.office).entries

    undone = undo_import(world.office, imported, "误导入")

    assert answers(world) == []
    assert describe_workspace(world.office).entries == entries + 1
    assert (undone.manifest_sha256, undone.later) == (imported, 0)
    assert undone.entries > 0
    assert [row["state"] for row in rows(world.office, "packages") if row["id"] == imported] == ["set_aside"]


def test_redoing_gives_the_office_of_before_and_it_can_be_undone_again(world, imported):
    before, visits = state_digest(world.office), rows(world.office, "visits")

    for _round in range(2):
        undo_import(world.office, imported, "误导入")
        assert answers(world) == []
        redo_import(world.office, imported)
        assert (state_digest(world.office), rows(world.office, "visits")) == (before, visits)
    undo_import(world.office, imported, "还是误导入")
    assert answers(world) == []


def test_what_is_sent_again_stays_undone_and_what_is_new_counts(world, imported):
    undo_import(world.office, imported, "误导入")

    again = world.bring(world.anna)
    assert again.outcome == "applied"
    assert answers(world) == []

    world.record(world.anna, world.visits[2])
    world.bring(world.anna)
    assert answers(world) == []
    assert answers(world, 2) == [1]


def test_the_undone_file_itself_stays_undone_when_it_is_merged_again(world):
    world.record(world.anna, world.visits[0])
    file = world.results(world.anna)
    imported = world.merge(world.office, file)[0].manifest_sha256
    undo_import(world.office, imported, "误导入")

    assert world.merge(world.office, file)[0].outcome == "known"

    assert answers(world) == []


def test_a_later_import_stays_when_an_earlier_one_is_undone(world, imported):
    world.record(world.anna, world.visits[0], answers=[{"item": 2, "deduct": 0}])
    world.bring(world.anna)

    undo_import(world.office, imported, "误导入")

    assert answers(world) == [2]


def test_what_others_made_on_top_of_it_stays_and_is_counted(world, imported):
    shared = world.visits[2]
    world.record(world.anna, shared)
    second = world.bring(world.anna).manifest_sha256
    world.merge(world.bert, world.mission_package(world.bert))
    world.record(world.bert, shared, answers=[{"item": 2, "deduct": 0}])
    world.bring(world.bert)

    undone = undo_import(world.office, second, "误导入")

    assert undone.later == 1
    assert answers(world, 2) == [2]


def test_the_holder_learns_that_its_package_was_set_aside(world, imported):
    undo_import(world.office, imported, "误导入")

    world.answer_back(world.anna)

    assert [row["state"] for row in rows(world.anna, "receipts")] == ["set_aside"]
    assert read_visit(world.anna.db, world.visits[0]).answers == {}


@pytest.mark.parametrize("import_id", ["", "0" * 64, "abc"])
def test_an_import_that_is_not_there_changes_nothing(world, imported, import_id):
    before = dump(world.office)

    with pytest.raises(UserError, match="没有可以撤销"):
        undo_import(world.office, import_id, "误导入")
    with pytest.raises(UserError, match="没有可以撤销"):
        redo_import(world.office, imported)
    assert dump(world.office) == before


def test_the_beginning_of_the_id_is_enough(world, imported):
    assert undo_import(world.office, imported[:10], "误导入").manifest_sha256 == imported


def test_undoing_needs_an_office_a_reason_and_something_new(world, imported):
    with pytest.raises(UserError, match="原因"):
        undo_import(world.office, imported, "  ")
    with pytest.raises(UserError, match="只有中心"):
        undo_import(world.anna, imported, "误导入")
    nothing_new = world.office.db.execute("DELETE FROM introduced")
    assert nothing_new is not None
    with pytest.raises(UserError, match="没有带来新内容"):
        undo_import(world.office, imported, "误导入")
