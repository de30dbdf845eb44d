from collections import Counter
from random import Random

import pytest

from desktop.services.missions.draw_places import Place, draw_places
from desktop.services.missions.mission_choices import Choice, UnitChoice


def unit(name, *sites):
    return UnitChoice(name, name, name, "", tuple(Choice(site, site) for site in sites))


UNITS = [unit("甲", "甲一", "甲二"), unit("乙"), unit("丙", "丙一"), unit("丁")]


def test_as_many_units_are_drawn_as_are_wanted_and_none_twice():
    drawn = draw_places(UNITS, 3)

    assert len({place.unit for place in drawn}) == 3


@pytest.mark.parametrize("count", [4, 5, 100])
def test_no_more_can_be_drawn_than_there_are(count):
    assert [place.unit for place in draw_places(UNITS, count)] == ["甲", "乙", "丙", "丁"]


def test_of_a_unit_one_of_its_sites_and_without_sites_the_whole():
    for place in draw_places(UNITS, 4):
        sites = {each.id: {site.id for site in each.sites} for each in UNITS}[place.unit]
        assert place.site in (sites or {""})
    assert draw_places([], 3) == ()


def test_every_unit_and_every_site_is_as_likely_as_any_other():
    chance = Random(20261121)
    seen = Counter(place for _try in range(4000) for place in draw_places(UNITS, 2, chance))

    assert all(
        1850 < seen[Place(name, site)] < 2150 for name, site in (("乙", ""), ("丙", "丙一"), ("丁", ""))
    )
    assert all(900 < seen[Place("甲", site)] < 1100 for site in ("甲一", "甲二"))
