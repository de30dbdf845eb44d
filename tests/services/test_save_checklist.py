import json
from decimal import Decimal

import pytest

from desktop.errors import UserError
from desktop.services.checklists.keep_checklist import drop_checklist, keep_checklist
from desktop.services.checklists.open_checklist import EMPTY_CHECKLIST, open_checklist, open_checklist_file
from desktop.services.checklists.save_checklist import (
    list_checklists,
    next_code,
    read_checklist_file,
    save_checklist,
    show_checklist,
    use_checklist,
    write_checklist_file,
)
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.mission_choices import mission_choices
from desktop.services.records.references import NotFoundError, find_by_name
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.records.visit_values import read_visit
from tests.services.worlds import CHECKLIST, dump, events


def checklist_id(world, code=CHECKLIST):
    return next(line.id for line in list_checklists(world.office) if line.code == code)


def version_of(world, code="ZWDT-2026-V2", **changes):
    value = dict(show_checklist(world.office, checklist_id(world)).value)
    return {**value, "code": code, "version": code.partition("-")[2], **changes}


def test_every_checklist_is_listed_with_what_it_holds(world):
    lines = {line.code: line for line in list_checklists(world.office)}

    assert len(lines) == 12
    line = lines[CHECKLIST]
    assert (line.items, line.points, line.visits, line.is_in_use) == (14, "100", 3, True)


def test_a_new_version_is_offered_and_visits_keep_the_one_they_have(world):
    old = checklist_id(world)
    before = read_visit(world.office.db, world.visits[0]).text("checklist_hash")

    new = save_checklist(world.office, version_of(world, name="大厅暗访表（修订）"), old)

    lines = {line.id: line for line in list_checklists(world.office)}
    assert (lines[old].is_in_use, lines[new].is_in_use) == (False, True)
    assert {choice.id for choice in mission_choices(world.office).checklists} >= {new}
    assert old not in {choice.id for choice in mission_choices(world.office).checklists}
    assert show_checklist(world.office, old).code == CHECKLIST
    visit = read_visit(world.office.db, world.visits[0])
    assert visit.text("checklist_id") == old
    assert stored_checklist(world.office.db, old).content_hash == before
    assert "checklist_saved" in events(world.office)


def test_the_new_version_reaches_the_laptop_with_its_mission(world):
    save_checklist(world.office, version_of(world, name="修订表"), checklist_id(world))
    plan = world.plan(objects=[{"unit": "澄湖区", "checklist": "ZWDT-2026-V2"}])
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))

    (visit,) = plan.visits
    found = stored_checklist(world.anna.db, read_visit(world.anna.db, visit).text("checklist_id"))
    assert (found.name, found.version) == ("修订表", "2026-V2")


def test_a_name_means_the_version_in_use(world):
    old = checklist_id(world)
    name = show_checklist(world.office, old).name
    new = save_checklist(world.office, version_of(world), old)

    assert find_by_name(world.office.db, "checklist", name)["id"] == new
    use_checklist(world.office, old, is_in_use=True)
    with pytest.raises(NotFoundError):
        find_by_name(world.office.db, "checklist", name)


def test_a_code_is_given_once(world):
    before = dump(world.office)

    with pytest.raises(UserError, match=CHECKLIST):
        save_checklist(world.office, version_of(world, CHECKLIST, name="改了名字"))
    assert dump(world.office) == before


def test_what_is_not_right_is_not_stored(world):
    value = version_of(world)
    before = dump(world.office)

    with pytest.raises(UserError, match="第1项"):
        save_checklist(world.office, {**value, "items": value["items"][1:]})
    assert dump(world.office) == before


def test_only_the_office_keeps_checklists(world):
    with pytest.raises(UserError, match="由中心编制"):
        save_checklist(world.anna, version_of(world))


@pytest.mark.parametrize(
    ("code", "taken", "following"),
    [
        ("ZDXM-2026-V1", (), "ZDXM-2026-V2"),
        ("ZDXM-2026-V1", ("ZDXM-2026-V2", "ZDXM-2026-V3"), "ZDXM-2026-V4"),
        ("没有", (), "没有"),
    ],
)
def test_the_next_code_is_the_first_that_is_free(code, taken, following):
    assert next_code(code, frozenset(taken)) == following


def test_a_checklist_goes_out_as_a_file_and_comes_in_again(world, tmp_path):
    path = write_checklist_file(world.office, checklist_id(world), tmp_path / f"{CHECKLIST}.json")

    opened = open_checklist_file(world.office, path)

    assert (
        read_checklist_file(path).content_hash
        == show_checklist(world.office, checklist_id(world)).content_hash
    )
    assert opened.value["code"] == CHECKLIST
    assert opened.replaces == ""


def test_points_with_a_place_are_read_as_decimals(world):
    value = version_of(world)
    items = [dict(item) for item in value["items"]]
    low, high = items[0], items[1]
    low["points"], high["points"] = low["points"] - 0.5, high["points"] + 0.5
    for item in (low, high):
        item["rule"] = {"type": "yes_no", "key": "a", "label": "达到", "no": 1}
    checklist = read_checklist_file(world.json_file({**value, "items": items}))

    assert checklist.items[1].points == Decimal(str(high["points"]))
    save_checklist(world.office, checklist.value)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "JSON"),
        ("{}", "缺少"),
        (json.dumps({"code": "x"}), "缺少"),
    ],
)
def test_a_file_of_another_kind_is_refused(world, text, problem):
    with pytest.raises(UserError, match=problem):
        read_checklist_file(world.file("x.json", text.encode()))


def test_a_folder_that_is_gone_is_told(world, tmp_path):
    with pytest.raises(UserError, match=r"x\.json"):
        write_checklist_file(world.office, checklist_id(world), tmp_path / "gone" / "x.json")


def test_what_is_being_written_is_kept_for_the_version_it_follows(world):
    old = checklist_id(world)
    assert open_checklist(world.office).value == EMPTY_CHECKLIST
    keep_checklist(world.office, version_of(world, name="没写完"), old)

    opened = open_checklist(world.office, old)
    assert (opened.value["name"], opened.replaces, opened.was_kept) == ("没写完", old, True)
    assert not open_checklist(world.office).was_kept
    drop_checklist(world.office)
    assert open_checklist(world.office, old).value["name"] != "没写完"
