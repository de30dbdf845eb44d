"""What the worked examples leave out: the other side of each formula, with its arithmetic."""

from decimal import Decimal

import pytest

from desktop.domain.points import Rounding
from desktop.domain.rule_set import VetoPolicy
from desktop.domain.scoring.methods import METHODS, calculate
from desktop.domain.scoring.s22_pro_rata import Lamp, lamp
from desktop.domain.scoring.s26_grade_lines import GradeLine, assign_grades

S03 = {"W": 30, "T": 10, "A": "7.4", "k_plus": 1, "k_minus": 1, "step": "ceil"}
S05 = {"W": 25, "T": 200, "A": 150}
S16 = {"points": [60, 40], "deducted": [10, 50]}
S30 = {"W": 10, "on_time": 1, "late": 2, "open": 0, "late_each": 5, "open_each": 1}
SIDES = {"open": ["90.4", 92], "covert": [80], "weights": ["0.4", "0.6"]}

CASES = [
    ("S01", {"W": 10, "T": 120, "A": "-5"}, "0.00", "−5÷120≈−0.041667→按0计；10×0=0.00"),
    ("S01", {"W": 7, "T": 7, "A": "1.005"}, "1.01", "1.005÷7≈0.143571；7×1.005÷7=1.005≈1.01"),
    ("S02", {"W": 10, "T": 120, "A": 60, "k": 1, "cap": 2}, "5.00", "60÷120=0.5；10×0.5=5.00"),
    (
        "S02",
        {"W": 10, "T": 100, "A": 110, "k": 1, "cap": 2},
        "12.00",
        "110÷100=1.1；超10个百分点；10×1=10>2；10+2=12.00",
    ),
    ("S03", S03, "27.00", "10−7.4=2.6；2.6按3计（不足1个按1个计）；30−3=27.00"),
    ("S03", S03 | {"A": 13}, "33.00", "13−10=3；30+3=33.00"),
    ("S03", S03 | {"A": "7", "k_minus": "0.5"}, "28.50", "10−7=3；3×0.5=1.5；30−1.5=28.50"),
    ("S03", S03 | {"A": "-25"}, "0.00", "10−(−25)=35；30−35=−5→最低0；得0.00分"),
    ("S03", S03 | {"A": 15, "limit": 2}, "32.00", "15−10=5；30+5=35→上限32；得32.00分"),
    ("S03", S03 | {"A": 5, "limit": 2}, "28.00", "10−5=5；30−5=25→最低28；得28.00分"),
    (
        "S04",
        {"W": 2, "T": 50, "A": 40, "per": 2, "limit": 15},
        "0.00",
        "40÷50=0.8；少20%；20÷2=10；2−10=−8→最低0；得0.00分",
    ),
    ("S05", S05, "22.50", "150÷200=0.75；低25个百分点×0.1=2.5；25−2.5=22.50"),
    ("S05", S05 | {"A": 200}, "25.00", "200÷200=1；25+0=25.00"),
    (
        "S05",
        S05 | {"A": 500, "bound": 5},
        "30.00",
        "500÷200=2.5；30×0.2=6；120×0.1=12；加减分以5为限；25+5=30.00",
    ),
    (
        "S05",
        S05 | {"tiers": [{"to": 100, "per_point": "0.2"}, {"to": None, "per_point": 1}]},
        "20.00",
        "150÷200=0.75；低25个百分点×0.2=5；25−5=20.00",
    ),
    ("S06", {"W": 3, "T": 42, "A": 50, "k": "0.5"}, "0.00", "50−42=8；8×0.5=4；3−4=−1→最低0；得0.00分"),
    ("S07", {"W": 40, "T": 64, "A": 80}, "32.00", "64÷80=0.8；40×0.8=32.00"),
    ("S07", {"W": 40, "T": 0, "A": 0}, "40.00", "0≤0，得满分；得40.00分"),
    ("S07", {"W": 40, "T": 0, "A": 2}, "0.00", "0÷2=0；40×0=0.00"),
    ("S08", {"W": 5, "T": 6, "A": 6, "direction": "at_most"}, "5.00", "6≤6→达标；得5.00分"),
    ("S08", {"W": 5, "T": 6, "A": 6, "direction": "at_least"}, "5.00", "6≥6→达标；得5.00分"),
    ("S08", {"W": 5, "T": 6, "A": 5, "direction": "at_least"}, "0.00", "5＜6→不达标；得0.00分；同时触发预警"),
    (
        "S10",
        {"W": 10, "avg": 6, "A": 10, "k_plus": "0.5", "k_minus": 1, "cap": "1.5"},
        "11.50",
        "10−6=4；4×0.5=2；10+2=12→上限11.5；得11.50分",
    ),
    (
        "S11",
        {"W": 10, "B": [50, 20], "A": [40, 19], "index": 0},
        "0.00",
        "增量−10/−1，最大−1；增幅−20/−5%，最大−5%；10×(0.4×0+0.6×0)=0.00",
    ),
    (
        "S12",
        {"W": 10, "A": [40, 50, 42], "index": 2, "reverse": True},
        "9.20",
        "极差50−40=10；50−42=8；10×(0.6+0.4×8÷10)=9.20",
    ),
    (
        "S13",
        {"W": 200, "mode": "percent", "step": 2, "ranks": [1, 4]},
        "194.00",
        "第1、4名；200×(1−0×2%)=200；200×(1−3×2%)=188；(200+188)÷2=194.00",
    ),
    ("S13", {"W": 200, "mode": "percent", "step": 50, "ranks": [4]}, "0.00", "第4名；200×(0)=0.00"),
    (
        "S13",
        {"W": 9, "mode": "linear", "A": [9, 7, 7], "index": 2, "ties": "average"},
        "4.50",
        "第2.5名；9×(3−2.5+1)÷3=4.50",
    ),
    ("S14", {"W": 600, "A": 50, "best": 60}, "500.00", "50÷60≈0.833333；50÷60×600=500.00"),
    ("S15", {"A": [90, 80]}, "85.00", "90+80=170；170÷2=85.00"),
    ("S16", S16, "50.00", "适用分100；100−50=50；50÷100×100=50.00"),
    (
        "S16",
        S16 | {"veto": [1], "veto_policy": "item_zero"},
        "0.00",
        "适用分100；100−100=0；0÷100×100=0.00；否决策略=本项记0分",
    ),
    (
        "S16",
        S16 | {"veto": [], "veto_policy": "item_zero"},
        "50.00",
        "适用分100；100−50=50；50÷100×100=50.00",
    ),
    (
        "S16",
        S16 | {"veto": True, "veto_policy": "honour_only"},
        "50.00",
        "适用分100；100−50=50；50÷100×100=50.00；否决策略=得分保留，取消评先资格",
    ),
    (
        "S16",
        S16 | {"veto": True, "veto_policy": "target_zero"},
        "0.00",
        "适用分100；100−50=50；50÷100×100=50；否决策略=本目标记0分；得0.00分",
    ),
    (
        "S16",
        S16 | {"veto": True, "veto_policy": "fixed"},
        "20.00",
        "适用分100；100−50=50；50÷100×100=50；否决策略=扣固定分；50−30=20.00",
    ),
    (
        "S16",
        S16 | {"veto": True, "veto_policy": "fixed", "veto_points": 60},
        "0.00",
        "适用分100；100−50=50；50÷100×100=50；否决策略=扣固定分；50−60=−10→最低0；得0.00分",
    ),
    ("S17", SIDES | {"covert": []}, "91.20", "明查(90.4+92)÷2=91.2；明查91.2；得91.20分；缺暗访"),
    ("S17", SIDES | {"open": []}, "80.00", "暗访80；得80.00分；缺明查"),
    (
        "S18",
        {"parts": ["88.0", None, 90], "weights": ["0.3", "0.3", "0.4"]},
        "89.14",
        "88×0.3÷0.7≈37.714286；90×0.4÷0.7≈51.428571；(88×0.3+90×0.4)÷0.7≈89.14；缺第2部分",
    ),
    (
        "S19",
        {"base": 5, "plus": [], "minus": [7], "cap": 10},
        "0.00",
        "减7=7；0−7=−7；5−7=−2→最低0；得0.00分",
    ),
    ("S19", {"base": 80, "plus": [3], "minus": [], "cap": 10}, "83.00", "加3=3；3−0=+3；80+3=83.00"),
    ("S20", {"points": 6, "per": "0.25", "unfixed_on_revisit": 2}, "2.00", "本项为扣分；6×0.25+2×0.25=2.00"),
    (
        "S20",
        {"points": 6, "per": "0.25", "unfixed_on_revisit": True},
        "3.00",
        "本项为扣分；6×0.25+6×0.25=3.00",
    ),
    ("S20", {"points": 6, "per": "0.25", "unfixed_on_revisit": False}, "1.50", "本项为扣分；6×0.25=1.50"),
    (
        "S21",
        {"W": 10, "votes": {"好": 2, "差": 1}, "values": {"好": 100, "差": 0}},
        "6.67",
        "(2×100+1×0)÷3=200÷3≈66.666667；10×200÷3÷100≈6.67",
    ),
    ("S27", {"W": 10, "new": 3, "per": 2}, "16.00", "3×2=6；10+6=16.00"),
    ("S27", {"W": 10, "new": 30, "per": 2}, "20.00", "30×2=60；10+60=70→上限20；得20.00分"),
    ("S30", S30, "0.00", "整改率3÷3=1；逾期完成2×5=10；逾期未完成0×1=0；10×1−10−0=0.00"),
    (
        "S30",
        S30 | {"late_each": 6},
        "0.00",
        "整改率3÷3=1；逾期完成2×6=12；逾期未完成0×1=0；10×1−12−0=−2→最低0；得0.00分",
    ),
    ("S31", {"parts": [90, 80], "weights": ["0.5", "0.5"]}, "85.00", "90×0.5=45；80×0.5=40；45+40=85.00"),
    (
        "S31",
        {"parts": [90, None], "weights": ["0.5", "0.5"], "adjust": "-1.5"},
        "88.50",
        "90；90−1.5=88.50；缺第2部分",
    ),
    ("S32", {"base": 5, "notices": 0, "yellow": 0, "red": 1}, "0.00", "红牌1×10=10；5−10=−5→最低0；得0.00分"),
    (
        "S33",
        {"bottom_months": 3, "per": "0.5", "bottom_year": True, "year": 1},
        "2.50",
        "本项为扣分；3×0.5+1=2.50",
    ),
    (
        "S33",
        {"bottom_months": 3, "per": "0.5", "bottom_year": 0, "year": 1},
        "1.50",
        "本项为扣分；3×0.5=1.50",
    ),
]


@pytest.mark.parametrize(("code", "params", "score", "explanation"), CASES)
def test_method_gives_its_score_and_arithmetic(code, params, score, explanation):
    result = calculate(code, params)

    assert (str(result.score), result.explanation) == (score, explanation)


def test_office_that_rounds_halves_to_even_gets_it_so():
    params = {"W": 100, "T": 200, "A": "181.25"}

    assert str(calculate("S01", params).score) == "90.63"
    assert str(calculate("S01", params, Rounding.HALF_EVEN).score) == "90.62"


def test_missing_side_is_a_note_that_callers_can_read():
    assert calculate("S17", SIDES | {"covert": []}).notes == ("缺暗访",)


def test_lamp_is_read_before_rounding():
    nearly = calculate("S22", {"T": 120000, "A": 69999, "month": 7})

    assert str(nearly.score) == "100.00"
    assert nearly.notes[0] == "黄灯（90≤x＜100）"
    assert [lamp(value) for value in (100, 90, 89)] == [Lamp.GREEN, Lamp.YELLOW, Lamp.RED]
    assert [lamp(value).label for value in (100, 89)] == ["绿灯（x≥100）", "红灯（x＜90）"]


def test_every_method_names_itself_in_chinese():
    assert all(method.name()[0] > "\u4e00" for method in METHODS.values())
    assert len({method.name() for method in METHODS.values()}) == len(METHODS)
    assert all(policy.label for policy in VetoPolicy)


LINES = (
    GradeLine("优秀", Decimal(90), quota=Decimal("0.3")),
    GradeLine("良好", Decimal(75)),
    GradeLine("合格", Decimal(60)),
    GradeLine("不合格", Decimal(0)),
)


def names(scores, lines=LINES, vetoed=()):
    return [grade.label for grade in assign_grades([Decimal(score) for score in scores], lines, vetoed)]


def test_grades_follow_their_lines_and_a_quota_rounded_down():
    scores = [95, 94, 93, 92, 80, 70, 50]

    assert names(scores) == ["优秀", "优秀", "良好", "良好", "良好", "合格", "不合格"]


def test_units_that_tie_at_the_edge_of_a_quota_stay_out_together():
    scores = [95, 94, 94, 80, 80, 80, 80]

    assert names(scores) == ["优秀", "良好", "良好", "良好", "良好", "良好", "良好"]


def test_a_vetoed_unit_falls_one_grade_and_takes_no_place_of_a_quota():
    scores = [95, 94, 93, 92, 80, 70, 50]

    assert names(scores, vetoed={0, 6})[:3] == ["良好（否决）", "优秀", "优秀"]
    assert names(scores, vetoed={0, 6})[6] == "不合格（否决）"


def test_a_grade_can_be_kept_for_the_first_places():
    lines = (GradeLine("优秀", Decimal(90), top=2), *LINES[1:])

    assert names([95, 94, 93], lines) == ["优秀", "优秀", "良好"]


def test_a_score_below_every_line_gets_the_last_grade():
    lines = (GradeLine("优秀", Decimal(90)), GradeLine("其他", Decimal(60)))

    assert names([10, 20], lines, vetoed={1}) == ["其他", "其他（否决）"]
