import pytest

from desktop.domain.author import Statement
from desktop.domain.entry import Kind, Owner
from desktop.errors import UserError
from desktop.services.packages.resolve_conflict import find_conflict, list_conflicts, resolve_conflict
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.services.workspace.journal import record_ctx, write_entries
from desktop.storage.nodes import find_node
from desktop.storage.records import find_record
from tests.services.worlds import dump, events


@pytest.fixture
def conflict(world):
    """Anna and bert have answered item 1 of the visit they share."""
    disagree(world, 1)
    return list_conflicts(world.office)[0]


def disagree(world, *items):
    for node, deduct, facts in ((world.anna, 2, "甲说"), (world.bert, 4, "乙说")):
        answers = [{"item": item, "deduct": deduct, "facts": facts} for item in items]
        world.record(node, world.visits[2], leader="李四", answers=answers)
        world.bring(node)


def answer(workspace, world):
    return read_visit(workspace.db, world.visits[2]).answers[1]


def test_both_versions_are_shown_with_who_wrote_them_where_and_when(world, conflict):
    left, right = conflict.candidates

    assert conflict.id == f"{world.visits[2]}:answer/1"
    assert (conflict.record_type, conflict.part) == ("visit", "answer/1")
    assert {left.node, right.node} == {world.anna.node, world.bert.node}
    assert {left.node_name, right.node_name} == {"外业欧阳㛃", "外业王五"}
    assert left.at_ms < right.at_ms
    assert (left.value["facts"], right.value["facts"]) == ("甲说", "乙说")
    assert left.by == world.anna.person.id


@pytest.mark.parametrize(("take", "facts", "deduct"), [("left", "甲说", 20000), ("right", "乙说", 40000)])
def test_one_side_is_taken(world, conflict, take, facts, deduct):
    resolve_conflict(world.office, conflict.id, [take], "经核对录像")

    assert (answer(world.office, world)["facts"], answer(world.office, world)["deduct_e4"]) == (facts, deduct)
    assert list_conflicts(world.office) == []
    assert events(world.office)[-1] == "resolved"


def test_single_fields_may_be_changed_in_what_is_taken(world, conflict):
    take = ["right", "facts=折中", "deduct_e4=30000", "is_veto_hit=false", "evidence_ids=[]"]

    resolve_conflict(world.office, conflict.id, take, "折中处理")

    row = answer(world.office, world)
    assert (row["facts"], row["deduct_e4"], row["is_veto_hit"]) == ("折中", 30000, 0)


def test_the_resolution_closes_the_conflict_on_the_field_node_with_the_receipt(world, conflict):
    world.merge(world.bert, world.mission_package(world.bert))
    assert describe_workspace(world.bert).conflicts == 1

    resolve_conflict(world.office, conflict.id, ["left"], "经核对录像")
    for node in (world.anna, world.bert):
        world.answer_back(node)
        assert list_conflicts(node) == []
        assert answer(node, world)["facts"] == "甲说"


def test_a_third_package_with_the_same_values_opens_nothing_again(world, conflict):
    resolve_conflict(world.office, conflict.id, ["left"], "经核对录像")

    world.bring(world.anna)
    world.bring(world.bert)

    assert list_conflicts(world.office) == []


def test_a_conflict_is_found_by_the_whole_id_also_where_another_begins_with_it(world):
    disagree(world, 1, 10)

    assert find_conflict(world.office, f"{world.visits[2]}:answer/1").part == "answer/1"
    assert find_conflict(world.office, f"{world.visits[2]}:answer/10").part == "answer/10"
    with pytest.raises(UserError, match="没有未处理的冲突"):
        find_conflict(world.office, world.visits[2])


@pytest.mark.parametrize(
    ("take", "reason", "says"),
    [
        (["left"], " ", "理由"),
        ([], "x", "未明确"),
        (["left", "right"], "x", "未明确"),
        (["middle"], "x", "未明确"),
        (["no_such=1"], "x", "没有字段 no_such"),
        (["deduct_e4=two"], "x", "不能作为 deduct_e4"),
        (["deduct_e4=1.5"], "x", "不能作为 deduct_e4"),
    ],
)
def test_an_unclear_resolution_changes_nothing(world, conflict, take, reason, says):
    before = dump(world.office)

    with pytest.raises(UserError, match=says):
        resolve_conflict(world.office, conflict.id, take, reason)

    assert dump(world.office) == before


def test_a_conflict_that_is_not_open_is_refused(world, conflict):
    resolve_conflict(world.office, conflict.id, ["left"], "经核对")

    with pytest.raises(UserError, match="没有未处理的冲突"):
        resolve_conflict(world.office, conflict.id, ["right"], "再核对")


def test_only_the_home_office_resolves(world, conflict):
    world.merge(world.bert, world.mission_package(world.bert))

    with pytest.raises(UserError, match="归口中心"):
        resolve_conflict(world.bert, conflict.id, ["left"], "我说了算")


def test_a_candidate_of_a_node_that_is_not_known_is_named_by_its_id(world, conflict):
    world.office.db.execute("DELETE FROM node WHERE id = ?", [world.anna.node])
    assert find_node(world.office.db, world.anna.node) is None

    assert list_conflicts(world.office)[0].candidates[0].node_name == world.anna.node[:8]


@pytest.fixture
def deletion(world):
    """Anna deletes the evidence that the office still describes."""
    world.file("a.txt")
    (evidence,) = world.record(world.anna, world.visits[2], evidence=[{"path": "a.txt"}]).evidence
    world.bring(world.anna)
    world.merge(world.bert, world.mission_package(world.bert))
    _say(world.anna, evidence, world.visits[2], is_delete=True)
    _say(world.bert, evidence, world.visits[2], {"note": {"caption": "仍有用"}})
    world.bring(world.anna)
    world.bring(world.bert)
    return evidence


def _say(node, evidence, visit, parts=None, is_delete=None):
    statement = Statement(
        Kind.WRITE,
        evidence,
        "evidence",
        parts or {},
        ctx=record_ctx(node, evidence),
        owner=Owner(visit, record_ctx(node, visit)),
        is_delete=is_delete,
    )
    with node.db.atomic():
        write_entries(node, [statement])


@pytest.mark.parametrize(("take", "is_deleted"), [("delete", True), ("keep", False)])
def test_a_delete_against_an_edit_is_decided_by_a_person(world, deletion, take, is_deleted):
    (conflict,) = list_conflicts(world.office)
    assert conflict.part == "del"
    with pytest.raises(UserError, match="删除了该记录"):
        resolve_conflict(world.office, conflict.id, ["left"], "x")

    resolve_conflict(world.office, conflict.id, [take], "已核实")

    assert list_conflicts(world.office) == []
    assert find_record(world.office.db, deletion).is_deleted is is_deleted
