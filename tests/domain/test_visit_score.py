import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.answer import Answer
from desktop.domain.checklist import read_checklist
from desktop.domain.points import from_stored
from desktop.domain.rule_set import RuleSet, VetoPolicy
from desktop.domain.scoring.methods import calculate
from desktop.domain.visit_score import LineState, score_visit

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "checklists"


def shipped(code):
    return read_checklist(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8")))


HALL = shipped("ZWDT-2026-V1")
PROJECT = shipped("ZDXM-2026-V1")
NOTHING_OFF = {item.no: Answer(item.no, deduct=Decimal(0)) for item in HALL.items}
# S16a: ① 4 off, ② 2 off, ⑧ 3 off, ⑪ not applicable.
S16A = NOTHING_OFF | {
    1: Answer(1, inputs={"empty": 2}),
    2: Answer(2, inputs={"cases": 1}),
    8: Answer(8, inputs={"minutes": "22"}),
    11: Answer(11, is_applicable=False),
}
VETOED = S16A | {7: Answer(7, deduct=Decimal(0), veto_hit=True)}


def score(answers, *args, **kwargs):
    return score_visit(HALL, answers.values(), *args, **kwargs)


def test_worked_example_on_real_answers():
    result = score(S16A)

    assert (result.raw, result.answered, result.applicable) == (87, 96, 96)
    assert str(result.normalised) == "90.63"
    assert result.explanation == "适用分96；得分87；87÷96×100=90.625≈90.63"
    assert result.is_finished
    assert not result.needs_leader_decision
    assert [line.text for line in result.lines[:2]] == [
        "空岗窗口（无告知牌，＞5分钟）2个×2=4；扣4分",
        "违反工作纪律1人次×2=2；扣2分",
    ]
    assert (str(result.lines[0].score), result.lines[0].deduct) == ("8.00", 4)
    assert (result.lines[10].state, result.lines[10].score) == (LineState.NOT_APPLICABLE, None)
    assert result.lines[10].text == "不适用"


def test_a_deduction_entered_by_hand_says_so():
    by_hand = score(NOTHING_OFF | {2: Answer(2, deduct=Decimal("2.5"))}).lines[1]
    other = score(NOTHING_OFF | {2: Answer(2, deduct=Decimal(4), inputs={"cases": 1})}).lines[1]
    same = score(NOTHING_OFF | {2: Answer(2, deduct=Decimal(2), inputs={"cases": 1})}).lines[1]

    assert (str(by_hand.score), by_hand.text) == ("7.50", "扣2.5分（手工填写）")
    assert (str(other.score), other.text) == ("6.00", "扣4分（手工填写；按规则应扣2分）")
    assert same.text == "违反工作纪律1人次×2=2；扣2分"


def test_figures_win_over_the_hand_where_the_program_computes():
    figures = {"done": "88", "planned": "100"}
    (line,) = [
        line
        for line in score_visit(PROJECT, [Answer(3, deduct=Decimal(1), inputs=figures)]).lines
        if line.state is LineState.ANSWERED
    ]

    assert (line.deduct, line.text) == (6, "投资完成率88÷100=88%；低12个百分点；12×0.5=6；扣6分")


def test_a_base_of_zero_is_decided_by_hand():
    figures = {"done": "88", "planned": "0"}

    open_line = score_visit(PROJECT, [Answer(3, inputs=figures)]).lines[2]
    decided = score_visit(PROJECT, [Answer(3, deduct=Decimal(1), inputs=figures)]).lines[2]

    assert (open_line.state, open_line.text) == (
        LineState.UNANSWERED,
        "“序时计划投资”基数为零或为负，人工认定。",
    )
    assert (decided.deduct, decided.text) == (1, "扣1分（手工填写）")


def test_an_unanswered_item_is_neither_full_nor_zero():
    answers = {no: answer for no, answer in NOTHING_OFF.items() if no not in (3, 5)}
    answers[1] = Answer(1, deduct=Decimal(6))
    answers[4] = Answer(4, facts="还没有看")

    result = score(answers)

    assert result.unanswered == (3, 4, 5)
    assert not result.is_finished
    assert (result.raw, result.answered, result.applicable) == (68, 74, 100)
    assert str(result.normalised) == "91.89"
    assert result.explanation == "适用分100；得分68；68÷74×100≈91.89；暂定得分，未填写：第3、4、5项"
    assert result.lines[3].text == "未填写"


def test_nothing_answered_is_no_score():
    result = score({})

    assert (result.raw, result.normalised, result.needs_leader_decision) == (0, None, False)
    assert result.explanation.startswith("适用分100；尚未填写任何检查项；暂定得分，未填写：第1、2、")


def test_a_veto_that_was_found_changes_nothing_until_it_is_approved():
    result = score(VETOED)

    assert str(result.normalised) == "90.63"
    assert [(veto.item_no, veto.is_approved) for veto in result.vetoes] == [(7, False)]
    assert result.vetoes[0].text == "继续或变通审批已取消事项，或擅自设立审批事项"
    assert not result.is_vetoed
    assert result.lines[6].veto_hit
    assert result.explanation.endswith("；第7项触发否决，待批准；批准后本表记0分")


@pytest.mark.parametrize(
    ("policy", "expected", "ending"),
    [
        (None, "0.00", "87÷96×100=90.625；否决策略=本表记0分；得0.00分"),
        (VetoPolicy.FORM_ZERO, "0.00", "87÷96×100=90.625；否决策略=本表记0分；得0.00分"),
        (VetoPolicy.TARGET_ZERO, "0.00", "87÷96×100=90.625；否决策略=本目标记0分；得0.00分"),
        (VetoPolicy.ITEM_ZERO, "80.21", "77÷96×100≈80.21；否决策略=本项记0分"),
        (VetoPolicy.FIXED, "60.63", "否决策略=扣固定分；90.625−30=60.625≈60.63"),
        (VetoPolicy.HONOUR_ONLY, "90.63", "90.625≈90.63；否决策略=得分保留，取消评先资格"),
    ],
)
def test_an_approved_veto_follows_its_policy(policy, expected, ending):
    result = score(VETOED, policy, approved_vetoes={7})

    assert str(result.normalised) == expected
    assert result.explanation.endswith(ending)
    assert result.is_vetoed
    assert result.lines[6].text == (
        "否决策略=本项记0分" if policy is VetoPolicy.ITEM_ZERO else "不扣分（手工填写）"
    )


def test_approval_without_a_finding_is_no_veto():
    assert not score(S16A, approved_vetoes={7, 99}).vetoes


def few():
    answers = {no: Answer(no, is_applicable=False) for no in range(1, 6)}
    return NOTHING_OFF | answers | {8: Answer(8, deduct=Decimal(4))}


def test_few_applicable_points_are_left_to_the_leader():
    undecided = score(few())
    decided = score(few(), leader_score=Decimal("85"))

    assert (undecided.applicable, undecided.raw, undecided.normalised) == (52, 48, None)
    assert undecided.needs_leader_decision
    assert undecided.explanation == "适用分52；得分48；适用分不足60分，不作折算，待督查组长决定"
    assert (str(decided.normalised), decided.needs_leader_decision) == ("85.00", False)
    assert decided.explanation == "适用分52；得分48；适用分不足60分，由督查组长决定；得85.00分"


def test_a_veto_that_zeroes_the_form_leaves_the_leader_nothing_to_decide():
    answers = few() | {7: Answer(7, deduct=Decimal(0), veto_hit=True)}

    assert str(score(answers, approved_vetoes={7}).normalised) == "0.00"
    assert score(answers, VetoPolicy.FIXED, approved_vetoes={7}).needs_leader_decision


def test_answers_to_items_that_do_not_exist_are_left_out():
    assert score(S16A | {99: Answer(99, deduct=Decimal(1), veto_hit=True)}) == score(S16A)


def test_a_rule_set_can_ask_for_other_figures():
    strict = RuleSet(min_applicable=Decimal(97), veto_policy=VetoPolicy.FIXED, veto_points=Decimal(50))

    assert score(S16A, rule_set=strict).needs_leader_decision
    loose = RuleSet(veto_policy=VetoPolicy.FIXED, veto_points=Decimal(50))
    assert str(score(VETOED, approved_vetoes={7}, rule_set=loose).normalised) == "40.63"


ANSWERS = st.lists(
    st.builds(
        Answer,
        item_no=st.integers(0, 16),
        is_applicable=st.booleans(),
        deduct=st.none() | st.integers(-20_000, 200_000).map(from_stored),
        inputs=st.dictionaries(
            st.sampled_from(["cases", "minutes", "missing", "empty", "agent"]),
            st.none() | st.integers(-3, 99) | st.booleans() | st.text(max_size=3) | st.just(["饮水"]),
            max_size=3,
        ),
        veto_hit=st.booleans(),
    ),
    max_size=20,
)


@given(answers=ANSWERS, policy=st.sampled_from(VetoPolicy), approved=st.sets(st.integers(0, 15)))
def test_whatever_came_is_scored_within_its_bounds(answers, policy, approved):
    result = score_visit(HALL, answers, policy, approved_vetoes=approved)

    assert 0 <= result.raw <= result.answered <= result.applicable <= 100
    assert result.normalised is None or 0 <= result.normalised <= 100
    assert result.raw == sum(line.score for line in result.lines if line.score is not None)
    assert all(line.text for line in result.lines)


@given(st.lists(st.none() | st.integers(0, 2), min_size=14, max_size=14))
def test_the_visit_and_the_calculator_agree(deducted):
    answers = [
        Answer(no, is_applicable=off is not None, deduct=None if off is None else Decimal(off))
        for no, off in enumerate(deducted, start=1)
    ]
    points = [item.points for item in HALL.items]

    result = score_visit(HALL, answers)

    if result.applicable >= 60:
        assert result.normalised == calculate("S16", {"points": points, "deducted": deducted}).score
