"""One visit on two laptops, from the assignment to what the second laptop reads after its receipt."""

import pytest

from desktop.services.missions.issue_mission import issue_to_node
from desktop.services.packages.conflict_view import conflict_views
from desktop.services.packages.resolve_conflict import resolve_conflict
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.field_missions import field_missions
from desktop.services.visits.find_visits import VisitState, find_visits
from desktop.services.visits.settled_conflicts import settled_conflicts
from desktop.services.visits.show_visit import show_visit
from desktop.storage.nodes import find_node
from desktop.storage.records import all_rows


@pytest.fixture
def disputed(world):
    """Both laptops recorded the first visit, which the office gave to the second one later."""
    visit = world.visits[0]
    mission = str(all_rows(world.office.db, "mission")[0]["id"])
    issue_to_node(world.office, mission, world.bert.node, [visit])
    world.merge(world.bert, world.mission_package(world.bert))
    for node, deduct, facts in ((world.anna, 2, "甲说"), (world.bert, 4, "乙说")):
        answers = [{"item": 1, "deduct": deduct, "facts": facts}, {"item": 2, "deduct": 0}]
        world.record(node, visit, leader="李四", started_at="2026-11-20T09:00:00+08:00", answers=answers)
        world.bring(node)
    return visit


def state_of(node, visit):
    return next(v.state for m in field_missions(node) for v in m.visits if v.id == visit)


def test_the_visit_names_both_computers(world, disputed):
    line = next(row for row in find_visits(world.office).rows if row.id == disputed)

    assert line.nodes == ("外业欧阳㛃", "外业王五")
    assert line.state is VisitState.CONFLICT


def test_the_office_shows_the_conflict_with_names(world, disputed):
    (conflict,) = conflict_views(world.office)

    assert (conflict.part, {conflict.left.who, conflict.right.who}) == ("第1项", {"欧阳㛃", "王五"})
    assert show_visit(world.office, disputed).is_settled_here


def test_a_laptop_sees_the_conflict_and_after_its_receipt_what_became_of_it(world, disputed):
    world.merge(world.bert, world.mission_package(world.bert))
    assert state_of(world.bert, disputed) is VisitState.CONFLICT
    assert not show_visit(world.bert, disputed).is_settled_here
    resolve_conflict(world.office, conflict_views(world.office)[0].id, ["left"], "经核对录像")

    for node in (world.anna, world.bert):
        world.answer_back(node)
        assert state_of(node, disputed) is VisitState.RECORDED
        (settled,) = open_visit(node, disputed).settled_conflicts
        assert (settled.what, settled.taken_from, settled.reason) == (
            "第1项",
            "欧阳㛃 · 外业欧阳㛃",
            "经核对录像",
        )
        assert open_visit(node, disputed).answers[1].facts == "甲说"


def test_a_version_of_the_office_itself_names_nobody(world, disputed):
    resolve_conflict(world.office, conflict_views(world.office)[0].id, ["facts=折中"], "各让一步")

    (settled,) = settled_conflicts(world.office, disputed)
    assert (settled.taken_from, settled.reason) == ("", "各让一步")
    assert show_visit(world.office, disputed).settled == (settled,)


def test_an_author_that_is_not_known_here_is_named_by_the_id_of_the_computer(world, disputed):
    resolve_conflict(world.office, conflict_views(world.office)[0].id, ["right"], "理由")
    world.office.db.execute("DELETE FROM node WHERE id = ?", [world.bert.node])
    world.office.db.execute("UPDATE person SET name = NULL WHERE name = '王五'")
    assert find_node(world.office.db, world.bert.node) is None

    (settled,) = settled_conflicts(world.office, disputed)
    assert settled.taken_from == world.bert.node[:8]
    line = next(row for row in find_visits(world.office).rows if row.id == disputed)
    assert line.nodes == (world.bert.node[:8], "外业欧阳㛃")
