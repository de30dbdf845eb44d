"""A visit that was recorded on paper is marked, has its times and its scans, and is keyed in like any other."""

from dataclasses import replace

import pytest

from desktop.domain.answer import Answer
from desktop.errors import UserError
from desktop.services.missions.begin_unplanned_visit import UnplannedVisit, unplanned_choices
from desktop.services.missions.enter_from_paper import PaperVisit, enter_from_paper
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit, save_answer, save_head
from desktop.services.visits.finish_visit import finish_visit
from desktop.services.visits.show_visit import show_visit
from desktop.services.visits.visit_form import visit_form
from tests.media.picture_samples import jpeg
from tests.services.worlds import rows

BEGAN, ENDED = "2026-11-19T14:00:00+08:00", "2026-11-19T15:10:00+08:00"


def entered(world, count=1, **changes):
    files = tuple(world.file(f"scan-{number}.jpg", jpeg((40 + number, 60))) for number in range(count))
    paper = PaperVisit(world.visits[0], BEGAN, ENDED, files)
    return enter_from_paper(world.anna, replace(paper, **changes))


def test_times_are_those_of_the_paper_and_scans_are_evidence(world):
    visit_id = entered(world, count=2)

    opened = open_visit(world.anna, visit_id)
    assert (opened.head.started_at, opened.head.ended_at) == (BEGAN, ENDED)
    assert opened.is_from_paper
    assert len(opened.scans) == 2
    assert opened.missing == ()
    assert {row["capture_mode"] for row in read_visit(world.anna.db, visit_id).evidence} == {"纸质扫描"}


def test_the_mark_stays_whatever_is_keyed_in_and_reaches_office_and_form(world):
    visit_id = entered(world)
    opened = open_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(1), opened.base_ctx)
    save_head(world.anna, visit_id, replace(opened.head, unit_opinion="属实"), opened.base_ctx)
    finish_visit(world.anna, visit_id, "好")
    world.bring(world.anna)

    assert show_visit(world.office, visit_id).is_from_paper
    form = visit_form(world.office, visit_id)
    assert (form.is_from_paper, form.lacks_scan) == (True, False)


def test_without_a_scan_it_is_said_before_and_at_signing_and_on_the_form(world):
    visit_id = entered(world, count=0)
    said = "本次检查为补录，未附纸质记录扫描件"

    assert open_visit(world.anna, visit_id).missing == (said,)
    opened = open_visit(world.anna, visit_id)
    save_answer(world.anna, visit_id, Answer(1), opened.base_ctx)
    assert said in finish_visit(world.anna, visit_id, "好").warnings
    assert visit_form(world.anna, visit_id).lacks_scan


def test_a_scan_from_a_visit_file_counts(world):
    scan = world.file("paper.jpg", jpeg())
    world.record(
        world.anna,
        world.visits[0],
        is_from_paper=True,
        started_at=BEGAN,
        evidence=[{"path": scan.name, "capture_mode": "纸质扫描"}],
    )

    assert open_visit(world.anna, world.visits[0]).missing == ()


def test_a_visit_nobody_planned_can_be_entered_from_paper(world):
    checklist = unplanned_choices(world.anna).checklists[0]

    visit_id = entered(world, visit=UnplannedVisit("澄湖区", "新工地", checklist.id, "明查"))

    opened = open_visit(world.anna, visit_id)
    assert (opened.site, opened.head.started_at, opened.is_from_paper) == ("新工地", BEGAN, True)
    assert len(opened.scans) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"started_at": ""},
        {"started_at": "gestern"},
        {"ended_at": "2026-11-19T13:00:00"},
        {"started_at": "2036-11-19T14:00:00+08:00", "ended_at": ""},
        {"ended_at": "2036-11-19T15:10:00+08:00"},
    ],
)
def test_times_that_cannot_be_are_refused_and_the_visit_stays_as_it_was(world, changes):
    with pytest.raises(UserError):
        entered(world, **changes)

    assert not open_visit(world.anna, world.visits[0]).is_from_paper
    assert rows(world.anna, "evidence") == []


def test_a_scan_that_is_not_there_leaves_the_visit_as_it_was(world):
    with pytest.raises(UserError):
        entered(world, scans=(world.folder / "gone.jpg",))
    with pytest.raises(UserError, match="60"):
        entered(world, scans=(world.folder / "gone.jpg",) * 61)

    assert not open_visit(world.anna, world.visits[0]).is_from_paper


def test_a_visit_of_others_and_a_signed_one_are_refused(world):
    with pytest.raises(UserError):
        entered(world, visit=world.visits[1])
    visit_id = entered(world)
    save_answer(world.anna, visit_id, Answer(1), open_visit(world.anna, visit_id).base_ctx)
    finish_visit(world.anna, visit_id, "好")
    with pytest.raises(UserError):
        entered(world)


def test_more_scans_are_added_by_entering_the_visit_again_and_its_times_stay(world):
    visit_id = entered(world, count=0)
    entered(world, started_at="", ended_at="")

    opened = open_visit(world.anna, visit_id)
    assert (opened.head.started_at, opened.head.ended_at, len(opened.scans)) == (BEGAN, ENDED, 1)
