from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.read_rule import read_rule
from desktop.domain.rule_inputs import InputKind, storable_inputs
from desktop.errors import UserError
from desktop.i18n import use_language

DEDUCT = {
    "type": "deduct",
    "findings": [
        {"key": "missing", "label": "缺少", "unit": "项", "each": "2", "parts": ["规划", "用地", "环评"]},
        {"key": "late", "label": "超时", "unit": "件", "each": "1.5", "at_most": 4},
        {"key": "refused", "label": "首问不接", "fixed": "5"},
        {"key": "hidden", "label": "隐瞒", "takes_all": True},
    ],
}
VALUE = {
    "formula": "value",
    "label": "等候",
    "unit": "分钟",
    "inputs": [{"key": "minutes", "label": "等候时间"}],
}
TIERS = {
    "type": "tiers",
    "measure": VALUE,
    "tiers": [
        {"text": "≤15分钟", "at_most": 15, "deduct": 0},
        {"text": "15—30分钟", "at_most": 30, "deduct": 3},
        {"text": "＞30分钟", "deduct": 8, "excuse": {"key": "explained", "label": "有合理说明", "deduct": 4}},
    ],
}
RATE = {
    "formula": "percent",
    "label": "满意率",
    "unit": "%",
    "inputs": [
        {"key": "satisfied", "label": "满意人数", "kind": "integer"},
        {"key": "asked", "label": "受访人数", "kind": "integer"},
    ],
}
RATIO = {"type": "ratio", "measure": RATE, "target": 90, "per": 5, "each": 1, "part_step": "proportional"}
SHARE = {
    "type": "share",
    "manual": False,
    "done": {"key": "done", "label": "按期办结件数", "kind": "integer"},
    "due": {"key": "due", "label": "应办结件数", "kind": "integer"},
}
GRADE = {
    "type": "grade",
    "subjects": [{"key": "grade", "label": "评价"}],
    "grades": [
        {"text": "满意", "score": 10},
        {"text": "基本满意", "score": 6},
        {"text": "不满意", "score": 0},
    ],
}
SUBJECTS = {
    "type": "grade",
    "subjects": [{"key": "minds", "label": "思想到位"}, {"key": "service", "label": "服务到位"}],
    "grades": [{"text": "A", "score": 5}, {"text": "B", "score": "2.5"}],
}
YES_NO = {"type": "yes_no", "key": "sprayed", "label": "同步喷淋", "no": 10}


def measured(formula, *keys):
    inputs = [{"key": key, "label": key.upper()} for key in keys]
    measure = {"formula": formula, "label": "数值", "inputs": inputs}
    return {
        "type": "tiers",
        "measure": measure,
        "tiers": [{"text": "小", "below": 5, "deduct": 0}, {"text": "大", "deduct": 1}],
    }


def rule(value, points=10):
    return read_rule(value, Decimal(points))


CASES = [
    (DEDUCT, {"missing": 0}, "0", "未发现扣分情形；不扣分"),
    (DEDUCT, {"missing": ["环评", "规划"]}, "4", "缺少（规划、环评）2项×2=4；扣4分"),
    (DEDUCT, {"missing": 1, "late": 2}, "5", "缺少1项×2=2；超时2件×1.5=3；2+3=5；扣5分"),
    (DEDUCT, {"refused": True}, "5", "首问不接，扣5分；扣5分"),
    (DEDUCT, {"refused": False, "hidden": False}, "0", "未发现扣分情形；不扣分"),
    (DEDUCT, {"hidden": True}, "10", "隐瞒，本项不得分；扣10分"),
    (
        DEDUCT,
        {"missing": 3, "refused": True},
        "10",
        "缺少3项×2=6；首问不接，扣5分；6+5=11；以本项10分为限，扣完为止；扣10分",
    ),
    (TIERS, {"minutes": "15"}, "0", "等候15分钟；属“≤15分钟”；不扣分"),
    (TIERS, {"minutes": "15.5"}, "3", "等候15.5分钟；属“15—30分钟”；扣3分"),
    (TIERS, {"minutes": 30}, "3", "等候30分钟；属“15—30分钟”；扣3分"),
    (TIERS, {"minutes": 31, "explained": False}, "8", "等候31分钟；属“＞30分钟”；扣8分"),
    (TIERS, {"minutes": 31, "explained": True}, "4", "等候31分钟；属“＞30分钟”；有合理说明；扣4分"),
    (RATIO, {"satisfied": 9, "asked": 10}, "0", "满意率9÷10=90%；已达到，不扣；不扣分"),
    (RATIO, {"satisfied": 8, "asked": 10}, "2", "满意率8÷10=80%；低10个百分点；10÷5=2；2×1=2；扣2分"),
    (
        RATIO,
        {"satisfied": 0, "asked": 10},
        "10",
        "满意率0÷10=0%；低90个百分点；90÷5=18；18×1=18；以本项10分为限，扣完为止；扣10分",
    ),
    (
        RATIO | {"per": 1, "part_step": "floor"},
        {"satisfied": 7, "asked": 8},
        "2",
        "满意率7÷8=87.5%；低2.5个百分点；2.5按2计（不足1个不计）；2×1=2；扣2分",
    ),
    (SHARE, {"done": 2, "due": 3}, "3.33", "10×2÷3≈6.67；扣3.33分"),
    (SHARE, {"done": 0, "due": 3}, "10", "10×0÷3=0.00；扣10分"),
    (GRADE, {"grade": "基本满意"}, "4", "基本满意，得6分；扣4分"),
    (SUBJECTS, {"minds": "A", "service": "B"}, "2.5", "思想到位A=5；服务到位B=2.5；5+2.5=7.5；扣2.5分"),
    (YES_NO, {"sprayed": True}, "0", "同步喷淋：是；不扣分"),
    (YES_NO, {"sprayed": False}, "10", "同步喷淋：否；扣10分"),
    (
        measured("deviation", "a", "b", "ref"),
        {"a": 105, "b": "98", "ref": 100},
        "1",
        "A|105−100|÷100=5%；B|98−100|÷100=2%；属“大”；扣1分",
    ),
    (
        measured("gap", "a", "b", "ref"),
        {"a": "-3", "b": 2, "ref": "-1"},
        "0",
        "A|−3−(−1)|=2；B|2−(−1)|=3；属“小”；不扣分",
    ),
    (measured("lead", "a", "b", "ref"), {"a": 60, "b": 70, "ref": 75}, "0", "数值60−75=−15；属“小”；不扣分"),
]


@pytest.mark.parametrize(("value", "inputs", "deduct", "text"), CASES)
def test_rule_deducts_and_says_why(value, inputs, deduct, text):
    item_rule = rule(value)

    assert item_rule.deduction(inputs) == Decimal(deduct)
    assert item_rule.explain(inputs) == text
    assert item_rule.missing(inputs) == ()


@pytest.mark.parametrize(
    ("value", "inputs", "sentence"),
    [
        (DEDUCT, {}, "“缺少”未填写"),
        (DEDUCT, {"missing": None}, "“缺少”未填写"),
        (DEDUCT, {"missing": ["林地"]}, "“缺少”只能从以下各项中选：规划、用地、环评"),
        (DEDUCT, {"missing": [["环评"]]}, "“缺少”只能从以下各项中选"),
        (DEDUCT, {"missing": 4}, "“缺少”不得大于3"),
        (DEDUCT, {"missing": -1}, "“缺少”应为整数"),
        (DEDUCT, {"missing": "1.5"}, "“缺少”应为整数"),
        (DEDUCT, {"missing": True}, "“缺少”应为数字"),
        (DEDUCT, {"late": 5}, "“超时”不得大于4"),
        (DEDUCT, {"late": ["a"]}, "“超时”应为数字"),
        (DEDUCT, {"hidden": 1}, "“隐瞒”应填“是”或“否”"),
        (TIERS, {"minutes": "很久"}, "“等候时间”应为数字"),
        (TIERS, {}, "“等候时间”未填写"),
        (RATIO, {"satisfied": 1, "asked": 0}, "“受访人数”基数为零或为负，人工认定"),
        (RATIO, {"satisfied": "0.5", "asked": 1}, "“满意人数”应为整数"),
        (SHARE, {"done": 1, "due": 0}, "“应办结件数”基数为零或为负，人工认定"),
        (SHARE, {"done": 4, "due": 3}, "“按期办结件数”不得大于3"),
        (GRADE, {"grade": "很满意"}, "“评价”只能填：满意、基本满意、不满意"),
        (GRADE, {"grade": 3}, "“评价”只能填"),
        (YES_NO, {}, "“同步喷淋”未填写"),
        (measured("deviation", "a", "ref"), {"a": 1, "ref": 0}, "“REF”基数为零或为负，人工认定"),
    ],
)
def test_missing_or_wrong_input_is_named(value, inputs, sentence):
    with pytest.raises(UserError) as refused:
        rule(value).deduction(inputs)

    assert sentence in refused.value.problem


@given(missing=st.integers(0, 3), late=st.integers(0, 4), refused=st.booleans(), points=st.integers(1, 20))
def test_a_deduction_lies_between_nothing_and_the_points(missing, late, refused, points):
    item_rule = rule(DEDUCT, points)
    inputs = {"missing": missing, "late": late, "refused": refused}

    deducted = item_rule.deduction(inputs)

    assert deducted == min(points, 2 * missing + Decimal("1.5") * late + 5 * refused)
    assert item_rule.explain(inputs).endswith("分")


@given(satisfied=st.integers(0, 500), asked=st.integers(1, 500), points=st.integers(1, 20))
def test_fewer_satisfied_people_never_cost_less(satisfied, asked, points):
    item_rule = rule(RATIO, points)

    more = item_rule.deduction({"satisfied": satisfied, "asked": asked})
    fewer = item_rule.deduction({"satisfied": max(0, satisfied - 1), "asked": asked})

    assert 0 <= more <= fewer <= points


@given(done=st.integers(0, 500), due=st.integers(1, 500), points=st.integers(1, 20))
def test_a_share_rounds_the_score_and_not_the_deduction(done, due, points):
    if done <= due:
        deducted = rule(SHARE, points).deduction({"done": done, "due": due})

        exact = Decimal(points * done) / due
        assert points - deducted == exact.quantize(Decimal("0.01"), "ROUND_HALF_UP")


def test_what_is_still_missing_is_listed():
    assert [asked.key for asked in rule(RATIO).missing({"asked": 10})] == ["satisfied"]
    assert [asked.key for asked in rule(TIERS).missing({"explained": True})] == ["minutes"]
    assert len(rule(DEDUCT).missing({})) == 4
    assert len(rule(SUBJECTS).missing({"minds": "A"})) == 1


def test_a_page_learns_what_to_ask():
    kinds = {asked.key: asked.kind for asked in rule(DEDUCT).inputs}

    assert kinds == {
        "missing": InputKind.PARTS,
        "late": InputKind.INTEGER,
        "refused": InputKind.FLAG,
        "hidden": InputKind.FLAG,
    }
    assert [asked.kind for asked in rule(TIERS).inputs] == [InputKind.DECIMAL, InputKind.FLAG]
    assert [asked.choices for asked in rule(GRADE).inputs] == [("满意", "基本满意", "不满意")]
    assert (rule(SHARE).allows_manual, rule(RATIO).allows_manual) == (False, True)


def test_one_key_enters_what_it_says():
    pressed = [(each.text, each.deduct, each.inputs) for each in rule(DEDUCT).suggestions]

    assert pressed == [
        ("缺少1项", 2, {"missing": 1}),
        ("超时1件", Decimal("1.5"), {"late": 1}),
        ("首问不接", 5, {"refused": True}),
        ("隐瞒", 10, {"hidden": True}),
    ]
    assert [(each.text, each.deduct) for each in rule(TIERS).suggestions][1] == ("15—30分钟", 3)
    assert [(each.text, each.deduct) for each in rule(GRADE).suggestions][1] == ("基本满意", 4)
    assert [(each.text, each.deduct) for each in rule(YES_NO).suggestions] == [("是", 0), ("否", 10)]
    assert rule(SUBJECTS).suggestions == rule(RATIO).suggestions == rule(SHARE).suggestions == ()


def test_one_key_never_deducts_more_than_the_item_has():
    deductions = [each.deduct for each in rule(TIERS, 4).suggestions]

    assert deductions == [0, 3, 4]


def test_rules_speak_english_too():
    use_language("en")

    assert rule(YES_NO).explain({"sprayed": False}) == "同步喷淋: no; 10 points off"
    assert rule(DEDUCT).explain({"missing": ["规划", "环评"]}).startswith("缺少 (规划, 环评)2项×2=4")


def test_inputs_are_stored_without_binary_fractions():
    asked = rule(DEDUCT).inputs + rule(TIERS).inputs + rule(GRADE).inputs + rule(SHARE).inputs
    given_inputs = {
        "missing": ["环评"],
        "late": Decimal(2),
        "refused": None,
        "hidden": True,
        "minutes": Decimal("-15.50"),
        "grade": "满意",
        "done": "3",
    }

    assert storable_inputs(asked, given_inputs) == {
        "missing": ["环评"],
        "late": 2,
        "hidden": True,
        "minutes": "-15.5",
        "grade": "满意",
        "done": 3,
    }
    assert storable_inputs(asked, {"missing": 2, "late": 0}) == {"missing": 2, "late": 0}
    assert storable_inputs(asked, {"missing": []}) == {"missing": 0}


def test_an_input_nobody_asked_for_is_refused():
    with pytest.raises(UserError, match="本项没有“minute”这一填写项，应填：minutes、explained"):
        storable_inputs(rule(TIERS).inputs, {"minute": 5})


def finding(**fields):
    return {"type": "deduct", "findings": [{"key": "a", "label": "甲"} | fields]}


def tiers(*bounds):
    return TIERS | {"tiers": [{"text": "档", "deduct": 1} | bound for bound in bounds]}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({"type": "guess"}, "字段“type”只能取：deduct、tiers、yes_no、ratio、share、grade"),
        ({}, "缺少字段“type”"),
        (DEDUCT | {"manual": 1}, "字段“manual”应为true"),
        (DEDUCT | {"findings": {}}, "字段“findings”应为列表"),
        (DEDUCT | {"findings": DEDUCT["findings"] * 2}, "同一规则中有两个填写项的“key”相同"),
        (finding(), "缺少字段“takes_all”"),
        (finding(each="x"), "字段“each”应为十进制数"),
        (finding(each=1, fixed=2), "字段“fixed”无法识别"),
        (finding(each=1, parts=["甲", "甲"]), "字段“parts”应为互不相同的文字列表"),
        (finding(each=1, parts=["甲", 2]), "字段“parts”应为互不相同的文字列表"),
        (finding(each=1, at_most=0), "字段“at_most”不得小于1"),
        (finding(key="Ä", each=1), "字段“key”应由小写字母和下划线组成"),
        (tiers({}, {}), "除最后一档外，每一档都应有界限"),
        (tiers({"below": 1}, {"below": 2}), "除最后一档外，每一档都应有界限"),
        (tiers({"below": 1, "over": 0}, {}), "一档只能有一个界限"),
        (tiers({"below": 1, "excuse": {}}, {}), "缺少字段“key”"),
        (TIERS | {"measure": VALUE | {"formula": "guess"}}, "字段“formula”只能取：value、percent"),
        (TIERS | {"measure": VALUE | {"formula": "percent"}}, "公式“percent”的填写项数目不对"),
        (TIERS | {"measure": RATE | {"formula": "value"}}, "公式“value”的填写项数目不对"),
        (SHARE | {"done": {"key": "a", "label": "甲", "kind": "flag"}}, "字段“kind”只能取：decimal、integer"),
        (RATIO | {"per": 0}, "字段“per”应大于0"),
        (RATIO | {"part_step": "half"}, "字段“part_step”只能取"),
        (GRADE | {"grades": GRADE["grades"] * 2}, "同一规则中有两个等级的名称相同"),
        (GRADE | {"subjects": SUBJECTS["subjects"]}, "最高等级的得分合计应等于本项分值"),
    ],
)
def test_a_rule_that_is_not_well_formed_is_refused(value, sentence):
    with pytest.raises(UserError) as refused:
        rule(value)

    assert sentence in refused.value.problem


def test_every_sign_of_a_bound_holds_where_it_says():
    signs = {"at_most": (4, 5), "below": (4,), "at_least": (5, 6), "over": (6,)}
    for sign, held in signs.items():
        value = tiers({sign: 5, "deduct": 0}, {})

        deductions = [rule(value).deduction({"minutes": minutes}) for minutes in (4, 5, 6)]

        assert deductions == [0 if minutes in held else 1 for minutes in (4, 5, 6)]
