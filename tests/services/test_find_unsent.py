"""What the reminder at the end counts: the visits and the pieces of evidence that stand in no package."""

from decimal import Decimal

import pytest

from desktop.domain.answer import Answer
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.edit_evidence import edit_evidence
from desktop.services.packages.find_unsent import find_unsent
from desktop.services.upkeep.workspace_status import read_status
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.save_findings import save_findings


def unsent(world):
    found = find_unsent(world.anna)
    return len(found.visits), found.answers, found.evidence


def answer(world, number=0):
    visit = world.visits[number]
    save_answer(world.anna, visit, Answer(1, deduct=Decimal(2)), open_visit(world.anna, visit).base_ctx)


@pytest.fixture
def evidence(world):
    """One piece of evidence of the first visit."""
    answer(world)
    file = world.file("photo.bin", b"photo")
    return attach_evidence(world.anna, world.visits[0], [file])[0]


def test_before_anything_is_recorded_nothing_is_left(world):
    assert unsent(world) == (0, 0, 0)


def test_a_draft_counts_from_the_moment_it_is_saved(world):
    answer(world)
    assert unsent(world) == (1, 1, 0)


def test_evidence_counts_with_its_visit_until_it_was_exported(world, evidence):
    assert unsent(world) == (1, 1, 1)
    world.results(world.anna)

    assert unsent(world) == (0, 0, 0)


def test_a_caption_that_was_changed_after_the_export_counts_again(world, evidence):
    world.results(world.anna)
    edit_evidence(world.anna, evidence, caption="窗口")

    assert unsent(world) == (1, 0, 1)


def test_a_note_on_evidence_that_is_only_a_draft_counts_for_its_visit(world, evidence):
    world.results(world.anna)
    save_findings(world.anna, evidence, "evidence", {"note": {"caption": "草稿"}})

    assert unsent(world) == (1, 0, 1)


def test_evidence_that_was_dropped_is_none(world, evidence):
    edit_evidence(world.anna, evidence, is_dropped=True)

    assert unsent(world) == (1, 1, 0)


def test_a_second_visit_counts_for_itself(world, evidence):
    world.results(world.anna)
    answer(world, 2)

    assert unsent(world) == (1, 1, 0)
    status = read_status(world.anna)
    assert (status.not_exported, status.evidence_not_exported) == (1, 0)


def test_an_office_keeps_everything_itself(world, evidence):
    world.bring(world.anna)

    status = read_status(world.office)
    assert (status.not_exported, status.evidence_not_exported) == (0, 0)
