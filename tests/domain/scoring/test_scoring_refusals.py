import pytest

from desktop.domain.rule_set import RuleSet
from desktop.domain.scoring.methods import METHODS, calculate, read_params
from desktop.errors import UserError
from desktop.i18n import use_language

S01 = {"W": 10, "T": 120, "A": 111}
S13 = {"W": 200, "mode": "percent", "step": 2}
S16 = {"points": [60, 40], "deducted": [1, 2]}
VOTES = {"W": 10, "votes": {"好": 3}, "values": {"好": 100}}

REFUSED = [
    ("S99", {}, "没有编号为“S99”的计分方法"),
    ("S01", {"W": 10, "T": 120}, "缺少参数“A”"),
    ("S01", S01 | {"k": 1}, "该计分方法没有参数“k”"),
    ("S01", S01 | {"A": None}, "“A”未报；未报不等于0"),
    ("S01", S01 | {"A": 1.5}, "参数“A”应为常规大小的十进制数"),
    ("S01", S01 | {"A": "很多"}, "参数“A”应为常规大小的十进制数"),
    ("S01", S01 | {"A": True}, "参数“A”应为常规大小的十进制数"),
    ("S01", S01 | {"W": -1}, "参数“W”不得小于0"),
    ("S01", S01 | {"T": 0}, "“T”基数为零，人工认定"),
    ("S01", S01 | {"T": "-3.2"}, "“T”基数为负，人工认定"),
    ("S02", S01 | {"T": 0, "k": 1, "cap": 2}, "“T”基数为零，人工认定"),
    ("S03", S01 | {"k_plus": 1, "k_minus": 1, "step": "round"}, "参数“step”只能取"),
    ("S03", S01 | {"k_plus": 1, "k_minus": 1, "step": 3}, "参数“step”只能取"),
    ("S04", S01 | {"per": 0, "limit": 15}, "“per”基数为零"),
    ("S05", S01 | {"T": 0}, "“T”基数为零"),
    ("S05", S01 | {"tiers": [{"to": None, "per_point": 1}]}, "“tiers”各档应从100起"),
    (
        "S05",
        S01 | {"tiers": [{"to": 90, "per_point": 1}, {"to": None, "per_point": 1}]},
        "“tiers”各档应从100起",
    ),
    (
        "S05",
        S01 | {"tiers": [{"to": 100, "per_point": 1}, {"to": 130, "per_point": 1}]},
        "“tiers”各档应从100起",
    ),
    (
        "S05",
        S01 | {"tiers": [{"to": to, "per_point": 1} for to in (100, 130, 120, None)]},
        "“tiers”各档应从100起",
    ),
    (
        "S05",
        S01 | {"tiers": [{"to": to, "per_point": 1} for to in (100, None, None)]},
        "“tiers”各档应从100起",
    ),
    ("S05", S01 | {"tiers": [{"to": 100}]}, "每一档都应有"),
    ("S05", S01 | {"tiers": ["100"]}, "每一档都应有"),
    ("S07", {"W": 10, "T": -1, "A": 5}, "参数“T”不得小于0"),
    ("S09", {"W": 8, "grades": ["E"], "coefficients": {"A": 1}}, "等级“E”没有对应的系数"),
    ("S09", {"W": 8, "grades": [1], "coefficients": {"A": 1}}, "参数“grades”应为文字列表"),
    ("S09", {"W": 8, "grades": [], "coefficients": {"A": 1}}, "列表“grades”为空"),
    ("S09", {"W": 8, "grades": ["A"], "coefficients": []}, "参数“coefficients”应为名称与数值的对照表"),
    ("S09", {"W": 8, "grades": ["A"], "coefficients": {"A": "1.1"}}, "参数“coefficients.A”不得大于1"),
    ("S11", {"W": 10, "B": [50, 0], "A": [56, 23], "index": 0}, "“B”基数为零，人工认定"),
    ("S11", {"W": 10, "B": [50, -2], "A": [56, 23], "index": 0}, "“B”基数为负，人工认定"),
    ("S11", {"W": 10, "B": [50], "A": [56, 23], "index": 0}, "列表“B”的个数应与“A”一致"),
    ("S11", {"W": 10, "B": [50], "A": [56], "index": 1}, "参数“index”不得大于0"),
    ("S11", {"W": 10, "B": [50], "A": [56], "index": 0, "growth_share": "0.5"}, "之和应为1"),
    ("S12", {"W": 10, "A": [1], "index": "0.5"}, "参数“index”应为整数"),
    ("S12", {"W": 10, "A": [1], "index": -1}, "参数“index”不得小于0"),
    ("S12", {"W": 10, "A": [1], "index": 0, "reverse": 1}, "参数“reverse”应为true"),
    ("S12", {"W": 10, "A": 7, "index": 0}, "参数“A”应为列表"),
    ("S12", {"W": 10, "A": [1] * 1001, "index": 0}, "参数“A”应为列表"),
    ("S13", S13, "“ranks”与“A”"),
    ("S13", S13 | {"ranks": [1], "A": [1], "index": 0}, "“ranks”与“A”"),
    ("S13", S13 | {"A": [95, 90]}, "缺少参数“index”"),
    ("S13", {"W": 200, "mode": "percent", "ranks": [1]}, "缺少参数“step”"),
    ("S13", {"W": 200, "mode": "linear", "ranks": [1]}, "缺少参数“N”"),
    ("S13", {"W": 200, "mode": "linear", "ranks": [3], "N": 2}, "名次超出了末位"),
    ("S14", {"W": 600, "A": 93, "best": 92}, "“A”大于第一名的数值"),
    ("S14", {"W": 600, "A": 0, "best": 0}, "“best”基数为零"),
    ("S15", {"A": []}, "列表“A”为空"),
    ("S16", S16 | {"deducted": [1]}, "列表“deducted”的个数应与“points”一致"),
    ("S16", S16 | {"deducted": [None, 2]}, "适用分仅40分，不作折算"),
    ("S16", S16 | {"deducted": [-1, 2]}, "参数“deducted”不得小于0"),
    ("S16", S16 | {"veto": True, "veto_policy": "item_zero"}, "“veto”应列出被否决项的序号"),
    ("S16", S16 | {"veto": [3], "veto_policy": "item_zero"}, "“veto”中的序号超出了本表的项数"),
    ("S16", S16 | {"veto": [0], "veto_policy": "item_zero"}, "参数“veto”不得小于1"),
    ("S17", {"open": [], "covert": [], "weights": ["0.4", "0.6"]}, "既无明查得分"),
    ("S17", {"open": [1], "covert": [], "weights": ["0.4", "0.7"]}, "“weights”之和应为1"),
    ("S17", {"open": [1], "covert": [], "weights": [1]}, "“weights”应与各部分一一对应"),
    ("S18", {"parts": [None], "weights": [1]}, "有权重的部分均无数据"),
    ("S20", {"points": 2, "per": 1, "unfixed_on_revisit": 3}, "“unfixed_on_revisit”大于问题总数"),
    ("S21", VOTES | {"votes": {"差": 1}}, "选项“差”没有对应的分值"),
    ("S21", VOTES | {"votes": {"好": "1.5"}}, "参数“votes.好”应为整数"),
    ("S21", VOTES | {"votes": {"好": 0}}, "没有有效票"),
    ("S21", VOTES | {"votes": {}}, "参数“votes”应为名称与数值的对照表"),
    ("S22", {"T": 240, "A": 10, "month": 13}, "参数“month”不得大于12"),
    ("S22", {"T": 0, "A": 10, "month": 7}, "“T”基数为零"),
    ("S23", {"score": 90, "group_mean": 0, "overall_mean": 86}, "“group_mean”基数为零"),
    (
        "S30",
        {"W": 10, "on_time": 0, "late": 0, "open": 0, "late_each": 1, "open_each": 1},
        "没有需要整改的问题",
    ),
    ("S33", {"bottom_months": 13, "per": 1, "bottom_year": 0, "year": 1}, "参数“bottom_months”不得大于12"),
]


@pytest.mark.parametrize(("code", "params", "sentence"), REFUSED)
def test_wrong_parameter_is_named_in_a_sentence(code, params, sentence):
    with pytest.raises(UserError) as refused:
        calculate(code, params)

    assert sentence in refused.value.problem


@pytest.mark.parametrize("code", METHODS)
def test_each_required_parameter_is_missed_by_name(code):
    with pytest.raises(UserError) as refused:
        calculate(code, {})

    first = METHODS[code].parameters[0].name
    assert refused.value.problem == f"缺少参数“{first}”。"
    assert first in refused.value.advice


def test_refusals_speak_english_too():
    use_language("en")

    with pytest.raises(UserError, match="The parameter “A” is missing"):
        calculate("S01", {"W": 10, "T": 120})


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "{", '{"A": NaN}', '{"A": 1, "A": 2}', '{"A": 1e999999999999999999999}', "[" * 100_000],
)
def test_text_that_is_no_json_object_is_refused(text):
    with pytest.raises(UserError, match="参数不是有效的JSON对象"):
        read_params(text)


def test_numbers_of_a_json_text_are_never_binary():
    params = read_params('{"W": 30, "T": 10, "A": 7.4, "k_plus": 1, "k_minus": 1, "step": "proportional"}')

    assert str(params["A"]) == "7.4"
    assert str(calculate("S03", params).score) == "27.40"


def test_weights_of_a_rule_set_sum_to_one():
    with pytest.raises(UserError, match="权重之和应为1"):
        RuleSet(open_weight=RuleSet().covert_weight)
