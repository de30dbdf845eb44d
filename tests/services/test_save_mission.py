"""Saving and issuing from the editor: the checks, what is kept, and that it is all or nothing."""

import pytest

from desktop.errors import UserError
from desktop.services.missions.check_plan import Weight, check_plan
from desktop.services.missions.edit_mission import open_mission
from desktop.services.missions.issue_mission import issue_to_node, write_mission_packages
from desktop.services.missions.keep_form import NEW, drop_form, keep_form, kept_form
from desktop.services.missions.mission_choices import mission_choices
from desktop.services.missions.save_mission import EMPTY_FORM, save_and_issue, save_and_seal, save_mission
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.journal import birth, write_entries
from desktop.storage.nodes import find_node, save_node
from desktop.storage.records import all_rows, find_row
from tests.services.worlds import CHECKLIST, FAST, dump

PASSPHRASE = "组长记得住的一句长口令"


@pytest.fixture
def form(world):
    choices = mission_choices(world.office)
    checklist = next(c.id for c in choices.checklists if CHECKLIST in c.name)
    visits = [
        {
            "unit": unit.id,
            "site": "",
            "checklist": checklist,
            "planned_on": "2026-11-24",
            "node": world.anna.node,
        }
        for unit in choices.units
    ]
    return {
        **EMPTY_FORM,
        "title": "三季度督查",
        "starts_on": "2026-11-24",
        "leader": "韩立新",
        "team": ["苏㛃"],
        "objects": visits,
    }


def remarks(world, form, **changes):
    found = check_plan({**form, **changes}, mission_choices(world.office))
    return {(remark.field, remark.weight) for remark in found}


def covert(form):
    return {**form, "mode": "暗访", "cover_name": "资料整理", "depart_at": "2026-11-24T08:30"}


def test_a_complete_plan_is_not_remarked_upon(world, form):
    assert remarks(world, form) == set()
    assert remarks(world, covert(form)) == set()


@pytest.mark.parametrize(
    ("changes", "field", "weight"),
    [
        ({"title": " "}, "title", Weight.WRONG),
        ({"title": "长" * 201}, "title", Weight.WRONG),
        ({"route": "长" * 5001}, "route", Weight.WRONG),
        ({"starts_on": "2026-02-30"}, "starts_on", Weight.WRONG),
        ({"starts_on": "下周一"}, "starts_on", Weight.WRONG),
        ({"starts_on": ""}, "starts_on", Weight.NEEDED),
        ({"ends_on": "2026-11-23"}, "ends_on", Weight.WRONG),
        ({"objects": []}, "objects", Weight.WRONG),
        ({"leader": ""}, "leader", Weight.NEEDED),
        ({"team": []}, "team", Weight.ADVICE),
        ({"mode": "暗访"}, "cover_name", Weight.NEEDED),
        ({"mode": "暗访"}, "depart_at", Weight.ADVICE),
        ({"mode": "暗访", "cover_name": "三季度督查"}, "cover_name", Weight.WRONG),
        ({"mode": "暗访", "cover_name": "去澄湖区"}, "cover_name", Weight.ADVICE),
        ({"mode": "暗访", "depart_at": "早上"}, "depart_at", Weight.WRONG),
        (
            {"mode": "暗访", "depart_at": "2026-12-01T08:30", "ends_on": "2026-11-30"},
            "depart_at",
            Weight.WRONG,
        ),
    ],
)
def test_what_a_plan_lacks_is_said_at_its_field(world, form, changes, field, weight):
    assert (field, weight) in remarks(world, form, **changes)


@pytest.mark.parametrize(
    ("changes", "field", "weight"),
    [
        ({"checklist": ""}, "checklist", Weight.WRONG),
        ({"checklist": "gone"}, "checklist", Weight.WRONG),
        ({"node": ""}, "node", Weight.NEEDED),
        ({"node": "gone"}, "node", Weight.NEEDED),
        ({"planned_on": "2026-13-01"}, "planned_on", Weight.WRONG),
        ({"planned_on": "2026-11-01"}, "planned_on", Weight.ADVICE),
    ],
)
def test_what_a_visit_lacks_is_said_at_its_row(world, form, changes, field, weight):
    objects = [form["objects"][0], {**form["objects"][1], **changes}]
    found = check_plan({**form, "objects": objects}, mission_choices(world.office))

    assert [(remark.field, remark.weight, remark.visit) for remark in found] == [(field, weight, 1)]


def test_the_same_visit_twice_and_too_many_are_noticed(world, form):
    many = [form["objects"][0]] * 2001

    assert {("objects", Weight.ADVICE), ("objects", Weight.WRONG)} <= remarks(world, form, objects=many)


def test_a_form_is_saved_changed_and_kept_with_its_nodes(world, form):
    saved = save_mission(world.office, NEW, form)
    again = save_mission(world.office, saved.id, {**form, "title": "四季度督查"})

    opened = open_mission(world.office, saved.id)
    assert again.id == saved.id
    assert (opened.form["title"], opened.was_kept) == ("四季度督查", False)
    assert [visit["node"] for visit in opened.form["objects"]] == [world.anna.node] * 2


def test_a_mission_that_was_planned_from_a_file_is_opened_as_it_was_planned(world):
    plan = world.plan(leader="李四", is_regular=True)

    opened = open_mission(world.office, plan.id)

    assert (opened.form["leader"], opened.form["is_regular"]) == ("李四", True)
    assert [visit["node"] for visit in opened.form["objects"]] == [""]


def test_what_is_typed_is_kept_until_it_is_saved_or_dropped(world, form):
    keep_form(world.office, NEW, {**EMPTY_FORM, "title": "没填完"})
    assert (open_mission(world.office, NEW).form["title"], open_mission(world.office, NEW).was_kept) == (
        "没填完",
        True,
    )

    save_mission(world.office, NEW, form)
    assert kept_form(world.office, NEW) is None
    keep_form(world.office, NEW, form)
    drop_form(world.office, NEW)
    assert open_mission(world.office, NEW).form == EMPTY_FORM


def test_issuing_gives_every_visit_to_its_node(world, form):
    objects = [form["objects"][0], {**form["objects"][1], "node": world.office.node}]

    mission = save_and_issue(world.office, NEW, {**form, "objects": objects}, "")

    row = find_row(world.office.db, "mission", mission)
    holders = {
        v["unit_id"]: read_visit(world.office.db, v["id"]).holders
        for v in all_rows(world.office.db, "visit")
        if v["mission_id"] == mission
    }
    assert row["status"] == "已下达"
    assert list(holders.values()) == [(world.anna.node,), (world.office.node,)] or set(holders.values()) == {
        (world.anna.node,),
        (world.office.node,),
    }


def test_a_covert_mission_is_sealed_and_issued_at_once_or_not_at_all(world, form):
    before = dump(world.office)
    with pytest.raises(UserError, match="过短"):
        save_and_issue(world.office, NEW, covert(form), "短", FAST)
    assert dump(world.office) == before

    mission = save_and_issue(world.office, NEW, covert(form), PASSPHRASE, FAST)

    row = find_row(world.office.db, "mission", mission)
    assert (row["title"], row["is_sealed"], row["visits"], row["status"]) == ("资料整理", 1, None, "已下达")
    assert kept_form(world.office, mission) is None


def test_a_mission_sealed_before_is_issued_later(world, form):
    mission = save_and_seal(world.office, NEW, covert(form), PASSPHRASE, FAST)
    assert find_row(world.office.db, "mission", mission)["status"] == "拟定"

    assert issue_to_node(world.office, mission, world.bert.node) == mission
    assert find_row(world.office.db, "mission", mission)["status"] == "已下达"


def test_packages_are_written_for_every_laptop_and_one_that_fails_stops_no_other(world, form, tmp_path):
    objects = [form["objects"][0], {**form["objects"][1], "node": world.bert.node}]
    mission = save_and_issue(world.office, NEW, {**form, "objects": objects}, "")
    bert = find_node(world.office.db, world.bert.node)
    with world.office.db.atomic():
        save_node(world.office.db, type(bert)(**{**vars(bert), "status": "revoked"}))

    written = {each.node: each for each in write_mission_packages(world.office, mission, tmp_path)}

    assert written["外业欧阳㛃"].problem is None
    assert (tmp_path / written["外业欧阳㛃"].file).stat().st_size == written["外业欧阳㛃"].size
    assert "未在此登记" in written["外业王五"].problem.problem
    assert world.merge(world.anna, tmp_path / written["外业欧阳㛃"].file)[0].outcome == "applied"


def test_what_no_laptop_holds_needs_no_package(world, form, tmp_path):
    planned = save_mission(world.office, NEW, form)

    with pytest.raises(UserError, match="无需生成任务包"):
        write_mission_packages(world.office, planned.id, tmp_path)


def test_people_with_posts_elsewhere_come_last_and_former_posts_do_not_count(world):
    with world.office.db.atomic():
        facts = {"unit_id": mission_choices(world.office).units[0].id, "title": "区长"}
        people = {name: world.office.new_id() for name in ("现任", "前任")}
        births = [
            birth(world.office, people[name], "person", {"facts": {"name": name}}) for name in people
        ] + [
            birth(
                world.office,
                world.office.new_id(),
                "post",
                {"facts": {**facts, "person_id": people[name]} | dates},
            )
            for name, dates in (("现任", {"from_date": "2026-01-01"}), ("前任", {"to_date": "2025-12-31"}))
        ]
        write_entries(world.office, births)

    choices = mission_choices(world.office)

    assert choices.people[-1].name == "现任"
    assert choices.people[-1].posts == "澄湖区区长"
    assert {person.name: person.units for person in choices.people}["前任"] == frozenset()
    assert {node.name for node in mission_choices(world.office).nodes if not node.is_own} == {
        "外业欧阳㛃",
        "外业王五",
    }


def test_somebody_of_an_inspected_unit_is_asked_to_stay_away(world, form):
    with world.office.db.atomic():
        person = world.office.new_id()
        facts = {"person_id": person, "unit_id": form["objects"][0]["unit"], "title": "副区长"}
        births = [
            birth(world.office, person, "person", {"facts": {"name": "赵六"}}),
            birth(world.office, world.office.new_id(), "post", {"facts": facts}),
        ]
        write_entries(world.office, births)

    assert ("team", Weight.ADVICE) in remarks(world, form, team=["赵六"])
    assert ("team", Weight.ADVICE) in remarks(world, form, leader="赵六")
    assert remarks(world, form, team=["赵六"], objects=form["objects"][1:]) == set()
