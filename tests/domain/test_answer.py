import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import canonical
from desktop.domain.answer import Answer, answer_part, check_answer, read_answer, reminders
from desktop.domain.checklist import read_checklist
from desktop.domain.points import from_stored
from desktop.errors import UserError

FILE = Path(__file__).resolve().parents[2] / "resources" / "checklists" / "ZDXM-2026-V1.json"
CHECKLIST = read_checklist(json.loads(FILE.read_text(encoding="utf-8")))
START, PERMITS, INVESTMENT, SAFETY = (CHECKLIST.item(no) for no in (1, 2, 3, 7))


@pytest.mark.parametrize(
    "answer",
    [
        Answer(1, deduct=Decimal("0.1234"), veto_hit=True),
        Answer(1, deduct=Decimal(10)),
        Answer(1, inputs={"grade": "仅有场地平整"}),
        Answer(1),
    ],
)
def test_sound_answer_is_accepted(answer):
    check_answer(START, answer)


@pytest.mark.parametrize(
    ("item", "answer", "sentence"),
    [
        (START, Answer(1, is_applicable=False), "第1项不允许记“不适用”"),
        (PERMITS, Answer(2, veto_hit=True), "第2项不是否决项"),
        (START, Answer(1, deduct=Decimal("10.1")), "第1项的扣分应在0至10分之间"),
        (START, Answer(1, deduct=Decimal(-1)), "第1项的扣分应在0至10分之间"),
        (START, Answer(1, deduct=Decimal("0.00001")), "第1项的扣分应在0至10分之间"),
        (START, Answer(1, deduct=Decimal("NaN")), "第1项的扣分应在0至10分之间"),
        (START, Answer(1, deduct=Decimal("Infinity")), "第1项的扣分应在0至10分之间"),
        (START, Answer(1, inputs={"grades": 1}), "本项没有“grades”这一填写项"),
        (PERMITS, Answer(2, inputs={"missing": 6}), "“缺少手续”不得大于5"),
    ],
)
def test_answer_that_may_not_be_entered_is_refused(item, answer, sentence):
    with pytest.raises(UserError) as refused:
        check_answer(item, answer)

    assert sentence in refused.value.problem


def test_team_is_reminded_of_evidence_photos_facts_and_figures():
    assert reminders(START, Answer(1, deduct=Decimal(6))) == (
        "应有证据3份，现有0份",
        "本项扣分应附照片",
        "未填写事实描述",
    )
    assert reminders(INVESTMENT, Answer(3, deduct=Decimal(0), evidence_ids=("a",))) == (
        "未录入测算数据，扣分为手工填写",
    )
    assert reminders(SAFETY, Answer(7, veto_hit=True, facts="临边无防护"), photos=1) == ()
    assert reminders(SAFETY, Answer(7, deduct=Decimal(0))) == ()
    assert reminders(START, Answer(1, is_applicable=False)) == ()


@given(
    deduct=st.none() | st.integers(0, 100_000).map(from_stored),
    missing=st.none() | st.integers(0, 5) | st.just(["用地", "环评"]),
    facts=st.text(max_size=20),
    marks=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_an_answer_comes_back_from_its_part(deduct, missing, facts, marks):
    inputs = {} if missing is None else {"missing": missing}
    answer = Answer(2, marks[0], deduct, inputs, facts, marks[1], marks[2], ("e1", "e2"))

    part = canonical.decode_object(canonical.encode(answer_part(PERMITS, answer)))

    assert read_answer(2, part) == answer


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"deduct_e4": "5", "inputs": [1], "evidence_ids": "e1", "facts": None, "is_veto_hit": "yes"},
        {"deduct_e4": True, "is_applicable": None, "later": "field"},
    ],
)
def test_what_is_not_understood_counts_as_not_given(part):
    assert read_answer(5, part) == Answer(5)


def test_a_row_of_the_table_is_read_like_a_part():
    row = {"is_applicable": 0, "is_veto_hit": 1, "is_fixed_on_site": 0, "deduct_e4": 25_000}

    assert read_answer(5, row) == Answer(5, is_applicable=False, deduct=Decimal("2.50"), veto_hit=True)
