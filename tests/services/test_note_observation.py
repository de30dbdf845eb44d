import os

import pytest

from desktop.errors import UserError
from desktop.services.evidence.photo_folder import choose_photo_folder
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.note_observation import (
    Observation,
    note_observation,
    observations_of,
    take_back_observation,
)
from desktop.services.visits.photo_of_observation import NoPhotoFolderError, attach_last_photo
from desktop.services.visits.save_findings import cut_drafts
from desktop.services.visits.show_visit import show_visit
from tests.torture.pictures import photo


def note(world, fact, **changes):
    opened = open_visit(world.anna, world.visits[0])
    world.clock.go_on(60_000)
    return note_observation(world.anna, opened.id, Observation(fact, **changes), opened.base_ctx)


def test_what_was_seen_is_kept_with_its_minute_and_begins_the_visit(world):
    first = note(world, "3号窗口空岗", place="二楼3号窗口", duration_s=960)
    note(world, "主动引导老人取号", is_good=True)

    seen = observations_of(world.anna, world.visits[0])
    assert [each.fact for each in seen] == ["3号窗口空岗", "主动引导老人取号"]
    assert (seen[0], seen[0].place, seen[0].duration_s, seen[1].is_good) == (
        first,
        "二楼3号窗口",
        960,
        True,
    )
    assert open_visit(world.anna, world.visits[0]).head.started_at == first.at


def test_observations_are_signed_and_come_to_the_office(world):
    note(world, "3号窗口空岗")
    finish_visit(world.anna, world.visits[0], "")
    world.bring(world.anna)

    assert [seen.fact for seen in show_visit(world.office, world.visits[0]).observations] == ["3号窗口空岗"]
    with pytest.raises(UserError):
        note(world, "再记一条")


@pytest.mark.parametrize(
    "changes",
    [
        {"fact": "  "},
        {"fact": "长" * 5001},
        {"fact": "x", "duration_s": -1},
        {"fact": "x", "place": "长" * 201},
    ],
)
def test_what_is_no_observation_is_refused(world, changes):
    with pytest.raises(UserError):
        note(world, **changes)
    assert observations_of(world.anna, world.visits[0]) == ()


def test_who_was_seen_is_told_by_a_feature(world):
    note(world, "看网络视频", person=" 胸牌 017 ")

    assert observations_of(world.anna, world.visits[0])[0].person == "胸牌 017"


def test_a_line_is_taken_back_while_it_is_a_draft(world):
    note(world, "第一行")
    second = note(world, "第二行", place="大厅")

    assert take_back_observation(world.anna, world.visits[0], second.id) == second

    assert [seen.fact for seen in observations_of(world.anna, world.visits[0])] == ["第一行"]
    with pytest.raises(UserError, match="不在"):
        take_back_observation(world.anna, world.visits[0], second.id)


def test_a_line_that_is_recorded_for_good_stays(world):
    first = note(world, "第一行")
    with world.anna.db.atomic():
        cut_drafts(world.anna)

    with pytest.raises(UserError, match="不能撤回"):
        take_back_observation(world.anna, world.visits[0], first.id)

    assert observations_of(world.anna, world.visits[0]) == (first,)


def photo_folder_with(world, *names):
    folder = world.folder / "camera"
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        (folder / name).write_bytes(photo(number, 60))
        os.utime(folder / name, (1000 + number, 1000 + number))
    choose_photo_folder(world.anna, folder)
    return folder


def attach(world):
    opened = open_visit(world.anna, world.visits[0])
    return attach_last_photo(world.anna, opened.id, opened.base_ctx)


def test_the_last_photo_belongs_to_the_last_line_also_after_it_was_recorded_for_good(world):
    note(world, "第一行")
    with world.anna.db.atomic():
        cut_drafts(world.anna)
    photo_folder_with(world, "a.jpg", "b.jpg")

    linked = attach(world)
    again = attach(world)

    (seen,) = observations_of(world.anna, world.visits[0])
    assert seen == linked == again
    assert len(seen.evidence) == 1
    shown = show_visit(world.anna, world.visits[0]).evidence
    assert [(each.id, each.name) for each in shown] == [(seen.evidence[0], "b.jpg")]
    finish_visit(world.anna, world.visits[0], "")
    world.bring(world.anna)
    assert observations_of(world.office, world.visits[0])[0].evidence == seen.evidence


def test_a_photo_without_a_line_or_a_folder_says_what_to_do(world):
    with pytest.raises(UserError, match="先记一行"):
        attach(world)
    note(world, "第一行")
    with pytest.raises(NoPhotoFolderError):
        attach(world)


def test_a_photo_that_cannot_be_taken_in_is_said_and_the_line_stays(world):
    note(world, "第一行")
    folder = photo_folder_with(world)
    (folder / "empty.jpg").symlink_to(folder / "nothing.jpg")

    with pytest.raises(UserError, match="empty"):
        attach(world)

    assert observations_of(world.anna, world.visits[0])[0].evidence == ()
