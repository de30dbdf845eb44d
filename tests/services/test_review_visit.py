from decimal import Decimal

import pytest

from desktop.errors import UserError
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.review_visit import review_visit
from desktop.storage.records import find_row
from tests.services.worlds import dump


@pytest.fixture
def visit(world):
    """A visit that came to the office, with a veto found at item 7."""
    answers = [{"item": 7, "deduct": 5, "veto": True}, {"item": 10, "deduct": 0}]
    world.record(world.anna, world.visits[0], answers=answers)
    world.bring(world.anna)
    return world.visits[0]


def test_a_review_stands_beside_the_findings_and_changes_none(world, visit):
    before = read_visit(world.office.db, visit).answers

    review_visit(world.office, visit, approved_vetoes=[7, 7], leader_score=Decimal("58.5"), remark="同意")

    row = find_row(world.office.db, "visit", visit)
    assert (row["approved_vetoes"], row["leader_score_e4"], row["review_remark"]) == ("[7]", 585000, "同意")
    assert (row["decided_by"], row["decided_on"]) == (world.office.person.id, "2026-11-20")
    assert read_visit(world.office.db, visit).answers == before


def test_the_field_node_learns_of_the_review(world, visit):
    review_visit(world.office, visit, approved_vetoes=[7])

    world.answer_back(world.anna)

    assert find_row(world.anna.db, "visit", visit)["review_status"] == "已复核"


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"approved_vetoes": [10]}, "第 10 项"),
        ({"approved_vetoes": [1]}, "第 1 项"),
        ({"approved_vetoes": [99]}, "第 99 项"),
        ({"leader_score": Decimal("100.1")}, "0 至 100"),
        ({"leader_score": Decimal(-1)}, "0 至 100"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(world, visit, options, says):
    before = dump(world.office)

    with pytest.raises(UserError, match=says):
        review_visit(world.office, visit, **options)

    assert dump(world.office) == before


def test_only_the_office_reviews(world, visit):
    with pytest.raises(UserError, match="只能由中心复核"):
        review_visit(world.anna, visit)
