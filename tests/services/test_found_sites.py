import pytest

from desktop.errors import UserError
from desktop.services.master_data.edit_master_data import save_form
from desktop.services.master_data.found_sites import find_found_site, take_up_site
from desktop.services.scoring.overview import Waiting, read_overview
from desktop.services.scoring.score_units import score_units
from desktop.services.visits.find_visits import find_visits
from desktop.services.visits.show_visit import show_visit
from desktop.storage.records import all_rows
from tests.services.test_begin_unplanned_visit import unplanned
from tests.services.worlds import events


def site_of(world, **changes):
    """A visit nobody planned, in the office: (visit id, site id)."""
    before = {row["id"] for row in all_rows(world.office.db, "site")}
    visit = unplanned(world, **changes)
    world.bring(world.anna)
    (found,) = {row["id"] for row in all_rows(world.office.db, "site")} - before
    return visit, str(found)


def waiting(world):
    return dict(read_overview(world.office).waiting).get(Waiting.FOUND_SITES, 0)


def test_the_office_is_told_of_a_found_site_until_it_has_taken_it_up(world):
    _visit, site = site_of(world)
    found = find_found_site(world.office, site)
    assert (found.name, found.by, found.has_unit, found.alike) == ("西关路口工地", "欧阳㛃", True, ())
    assert waiting(world) == 1

    take_up_site(world.office, site)
    assert find_found_site(world.office, site) is None
    assert waiting(world) == 0
    assert events(world.office)[-1] == "site_taken_up"
    with pytest.raises(UserError):
        take_up_site(world.office, site)


def test_sites_that_may_be_the_same_are_hinted_at(world):
    save_form(
        world.office, "sites", {"name": "西关路口工地（二期）", "unit": "澄湖区人民政府", "kind": "工地"}
    )
    save_form(world.office, "sites", {"name": "东门派出所", "unit": "澄湖区人民政府", "kind": "窗口"})
    _visit, site = site_of(world)

    assert find_found_site(world.office, site).alike == ("澄湖区 · 西关路口工地（二期）",)


def test_a_site_without_a_unit_gets_one_and_its_visit_counts_for_it(world):
    visit, site = site_of(world, unit="城东 农贸市场", site="")
    with pytest.raises(UserError):
        take_up_site(world.office, site)
    save_form(world.office, "sites", {"unit": "澄湖区人民政府"}, record_id=site)

    assert find_found_site(world.office, site) is None
    assert show_visit(world.office, visit).unit == "澄湖区人民政府"
    assert next(row.unit for row in find_visits(world.office).rows if row.id == visit) == "澄湖区"
    units = {v.visit_id: v.unit_id for v in score_units(world.office, 2026).visits}
    assert units[visit] == str(
        next(r["id"] for r in all_rows(world.office.db, "unit") if r["short"] == "澄湖区")
    )


def test_a_field_node_takes_nothing_up(world):
    _visit, site = site_of(world)

    with pytest.raises(UserError):
        take_up_site(world.anna, site)


def test_what_the_office_made_was_not_found(world):
    site = save_form(world.office, "sites", {"name": "大厅", "unit": "澄湖区人民政府", "kind": "窗口"})

    assert find_found_site(world.office, site) is None
