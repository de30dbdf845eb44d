from dataclasses import replace
from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedVisit,
    begin_unplanned_visit,
    unplanned_choices,
)
from desktop.services.scoring.score_units import score_units
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.field_missions import field_missions
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.show_visit import show_visit
from tests.services.worlds import rows


def unplanned(world, **changes):
    checklist = next(c for c in unplanned_choices(world.anna).checklists if "政务服务大厅" in c.name)
    new = UnplannedVisit("澄湖区", "西关路口工地", checklist.id, "暗访")
    return begin_unplanned_visit(world.anna, replace(new, **changes))


def test_a_visit_nobody_planned_is_recorded_signed_and_scored_by_the_office(world):
    visit_id = unplanned(world)
    opened = open_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(1, deduct=Decimal(2)), opened.base_ctx)
    finish_visit(world.anna, visit_id, "")
    world.bring(world.anna)

    shown = show_visit(world.office, visit_id)
    assert (opened.unit, opened.site) == ("澄湖区人民政府", "西关路口工地")
    assert (shown.unit, shown.site, shown.head["mode"]) == ("澄湖区人民政府", "西关路口工地", "暗访")
    assert [visit.visit_id for visit in score_units(world.office, 2026).visits] == [visit_id]
    assert field_missions(world.anna)[-1].visits[0].id == visit_id


def test_a_known_site_of_the_unit_is_used_again(world):
    first, second = unplanned(world), unplanned(world)

    assert open_visit(world.anna, first).site == open_visit(world.anna, second).site
    assert [row["name"] for row in rows(world.anna, "sites")] == ["西关路口工地"]


def test_a_unit_that_is_not_on_the_list_is_named_in_the_site_and_the_remark(world):
    opened = open_visit(world.anna, unplanned(world, unit="城东 农贸市场", site=""))
    world.bring(world.anna)

    assert (opened.unit, opened.site) == ("", "城东 农贸市场")
    assert opened.head.remark == "名录外单位：城东 农贸市场"
    assert [visit.unit_id for visit in score_units(world.office, 2026).visits] == [""]


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": " "},
        {"checklist_id": "x"},
        {"mode": "明暗结合"},
        {"site": "很" * 121},
        {"unit": "很" * 80, "site": "长" * 80},
    ],
)
def test_what_is_not_enough_makes_no_visit(world, changes):
    before = len(rows(world.anna, "visits"))

    with pytest.raises(UserError):
        unplanned(world, **changes)
    assert len(rows(world.anna, "visits")) == before
