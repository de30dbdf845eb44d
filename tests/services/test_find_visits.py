from decimal import Decimal

import pytest

from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from desktop.services.printing.printable_records import find_printable
from desktop.services.scoring.overview import Waiting, read_overview
from desktop.services.visits.find_visits import VisitState, find_missions, find_visits
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.sign_visit import sign_visit
from desktop.storage.paged_search import PAGE_ROWS
from tests.services.worlds import CHECKLIST, FAST


def ids(page):
    return {row.id for row in page.rows}


def test_a_visit_is_planned_then_recorded_then_signed(world):
    first = world.visits[0]
    states = []

    for step in (
        lambda: None,
        lambda: world.record(world.anna, first),
        lambda: sign_visit(world.anna, first),
    ):
        step()
        states += [row.state for row in find_visits(world.anna).rows if row.id == first]

    assert states == [VisitState.PLANNED, VisitState.RECORDED, VisitState.SIGNED]


def test_two_answers_to_one_item_are_a_conflict(world):
    third = world.visits[2]
    world.record(world.anna, third, answers=[{"item": 1, "deduct": "1"}])
    world.record(world.bert, third, answers=[{"item": 1, "deduct": "2"}])
    world.bring(world.anna)
    world.bring(world.bert)

    assert ids(find_visits(world.office, state="conflict")) == {third}
    assert dict(read_overview(world.office).waiting)[Waiting.CONFLICTS] >= 1


def test_words_are_found_in_the_names_and_all_of_them_have_to_be_there(world):
    assert find_visits(world.office, "澄湖").total == 3
    assert find_visits(world.office, "澄湖 一季度").total == 3
    assert find_visits(world.office, "澄湖 二季度").total == 0


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"; DROP TABLE visit; --'])
def test_signs_of_the_database_mean_themselves(world, text):
    assert find_visits(world.office, text).total == 0
    assert find_missions(world.office, text).total == 0


def test_a_score_stands_beside_what_was_recorded(world):
    world.record(world.anna, world.visits[0])

    scores = {row.id: row.score for row in find_visits(world.anna).rows}
    assert isinstance(scores[world.visits[0]], Decimal)
    assert scores[world.visits[2]] is None


def test_visits_come_in_pages(world):
    world.plan(objects=[{"unit": "澄湖区", "checklist": "ZWDT-2026-V1"}])
    for _each in range(PAGE_ROWS):
        world.record(
            world.anna, unit="澄湖区", checklist="ZWDT-2026-V1", started_at="2026-11-20T09:00:00+08:00"
        )

    first, second = find_visits(world.anna), find_visits(world.anna, offset=PAGE_ROWS)

    assert first.total == PAGE_ROWS + 2
    assert len(first.rows) == PAGE_ROWS
    assert len(ids(first) | ids(second)) == first.total


def test_a_mission_tells_how_many_of_its_visits_are_recorded(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)

    mission = find_missions(world.office, "一季度").rows[0]
    assert (mission.visits, mission.recorded, mission.is_sealed) == (3, 1, False)
    assert find_missions(world.office, mode="暗访").total == 0


def test_the_overview_counts_a_year(world):
    world.record(world.anna, world.visits[0], started_at="2026-11-20T09:00:00+08:00")
    world.bring(world.anna)

    overview = read_overview(world.office)

    assert (overview.year, overview.visits, overview.planned) == (2026, 1, 2)
    assert overview.months[10].open == 1
    assert overview.mean_score is not None
    assert dict(overview.waiting)[Waiting.OPEN_VISITS] == 2
    assert read_overview(world.office, 1999).year == 2026


def test_an_empty_office_has_an_overview(world):
    overview = read_overview(world.bert)

    assert overview.mean_score is None
    assert overview.ranking == ()


def test_visits_with_a_checklist_and_packages_can_be_printed(world):
    world.bring(world.anna)

    assert find_printable(world.office, "F01", "澄湖").total == 3
    assert find_printable(world.office, "F13").total >= 2
    assert find_printable(world.office, "F13", "no such file").total == 0


def test_a_package_is_named_by_its_kind_and_by_who_sent_or_gets_it(world):
    names = [row.name for row in find_printable(world.office, "F13").rows]

    assert names
    assert all(name.startswith(("任务包 · ", "成果包 · ", "回执 · ")) for name in names)
    assert any("欧阳㛃" in name for name in names)
    assert find_printable(world.office, "F13", "任务包").total == sum("任务包" in name for name in names)


def test_a_sealed_place_is_named_only_where_the_mission_was_unsealed(world):
    plan = world.plan(
        title="暗访", mode="暗访", leader="韩立新", objects=[{"unit": "澄湖区", "checklist": CHECKLIST}]
    )
    seal_mission(world.office, plan.id, "组长记得住的一句长口令", cost=FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    (sealed,) = find_visits(world.office, mission=plan.id).rows
    assert (sealed.unit, show_visit(world.office, sealed.id).unit) == ("", "")

    unseal_mission(world.office, plan.id, "组长记得住的一句长口令")

    (opened,) = find_visits(world.office, mission=plan.id).rows
    assert "澄湖区" in opened.unit
    assert opened.checklist
    assert "澄湖区" in show_visit(world.office, opened.id).unit
