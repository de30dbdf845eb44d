import copy
import hashlib
import json
from pathlib import Path

import pytest

from desktop.domain import canonical
from desktop.domain.checklist import read_checklist
from desktop.errors import UserError

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
FILES = sorted((RESOURCES / "checklists").glob("*.json"))
VALUE = json.loads((RESOURCES / "checklists" / "ZDXM-2026-V1.json").read_text(encoding="utf-8"))


def changed(**fields):
    return copy.deepcopy(VALUE) | fields


def with_item(no, **fields):
    value = copy.deepcopy(VALUE)
    value["items"][no - 1] |= fields
    return value


def test_twelve_checklists_ship_with_the_program():
    assert len(FILES) == 12


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_shipped_checklist_is_sound(path):
    value = json.loads(path.read_text(encoding="utf-8"))

    checklist = read_checklist(value, path.name)

    assert sum(item.points for item in checklist.items) == 100
    assert checklist.content_hash == hashlib.sha256(canonical.encode(value)).hexdigest()
    for item in checklist.items:
        assert item.allow_na == ("不适用" in item.criteria), item.title
        assert item.rule.points == item.points
        assert all(0 <= each.deduct <= item.points for each in item.rule.suggestions), item.title


def test_categories_are_those_of_the_speech_in_their_order():
    categories = json.loads((RESOURCES / "categories.json").read_text(encoding="utf-8"))

    assert "、".join(category["name"] for category in categories) == (
        "主要综合目标、工业经济、新农村建设、重点项目、县域经济、现代服务业、"
        "民营经济、招商引资、环境保护、安全生产、实事办理、营商环境（效能）"
    )
    assert [category["sort_no"] for category in categories] == list(range(10, 130, 10))


def test_items_are_found_by_their_number():
    checklist = read_checklist(VALUE)

    assert checklist.item(12).title == "数据一致性"
    assert checklist.item(12).veto_text == "虚报完成投资超过核验值20%"
    assert checklist.item(0) is None
    assert checklist.item(13) is None


def test_the_hash_changes_with_any_word():
    assert read_checklist(with_item(1, criteria="从严")).content_hash != read_checklist(VALUE).content_hash


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "此处应为带字段名的对象"),
        ([], "此处应为带字段名的对象"),
        ({}, "缺少字段“code”"),
        (changed(code=""), "字段“code”应为文字"),
        (changed(code="zdxm-2026-V1"), "编号应由字母、年份和版本组成"),
        (changed(version="2026-V2"), "编号应由字母、年份和版本组成"),
        (changed(name=5), "检查表ZDXM-2026-V1：字段“name”应为文字"),
        (changed(total=100), "字段“total”无法识别"),
        (changed(items=[]), "字段“items”应为列表"),
        (changed(items="none"), "字段“items”应为列表"),
        (changed(items=VALUE["items"] * 9), "检查项超过100项"),
        (changed(items=VALUE["items"][:11]), "各项分值合计为96分，应为100分"),
        (changed(items=VALUE["items"][::-1]), "第1项：检查项序号应从1起连续编排"),
        (changed(note="\ud800"), "检查表中含有无法保存的字符"),
        (with_item(3, points=0), "第3项：检查项分值应大于0"),
        (with_item(3, points="15.05"), "第3项：检查项分值应大于0"),
        (with_item(3, points=-1), "第3项：字段“points”不得小于0"),
        (with_item(3, points=15.0), "第3项：字段“points”应为十进制数"),
        (with_item(3, veto=True), "第3项：否决项应写明否决情形"),
        (with_item(3, veto="no"), "第3项：字段“veto”应为true"),
        (with_item(3, evidence_min="0.5"), "第3项：字段“evidence_min”应为整数"),
        (with_item(3, hint="x"), "第3项：字段“hint”无法识别"),
        (with_item(3, rule=None), "第3项：此处应为带字段名的对象"),
    ],
)
def test_what_is_wrong_is_named_with_its_item(value, sentence):
    with pytest.raises(UserError) as refused:
        read_checklist(value)

    assert sentence in refused.value.problem


def test_the_file_is_named_after_the_code():
    with pytest.raises(UserError, match="文件名与编号不一致"):
        read_checklist(VALUE, "ZDXM.json")
