import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.checklist import read_checklist
from desktop.domain.checklist_problems import checklist_problems, total_points
from desktop.errors import UserError

SHIPPED = sorted((Path(__file__).parents[2] / "resources" / "checklists").glob("*.json"))


def item(**changes):
    rule = {
        "type": "deduct",
        "manual": True,
        "findings": [{"key": "gaps", "label": "空岗", "unit": "处", "each": "2"}],
    }
    value = {
        "no": 1,
        "title": "在岗",
        "points": 100,
        "criteria": "每发现1处扣2分",
        "method": "看现场",
        "veto": False,
        "veto_text": "",
        "allow_na": False,
        "evidence_min": 0,
        "photo_on_fail": False,
        "rule": rule,
    }
    return value | changes


def checklist(*items, **changes):
    value = {
        "code": "ZWDT-2026-V9",
        "version": "2026-V9",
        "name": "大厅",
        "mode": "暗访",
        "object": "大厅",
        "category": "营商环境",
        "note": "",
        "items": list(items) or [item()],
    }
    return value | changes


def found(value):
    return [(problem.field, problem.item) for problem in checklist_problems(value)]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_checklists_have_no_problems(path):
    assert checklist_problems(json.loads(path.read_text(encoding="utf-8"))) == ()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"object": ""}, "object"),
        ({"note": "长" * 2001}, "note"),
        ({"items": []}, "items"),
        ({"items": [item()] * 101}, "items"),
        ({"items": [item(points=99)]}, "items"),
        ({"code": "x"}, "code"),
    ],
)
def test_what_is_wrong_with_the_whole_is_said_once(changes, field):
    assert (field, 0) in found(checklist(**changes))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"criteria": " "}, "criteria"),
        ({"method": "长" * 2001}, "method"),
        ({"veto": True}, "veto_text"),
        ({"veto_text": "长" * 2001}, "veto_text"),
        ({"evidence_min": "两"}, "evidence_min"),
        ({"evidence_min": -1}, "evidence_min"),
        ({"evidence_min": "1.5"}, "evidence_min"),
        ({"points": "x"}, "points"),
        ({"points": 0}, "points"),
        ({"points": "99.95"}, "points"),
    ],
)
def test_what_is_wrong_with_an_item_is_said_at_its_field(changes, field):
    assert (field, 1) in found(checklist(item(**changes)))


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ({"type": "deduct", "findings": []}, "还没有内容"),
        ({"type": "deduct", "findings": [{"key": "a", "label": " ", "each": "2"}]}, "没有填写名称"),
        ({"type": "deduct", "findings": [{"key": "a", "label": "空岗", "each": "两分"}]}, "“两分”处须填数值"),
        ({"type": "yes_no", "key": "a", "label": "公示", "no": "-1"}, "no"),
        (
            {
                "type": "grade",
                "subjects": [{"key": "a", "label": "环境"}],
                "grades": [{"text": "好", "score": "9"}],
            },
            "分值",
        ),
    ],
)
def test_a_rule_that_does_not_work_is_told_in_plain_words(rule, text):
    (problem,) = checklist_problems(checklist(item(rule=rule)))

    assert (problem.field, problem.item) == ("rule", 1)
    assert text in problem.text


def test_the_points_that_are_numbers_are_added_exactly():
    assert total_points([item(points="0.1")] * 3 + [item(points="x")]) * 10 == 3


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "title": st.text(max_size=5),
                "points": st.one_of(st.integers(-5, 120), st.text(max_size=4), st.just("50")),
                "veto": st.booleans(),
                "evidence_min": st.one_of(st.integers(-1, 3), st.text(max_size=2)),
            },
        ),
        max_size=4,
    )
)
def test_a_checklist_without_problems_is_one_that_can_be_read(changes):
    items = [item(no=number, **each) for number, each in enumerate(changes, start=1)]
    value = checklist(*items, items=items)

    if checklist_problems(value):
        return
    assert sum(each.points for each in read_checklist(value).items) == Decimal(100)


def test_what_only_the_reader_knows_is_told_too():
    value = checklist(item(unknown=1))

    with pytest.raises(UserError):
        read_checklist(value)
    assert found(value) == [("code", 0)]
