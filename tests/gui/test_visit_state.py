"""What the page computes while it is typed is what the office computes later, for every rule there is."""

from itertools import pairwise

import pytest

from desktop.domain.answer import Answer
from desktop.domain.rule_inputs import InputKind
from desktop.domain.visit_score import LineState
from desktop.gui.visits.change_history import ChangeHistory
from desktop.gui.visits.visit_state import VisitState
from desktop.services.missions.begin_unplanned_visit import (
    UnplannedVisit,
    begin_unplanned_visit,
    unplanned_choices,
)
from desktop.services.records.visit_values import read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.visits.edit_visit import open_visit, save_answer
from desktop.services.visits.visit_head import VisitHead

TYPED = ("95.50", "100.25", "98.125")


def as_typed(asked, number):
    """A figure as the fields of the page give it."""
    match asked.kind:
        case InputKind.FLAG:
            return True
        case InputKind.CHOICE:
            return asked.choices[-1]
        case InputKind.PARTS:
            return list(asked.choices[:2])
        case InputKind.INTEGER:
            return 3 + number
    return TYPED[number % len(TYPED)]


def test_every_rule_of_every_checklist_scores_in_the_field_as_at_the_office(world):
    world.open()
    live = {}
    for checklist in unplanned_choices(world.anna).checklists:
        new = UnplannedVisit("澄湖区", checklist.name, checklist.id, "明查")
        visit_id = begin_unplanned_visit(world.anna, new)
        state = VisitState(open_visit(world.anna, visit_id))
        for item in state.visit.checklist.items:
            figures = {asked.key: as_typed(asked, n) for n, asked in enumerate(item.rule.inputs)}
            answer = Answer(item.no, inputs=figures, facts="事实", veto_hit=item.veto)
            state.change(answer)
            save_answer(world.anna, visit_id, answer, state.visit.base_ctx)
        live[visit_id] = state.score()
    world.bring(world.anna)

    assert len(live) == 12
    for visit_id, score in live.items():
        assert score_of_visit(world.office, read_visit(world.office.db, visit_id)) == score
        assert {line.state for line in score.lines} == {LineState.ANSWERED}


def test_typing_is_one_step_until_a_sentence_ends():
    history = ChangeHistory()
    texts = ["", "空", "空岗", "空岗。", "空岗。两"]
    for before, after in pairwise(texts):
        history.note(Answer(1, facts=before), Answer(1, facts=after))

    assert [history.undo().facts for _each in range(2)] == ["空岗。", ""]
    assert history.undo() is None
    assert history.redo().facts == "空岗。"


def test_a_new_change_forgets_what_was_taken_back():
    history = ChangeHistory()
    history.note(VisitHead(), VisitHead(leader="张三"))
    history.undo()
    history.note(Answer(1), Answer(1, veto_hit=True))

    assert history.redo() is None
    assert history.undo() == Answer(1)


@pytest.mark.parametrize("same", [Answer(1), VisitHead()])
def test_what_changes_nothing_is_no_step(same):
    history = ChangeHistory()
    history.note(same, same)

    assert history.undo() is None
