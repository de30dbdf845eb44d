"""The worked examples of the practice, each with its published figure, as oracles for the formulas."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.domain.codes import credit_code_check_digit
from desktop.domain.points import rounded
from desktop.domain.rule_set import Summation, total
from desktop.domain.scoring.methods import METHODS, calculate
from desktop.domain.scoring.s24_ranks import ranks
from desktop.domain.scoring.s26_grade_lines import GradeLine, assign_grades

DATA = Path(__file__).parents[2] / "data" / "scoring_examples.json"
EXAMPLES = {
    example["id"]: example
    for example in json.loads(DATA.read_text(encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
}
CALCULATED = [name for name, example in EXAMPLES.items() if "formula" in example]

# The arithmetic as it is printed beside the figure.
EXPLANATIONS = {
    "S01a": "111.6÷120=0.93；10×0.93=9.30",
    "S01b": "132÷120=1.1→封顶1；10×1=10.00",
    "S02a": "124.8÷120=1.04；超4个百分点；4×0.3=1.2≤2；10+1.2=11.20",
    "S03a": "10−7.4=2.6；30−2.6=27.40",
    "S03b": "10−7.4=2.6；2.6按2计（不足1个不计）；30−2=28.00",
    "S03d": "12.5−10=2.5；30+2.5=32.50",
    "S04a": "少7%；7÷2=3.5；20−3.5=16.50",
    "S04b": "超41%；41÷2=20.5→上限15；20+15=35.00",
    "S05a": "低13.5个百分点×0.1=1.35；25−1.35=23.65",
    "S05b": "30×0.2=6；17×0.1=1.7；25+7.7=32.70",
    "S06a": "46.5−42=4.5；4.5×0.5=2.25；3−2.25=0.75",
    "S06c": "40≤42，不扣；得3.00分",
    "S08a": "7＞6→不达标；得0.00分；同时触发预警",
    "S09a": "(1+1+0.85+0.85+0.7)÷5=4.4÷5=0.88；8×0.88=7.04",
    "S10a": "5.4−6.1=−0.7；10−0.7=9.30",
    "S10b": "7.9−6.1=1.8；1.8×0.5=0.9；10+0.9=10.90",
    "S10d": "差0；得10.00分",
    "S11a": "增量6/3/6.4，最大6.4；增幅12/15/8%，最大15%；10×(0.4×6÷6.4+0.6×12÷15)=8.55",
    "S12a": "极差9.2−5.2=4；8.1−5.2=2.9；10×(0.6+0.4×2.9÷4)=8.90",
    "S12c": "极差为0→一律满分；得10.00分",
    "S13a": "第4名；200×(1−3×2%)=188.00",
    "S13b": "第4名；9×(9−4+1)÷9=6.00",
    "S13d": "第2名；200×(1−1×2%)=196.00",
    "S14a": "87.4÷92=0.95；0.95×600=570.00",
    "S15a": "去95、79；92+88+90+91+86=447；447÷5=89.40",
    "S16a": "适用分96；96−9=87；87÷96×100=90.625≈90.63",
    "S16b": "适用分96；96−9=87；87÷96×100=90.625；否决策略=本表记0分；得0.00分",
    "S17a": "明查(90.4+92)÷2=91.2；暗访(80+87)÷2=83.5；明查91.2×0.4=36.48；暗访83.5×0.6=50.1；36.48+50.1=86.58",
    "S18a": "88×0.3=26.4；85.5×0.3=25.65；91.25×0.4=36.5；26.4+25.65+36.5=88.55",
    "S19a": "加5+3+3+2=13→上限10；减2+5+1.5=8.5；10−8.5=+1.5；88.55+1.5=90.05",
    "S21a": "无效8票剔除；(120×100+50×80+20×60+10×0)÷200=17200÷200=86；10×86÷100=8.60",
    "S22a": "序时240×7÷12=140；131.6÷140×100=94.00；黄灯（90≤x＜100）；年度完成率131.6÷240≈54.83%",
    "S23a": "90×86.0111÷88.4≈87.57",
    "S27a": "10×60%=6.00",
    "S30a": "整改率9÷10=0.9；逾期完成2×0.5=1；逾期未完成1×1=1；10×0.9−1−1=7.00",
    "S31a": "90.16×0.7=63.112；86.58×0.2=17.316；86×0.1=8.6；63.112+17.316+8.6=89.028；89.028+1.5=90.528≈90.53",
    "S32a": "未改通知单3×2=6；黄牌1×5=5；50−11=39.00",
}


@pytest.mark.parametrize("name", CALCULATED)
def test_example_gives_its_published_score_and_arithmetic(name):
    example = EXAMPLES[name]

    result = calculate(example["formula"], example["params"])

    assert str(result.score) == example["score"]
    assert result.explanation == EXPLANATIONS[name]


def test_every_example_is_an_oracle():
    others = {"S24a", "S25a", "S25b", "S28a", "S31b", "S31d", "S34a"}

    assert EXAMPLES.keys() == set(CALCULATED) | others
    assert EXPLANATIONS.keys() == set(CALCULATED)
    assert {EXAMPLES[name]["formula"] for name in CALCULATED} <= METHODS.keys()


def test_efficacy_coefficients_of_the_whole_group():
    params = EXAMPLES["S12a"]["params"]

    scores = [calculate("S12", params | {"index": index}).score for index in range(5)]

    assert "/".join(map(str, scores)) == EXAMPLES["S12a"]["expected"]


def test_poll_without_a_weight_of_its_own_is_a_percentage():
    whole = calculate("S21", EXAMPLES["S21a"]["params"] | {"W": 100})

    assert f"{whole.score} / 8.60" == EXAMPLES["S21a"]["expected"]


def test_equal_scores_share_a_place_and_the_next_one_is_left_out():
    places = ranks([Decimal(score) for score in EXAMPLES["S24a"]["inputs"].split(",")])

    assert ",".join(map(str, places)) == EXAMPLES["S24a"]["expected"]


@pytest.mark.parametrize("name", ["S25a", "S25b"])
def test_rounding_is_that_of_the_office(name):
    figures = EXAMPLES[name]["inputs"].split(" / ")

    assert " / ".join(str(rounded(Fraction(figure))) for figure in figures) == EXAMPLES[name]["expected"]


def test_a_target_that_was_raised_is_scored_by_its_new_value():
    raised = calculate("S01", {"W": 10, "T": 118, "A": "115.64"})
    by_mistake = calculate("S01", {"W": 10, "T": 110, "A": "115.64"})

    assert str(raised.score) == EXAMPLES["S28a"]["expected"]
    assert raised.explanation == "115.64÷118=0.98；10×0.98=9.80"
    assert str(by_mistake.score) == "10.00"


def test_a_veto_keeps_the_score_and_lowers_the_grade():
    lines = [
        GradeLine("优秀", Decimal(90)),
        GradeLine("良好", Decimal(75)),
        GradeLine("合格", Decimal(60)),
        GradeLine("不合格", Decimal(0)),
    ]

    (grade,) = assign_grades([Decimal("90.53")], lines, vetoed={0})

    assert grade.label == EXAMPLES["S31b"]["expected"]


def test_a_total_rounds_its_sum_or_adds_the_printed_column():
    thirds = [Fraction(20, 3)] * 3

    assert str(total(thirds, Summation.ROUND_OF_SUM)) == EXAMPLES["S31d"]["expected"]
    assert str(total(thirds, Summation.SUM_OF_ROUNDED)) == "20.01"


def test_check_digit_of_a_credit_code():
    body = EXAMPLES["S34a"]["inputs"]

    assert body + credit_code_check_digit(body) == EXAMPLES["S34a"]["expected"]
