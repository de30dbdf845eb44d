import json
from decimal import Decimal

import pytest

from desktop.datafiles import RESOURCES
from desktop.domain.answer import Answer, check_answer
from desktop.domain.checklist import read_checklist
from desktop.domain.key_steps import MOST_KEYS, is_pressed, key_steps, press
from desktop.domain.rule_inputs import Input, InputKind
from desktop.domain.rules import DeductRule, Finding
from desktop.domain.visit_score import score_visit


def checklist(code):
    path = RESOURCES / "checklists" / f"{code}-2026-V1.json"
    return read_checklist(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))


CODES = sorted(path.stem[:4] for path in (RESOURCES / "checklists").glob("*.json"))


@pytest.mark.parametrize("code", CODES)
def test_every_key_of_every_checklist_gives_an_answer_that_may_be_entered_and_deducts_what_it_says(code):
    for item in checklist(code).items:
        for number, step in enumerate(key_steps(item.rule), 1):
            answer = press(item.rule, number, Answer(item.no))
            check_answer(item, answer)
            line = score_visit(checklist(code), [answer]).lines[item.no - 1]

            assert (line.deduct, is_pressed(item.rule, number, answer)) == (step.deduct, True)


def test_every_press_counts_one_more_and_two_findings_add_up():
    item = checklist("ZWDT").items[3]
    answer = press(item.rule, 1, press(item.rule, 1, Answer(4)))

    assert answer.inputs == {"rude": 2}
    assert press(item.rule, 2, answer).inputs == {"rude": 2, "passed_on": True}
    assert press(item.rule, 2, press(item.rule, 2, answer)).inputs == {"rude": 2, "passed_on": False}


def test_named_parts_are_ticked_and_unticked_in_the_order_of_the_form():
    item = checklist("ZWDT").items[11]
    answer = press(item.rule, 1, press(item.rule, 3, Answer(12)))

    assert [step.text for step in key_steps(item.rule)] == ["饮水", "无障碍", "母婴", "休息区"]
    assert answer.inputs == {"missing": ["饮水", "母婴"]}
    assert press(item.rule, 3, answer).inputs == {"missing": ["饮水"]}
    assert not is_pressed(item.rule, 2, answer)
    assert not is_pressed(item.rule, 1, Answer(12, inputs={"missing": 2}))


def test_a_key_counts_no_further_than_the_sample():
    item = checklist("ZWDT").items[8]
    answer = Answer(9)
    for _each in range(7):
        answer = press(item.rule, 1, answer)

    assert answer.inputs == {"overdue": 5}


def test_a_key_that_is_not_there_changes_nothing():
    for item in checklist("ZWDT").items:
        answer = Answer(item.no, deduct=Decimal(1))

        assert press(item.rule, 9, answer) is answer


def test_a_count_that_was_typed_goes_on_and_nonsense_begins_anew():
    rule = checklist("ZWDT").items[0].rule

    assert press(rule, 1, Answer(1, inputs={"empty": "3"})).inputs == {"empty": 4}
    assert press(rule, 1, Answer(1, inputs={"empty": "drei"})).inputs == {"empty": 1}


def test_more_parts_than_keys_are_counted_together():
    parts = tuple(f"part {n}" for n in range(MOST_KEYS + 1))
    asked = Input("missing", "missing", InputKind.PARTS, choices=parts)
    rule = DeductRule(Decimal(10), True, (Finding(asked, 1, None, False),))

    assert [step.text for step in key_steps(rule)] == ["missing"]
    assert press(rule, 1, Answer(1, inputs={"missing": ["part 1", "part 2"]})).inputs == {"missing": 3}
