"""The way of a covert mission: planned, sealed, assigned, unsealed at departure, recorded."""

import json
from datetime import datetime

import pytest

from desktop.domain import canonical
from desktop.errors import UserError
from desktop.keys.mission_seal import unseal_with_escrow
from desktop.keys.passphrase import WrongPassphraseError
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import NotYetError, seal_mission, unseal_mission
from desktop.services.packages.merge_view import merge_for_view
from desktop.services.records.open_secret import mission_objects, opened_visit
from desktop.services.records.visit_values import read_visit
from desktop.storage.drafts import all_drafts
from desktop.storage.records import find_row
from tests.services.worlds import CHECKLIST, FAST, events, rows

LEADERS = "leader-passphrase"
SECRETS = ("三季度暗访", "环湖路三号", "侯八")
COVERT = {
    "title": SECRETS[0],
    "mode": "暗访",
    "cover_name": "材料核对",
    "depart_at": "2026-11-21T08:00:00+00:00",
    "leader": SECRETS[2],
    "team": [SECRETS[2], "乔十"],
    "route": SECRETS[1],
    "objects": [
        {"unit": "澄湖区", "checklist": CHECKLIST},
        {"unit": "市政务大数据局", "checklist": CHECKLIST},
    ],
}
DEPARTURE_MS = round(datetime.fromisoformat(COVERT["depart_at"]).timestamp() * 1000)


@pytest.fixture
def plan(world):
    return world.plan(**COVERT)


@pytest.fixture
def on_the_road(world, plan):
    """The mission is sealed, assigned to anna, and lies on her laptop."""
    seal_mission(world.office, plan.id, LEADERS, cost=FAST)
    assign(world, plan)
    assert world.merge(world.anna, world.mission_package(world.anna))[0].outcome == "applied"
    return plan


def test_the_plan_of_a_merge_names_a_sealed_visit_by_the_cover_name_of_its_mission(world, plan):
    seal_mission(world.office, plan.id, LEADERS, cost=FAST)
    assign(world, plan)

    planned = merge_for_view(world.anna, [world.mission_package(world.anna)], is_dry_run=True)

    assert {change.what for change in planned.changes if change.change == "new"} == {"材料核对（已封存）"}


def assign(world, plan):
    return assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))


def all_bytes(workspace):
    """Every entry and every part of the log, and every folded row."""
    log = workspace.db.execute("SELECT bytes FROM entry UNION ALL SELECT bytes FROM part").fetchall()
    missions = [json.dumps(dict(row), ensure_ascii=False).encode() for row in rows(workspace, "missions")]
    return b"\n".join([data for (data,) in log if data] + missions)


def shows_a_secret(workspace):
    data = all_bytes(workspace)
    return [secret for secret in SECRETS if secret.encode() in data]


def test_a_covert_mission_shows_its_cover_name_only(world, plan):
    assert plan.is_covert
    (mission,) = [row for row in rows(world.office, "missions") if row["id"] == plan.id]
    assert (mission["title"], mission["status"]) == ("材料核对", "拟定")
    assert shows_a_secret(world.office) == []
    assert [draft.record_id for draft in all_drafts(world.office.db)] == [plan.id]


def test_a_covert_mission_without_a_cover_name_gets_a_harmless_one(world):
    plan = world.plan(**{**COVERT, "cover_name": ""})

    assert find_row(world.office.db, "mission", plan.id)["title"] == "资料整理"


def test_an_unsealed_covert_mission_cannot_be_assigned(world, plan):
    before = events(world.office)

    with pytest.raises(UserError, match="尚未封存"):
        assign(world, plan)

    assert events(world.office) == before
    assert shows_a_secret(world.office) == []


def test_sealing_takes_the_objects_out_of_the_draft_and_is_done_once(world, plan):
    assert seal_mission(world.office, plan.id, LEADERS, cost=FAST) == plan.id

    assert all_drafts(world.office.db) == []
    assert events(world.office)[-1] == "sealed"
    with pytest.raises(UserError, match="没有需要封存"):
        seal_mission(world.office, plan.id, LEADERS, cost=FAST)


def test_the_holder_of_a_sealed_visit_learns_its_id_and_nothing_else(world, on_the_road):
    visit = read_visit(world.anna.db, next(iter(on_the_road.visits)))

    assert visit.holders == (world.anna.node,)
    assert visit.text("mission_id") == on_the_road.id
    assert [visit.text(name) for name in ("unit_id", "site_id", "checklist_id", "mode")] == ["", "", "", ""]
    assert mission_objects(world.anna, on_the_road.id) == {}
    assert opened_visit(world.anna, on_the_road.id, visit.id) == {}


def test_before_departure_it_stays_sealed_and_the_attempt_is_logged(world, on_the_road):
    assert world.clock.now_ms < DEPARTURE_MS

    with pytest.raises(NotYetError, match="2026-11-21 08:00"):
        unseal_mission(world.anna, on_the_road.id, LEADERS)

    assert events(world.anna)[-1] == "unseal_too_early"


def test_a_wrong_pass_phrase_is_logged_and_opens_nothing(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS

    with pytest.raises(WrongPassphraseError):
        unseal_mission(world.anna, on_the_road.id, "another-passphrase")

    assert events(world.anna)[-1] == "unseal_failed"
    assert mission_objects(world.anna, on_the_road.id) == {}


def test_at_departure_the_leader_opens_it_and_sees_all_that_was_planned(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS

    assert unseal_mission(world.anna, on_the_road.id, LEADERS) == on_the_road.id

    objects = mission_objects(world.anna, on_the_road.id)
    assert (objects["title"], objects["route"], objects["leader"]) == SECRETS
    assert objects["team"] == COVERT["team"]
    assert [visit["visit"] for visit in objects["visits"]] == list(on_the_road.visits)
    assert events(world.anna)[-1] == "unsealed"


def test_unsealing_again_changes_nothing(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS
    unseal_mission(world.anna, on_the_road.id, LEADERS)
    before = events(world.anna)

    unseal_mission(world.anna, on_the_road.id, "whatever")

    assert events(world.anna) == before


def test_the_secret_is_in_no_entry_of_any_node_from_planning_to_the_receipt(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS
    unseal_mission(world.anna, on_the_road.id, LEADERS)
    first, second = on_the_road.visits
    world.record(world.anna, first)
    world.bring(world.anna)
    world.answer_back(world.anna)
    world.merge(world.bert, world.mission_package(world.bert))

    for workspace in (world.office, world.anna, world.bert):
        assert shows_a_secret(workspace) == []
    planned = on_the_road.visits[second].encode()
    about_it = world.anna.db.execute(
        "SELECT p.bytes FROM part p JOIN entry e ON e.id = p.entry_id WHERE e.record_id IN (?, ?)",
        [second, on_the_road.id],
    )
    assert all(planned not in data for (data,) in about_it)


def test_a_visit_of_an_opened_mission_is_recorded_with_what_the_secret_says(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS
    unseal_mission(world.anna, on_the_road.id, LEADERS)
    first = next(iter(on_the_road.visits))

    world.record(world.anna, first)
    world.bring(world.anna)

    visit = read_visit(world.office.db, first)
    assert visit.text("unit_id") == on_the_road.visits[first]
    assert visit.answers[1]["deduct_e4"] == 20000


def test_a_visit_that_is_still_sealed_cannot_be_recorded_without_naming_the_unit(world, on_the_road):
    with pytest.raises(UserError, match="须写明单位和检查表"):
        world.record(world.anna, next(iter(on_the_road.visits)))


def test_a_visit_that_the_secret_does_not_name_stays_unknown(world, on_the_road):
    world.clock.now_ms = DEPARTURE_MS
    unseal_mission(world.anna, on_the_road.id, LEADERS)

    assert opened_visit(world.anna, on_the_road.id, world.visits[0]) == {}


def test_the_recovery_key_of_the_office_opens_the_seal_when_the_leader_cannot_be_asked(world, on_the_road):
    seal = json.loads(find_row(world.office.db, "mission", on_the_road.id)["seal"])

    objects = canonical.decode_object(unseal_with_escrow(seal, world.recovery_key))

    assert objects["route"] == SECRETS[1]


def test_a_mission_that_is_not_sealed_has_nothing_to_unseal(world):
    plan = world.plan()

    with pytest.raises(UserError, match="未封存"):
        unseal_mission(world.office, plan.id, LEADERS)


def test_a_sealed_mission_without_a_departure_time_hangs_on_the_pass_phrase_alone(world):
    plan = world.plan(**{**COVERT, "depart_at": ""})
    seal_mission(world.office, plan.id, LEADERS, cost=FAST)

    assert unseal_mission(world.office, plan.id, LEADERS) == plan.id
    assert mission_objects(world.office, plan.id)["route"] == SECRETS[1]
