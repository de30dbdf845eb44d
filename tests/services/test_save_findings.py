import json

from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.packages.resolve_conflict import list_conflicts
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.workspace.journal import record_ctx
from desktop.storage.drafts import all_drafts, drafts_of
from tests.services.worlds import dump, rows


def save(node, visit, ctx=None, record_type="visit", **answers):
    parts = {f"answer/{name[1:]}": {"facts": facts} for name, facts in answers.items()}
    save_findings(node, visit, record_type, parts, ctx)


def cut(node, record_id=None):
    with node.db.atomic():
        return cut_drafts(node, record_id)


def entries_of(node, record_id):
    found = node.db.execute("SELECT bytes FROM entry WHERE record_id = ? ORDER BY id", [record_id]).fetchall()
    return [json.loads(data) for (data,) in found if json.loads(data)["kind"] == "write"]


def test_a_saved_draft_is_on_the_disk_before_anything_is_cut(world):
    save(world.anna, world.visits[0], n1="空岗")

    with world.opened("anna", read_only=True) as reader:
        (draft,) = all_drafts(reader.db)
    assert (draft.part, draft.value) == ("answer/1", {"facts": "空岗"})
    assert read_visit(world.anna.db, world.visits[0]).answers == {}


def test_one_entry_is_cut_for_each_state_of_knowledge(world):
    visit = world.visits[0]
    before = record_ctx(world.anna, visit)
    save(world.anna, visit, before, n1="一", n2="二")
    world.merge(world.anna, _changed_plan(world))
    save(world.anna, visit, n3="三")

    assert cut(world.anna, visit) == 2

    own = [entry for entry in entries_of(world.anna, visit) if entry["stream"].startswith(world.anna.node)]
    assert sorted(sorted(entry["parts"]) for entry in own) == [["answer/1", "answer/2"], ["answer/3"]]
    assert all_drafts(world.anna.db) == []


def _changed_plan(world):
    """A package in which the office has changed something about anna's first visit."""
    mission = rows(world.office, "missions")[0]["id"]
    assign_visits(world.office, mission, find_node_by_name(world.office, world.bert.node), world.visits[:1])
    return world.mission_package(world.anna)


def test_what_was_seen_when_a_draft_was_opened_is_never_raised(world):
    visit = world.visits[0]
    opened = record_ctx(world.anna, visit)
    save(world.anna, visit, opened, n1="一")
    world.merge(world.anna, _changed_plan(world))
    save(world.anna, visit, n1="一，改")

    (draft,) = drafts_of(world.anna.db, visit)

    assert draft.base_ctx == opened
    assert draft.value == {"facts": "一，改"}


def test_the_own_entry_is_followed_only_by_a_draft_that_was_opened_after_it(world):
    visit = world.visits[0]
    stale = record_ctx(world.anna, visit)
    save(world.anna, visit, n1="先")
    cut(world.anna)
    save(world.anna, visit, n1="后")
    cut(world.anna)
    assert list_conflicts(world.anna) == []
    assert read_visit(world.anna.db, visit).answers[1]["facts"] == "后"

    save(world.anna, visit, stale, n1="从旧窗口")
    cut(world.anna)

    (conflict,) = list_conflicts(world.anna)
    assert {candidate.value["facts"] for candidate in conflict.candidates} == {"后", "从旧窗口"}


def test_only_the_drafts_of_the_record_that_is_meant_are_cut(world):
    first, third = world.visits[0], world.visits[2]
    save(world.anna, first, n1="一")
    save(world.anna, third, n1="三")

    assert cut(world.anna, first) == 1

    assert [draft.record_id for draft in all_drafts(world.anna.db)] == [third]


def test_the_objects_of_a_mission_are_never_cut(world):
    plan = world.plan(title="另一任务")

    assert cut(world.office) == 0

    assert [draft.record_id for draft in all_drafts(world.office.db)] == [plan.id]


def test_nothing_to_cut_writes_nothing(world):
    before = dump(world.anna)

    assert cut(world.anna) == 0
    assert dump(world.anna) == before


def test_an_export_cuts_what_was_only_saved(world):
    save(world.anna, world.visits[0], n1="空岗")

    world.bring(world.anna)

    assert read_visit(world.office.db, world.visits[0]).answers[1]["facts"] == "空岗"


def test_the_draft_of_a_child_remembers_its_owner(world):
    world.file("a.txt")
    recorded = world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
    (evidence,) = recorded.evidence
    save_findings(world.anna, evidence, "evidence", {"note": {"caption": "新说明"}})

    (draft,) = drafts_of(world.anna.db, evidence)
    assert draft.owner.record_id == world.visits[0]
    world.bring(world.anna)

    (row,) = rows(world.office, "evidence")
    assert row["caption"] == "新说明"
