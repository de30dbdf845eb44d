import pytest

from desktop.errors import UserError
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.note_observation import Observation, note_observation, observations_of
from desktop.services.visits.show_visit import show_visit


def note(world, fact, **changes):
    opened = open_visit(world.anna, world.visits[0])
    world.clock.go_on(60_000)
    return note_observation(world.anna, opened.id, Observation(fact, **changes), opened.base_ctx)


def test_what_was_seen_is_kept_with_its_minute_and_begins_the_visit(world):
    first = note(world, "3号窗口空岗", place="二楼3号窗口", duration_s=960)
    note(world, "主动引导老人取号", is_good=True)

    seen = observations_of(world.anna, world.visits[0])
    assert [each.fact for each in seen] == ["3号窗口空岗", "主动引导老人取号"]
    assert (seen[0].at, seen[0].place, seen[0].duration_s, seen[1].is_good) == (
        first,
        "二楼3号窗口",
        960,
        True,
    )
    assert open_visit(world.anna, world.visits[0]).head.started_at == first


def test_observations_are_signed_and_come_to_the_office(world):
    note(world, "3号窗口空岗")
    finish_visit(world.anna, world.visits[0], "")
    world.bring(world.anna)

    assert [seen.fact for seen in show_visit(world.office, world.visits[0]).observations] == ["3号窗口空岗"]
    with pytest.raises(UserError):
        note(world, "再记一条")


@pytest.mark.parametrize("changes", [{"fact": "  "}, {"fact": "长" * 2001}, {"fact": "x", "duration_s": -1}])
def test_what_is_no_observation_is_refused(world, changes):
    with pytest.raises(UserError):
        note(world, **changes)
    assert observations_of(world.anna, world.visits[0]) == ()
