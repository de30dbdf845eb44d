"""A whole covert visit by real keys on a screen of its own: how many it takes, and what then lies on the disk."""

from decimal import Decimal

import pytest

from desktop.domain.signing import LEADER as AS_LEADER
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.workspace.open_workspace import open_workspace
from tests.office.keystroke_visit import (
    CONCLUSION,
    DEDUCTED,
    FACTS,
    LEADER,
    NOT_APPLICABLE,
    PHOTOS_OF,
    SCORE,
    laptop_with_a_mission,
    record_visit_by_hand,
)
from tests.office.window.hand import missing_tools, screen
from tests.services.worlds import PASSPHRASE

MOST_PRESSES = 90

pytestmark = pytest.mark.skipif(bool(missing_tools()), reason=f"not run: needs {', '.join(missing_tools())}")


@pytest.fixture(scope="module")
def laptop(tmp_path_factory):
    return laptop_with_a_mission(tmp_path_factory.mktemp("laptop"))


@pytest.fixture(scope="module")
def recorded(laptop, tmp_path_factory):
    """How many keys and presses of the mouse it took."""
    with screen() as env:
        return record_visit_by_hand(env, laptop, tmp_path_factory.mktemp("inspector"))


@pytest.fixture(scope="module")
def workspace(laptop, recorded):
    with open_workspace(laptop.folder, PASSPHRASE, read_only=True) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def visit(workspace, laptop):
    return open_visit(workspace, laptop.visit)


def test_it_takes_at_most_ninety_presses_besides_the_text(recorded):
    assert recorded.presses <= MOST_PRESSES


def test_the_program_told_how_long_every_press_took(recorded):
    """``python -m benchmarks keystrokes`` holds the sum against its bar."""
    assert len([told for told, _seconds in recorded.turns if told]) >= recorded.presses // 2
    assert min(seconds for _told, seconds in recorded.turns) > 0


def test_every_item_is_answered_and_the_findings_are_those_that_were_typed(visit):
    answers = visit.answers

    assert len(answers) == len(visit.checklist.items) == 14
    assert [no for no, answer in answers.items() if not answer.is_applicable] == [NOT_APPLICABLE]
    assert {no: answer.facts for no, answer in answers.items() if answer.facts} == FACTS
    assert [no for no, answer in answers.items() if answer.fixed_on_site] == [12]
    assert visit.head.conclusion == CONCLUSION


def test_the_score_of_the_office_is_that_of_the_findings(workspace, laptop):
    score = score_of_visit(workspace, read_visit(workspace.db, laptop.visit))

    assert {line.item.no: line.deduct for line in score.lines if line.deduct} == DEDUCTED
    assert (score.normalised, score.unanswered) == (Decimal(SCORE), ())


def test_six_photos_lie_there_each_with_its_item(visit):
    named = {no: len(answer.evidence_ids) for no, answer in visit.answers.items() if answer.evidence_ids}

    assert named == PHOTOS_OF
    assert len({each.sha256 for each in visit.evidence}) == len(visit.evidence) == 6
    assert all(each.is_here for each in visit.evidence)


def test_the_visit_is_frozen_by_the_hand_of_the_leader(workspace, laptop, visit):
    (signature,) = shown_signatures(workspace, read_visit(workspace.db, laptop.visit))

    assert visit.is_signed
    assert (signature.role, signature.signer, signature.is_current) == (AS_LEADER, LEADER, True)
    assert len(signature.strokes) == 3
