"""The rules of the shipped checklists do what their criteria say in words."""

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from desktop.domain.checklist import read_checklist
from desktop.domain.rules import DeductRule

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "checklists"
ITEMS = [
    (path.stem, no)
    for path in sorted(FOLDER.glob("*.json"))
    for no in range(1, len(json.loads(path.read_text(encoding="utf-8"))["items"]) + 1)
]


@cache
def checklist(code):
    path = FOLDER / f"{code}.json"
    return read_checklist(json.loads(path.read_text(encoding="utf-8")), path.name)


# (checklist, item, what the inspector enters, the deduction that the criteria state)
STATED = [
    ("ZDXM-2026-V1", 1, {"grade": "仅有场地平整"}, 6),
    ("ZDXM-2026-V1", 2, {"missing": ["环评", "施工许可"]}, 4),
    ("ZDXM-2026-V1", 3, {"done": "88", "planned": "100"}, 6),
    ("ZDXM-2026-V1", 3, {"done": "120", "planned": "100"}, 0),
    ("ZDXM-2026-V1", 3, {"done": "60", "planned": "100"}, 15),
    ("ZDXM-2026-V1", 4, {"days_late": "0"}, 0),
    ("ZDXM-2026-V1", 4, {"days_late": "15"}, 3),
    ("ZDXM-2026-V1", 4, {"days_late": "16"}, 6),
    ("ZDXM-2026-V1", 4, {"days_late": "30"}, 6),
    ("ZDXM-2026-V1", 4, {"days_late": "31"}, 10),
    ("ZDXM-2026-V1", 4, {"days_late": "60"}, 10),
    ("ZDXM-2026-V1", 4, {"days_late": "61"}, 15),
    ("ZDXM-2026-V1", 5, {"present": 8, "listed": 10}, 0),
    ("ZDXM-2026-V1", 5, {"present": 7, "listed": 10}, 3),
    ("ZDXM-2026-V1", 5, {"present": 6, "listed": 10}, 3),
    ("ZDXM-2026-V1", 5, {"present": 5, "listed": 10}, 8),
    ("ZDXM-2026-V1", 7, {"hazards": 2}, 4),
    ("ZDXM-2026-V1", 7, {"hazards": 1, "major_hazard": True}, 10),
    ("ZDXM-2026-V1", 8, {"missing": 6}, 6),
    ("ZDXM-2026-V1", 11, {"missing": ["专户"], "unpaid": False}, 1),
    ("ZDXM-2026-V1", 11, {"unpaid": True}, 4),
    ("ZDXM-2026-V1", 12, {"ledger": 105, "report": 100, "verified": 100}, 0),
    ("ZDXM-2026-V1", 12, {"ledger": 100, "report": 92, "verified": 100}, 2),
    ("ZDXM-2026-V1", 12, {"ledger": 100, "report": 111, "verified": 100}, 4),
    ("ZSYZ-2026-V1", 1, {"missing": 4}, 15),
    ("ZSYZ-2026-V1", 2, {"grade": "仅核名"}, 6),
    ("ZSYZ-2026-V1", 3, {"verified": 90, "declared": 100}, 4),
    ("ZSYZ-2026-V1", 5, {"months": "6"}, 0),
    ("ZSYZ-2026-V1", 5, {"months": "12"}, 5),
    ("ZSYZ-2026-V1", 5, {"months": "13"}, 10),
    ("ZSYZ-2026-V1", 6, {"months_late": "3"}, 4),
    ("ZSYZ-2026-V1", 6, {"months_late": "4"}, 8),
    ("ZSYZ-2026-V1", 9, {"grade": "无记录"}, 2),
    ("ZSYZ-2026-V1", 10, {"grade": "基本满意"}, 2),
    ("HBYC-2026-V1", 5, {"sprayed": False}, 6),
    ("HBYC-2026-V1", 7, {"grade": "离线＞24小时"}, 4),
    ("HBYC-2026-V1", 8, {"measures": 2}, 8),
    ("HBYC-2026-V1", 9, {"grade": "故障未报告"}, 6),
    ("HBYC-2026-V1", 9, {"grade": "停运"}, 14),
    ("HBYC-2026-V1", 13, {"missing": 2, "forged": True}, 6),
    ("AQSC-2026-V1", 2, {"short": 2}, 4),
    ("AQSC-2026-V1", 3, {"failed": 5}, 8),
    ("AQSC-2026-V1", 5, {"grade": "发现已挂牌且按方案整改"}, 5),
    ("AQSC-2026-V1", 9, {"overdue": 1}, 3),
    ("AQSC-2026-V1", 12, {"sham": True}, 5),
    ("ZWDT-2026-V1", 1, {"empty": 2}, 4),
    ("ZWDT-2026-V1", 1, {"opened_late": True}, 12),
    ("ZWDT-2026-V1", 4, {"rude": 1, "passed_on": True}, 8),
    ("ZWDT-2026-V1", 8, {"minutes": "15"}, 0),
    ("ZWDT-2026-V1", 8, {"minutes": "30"}, 3),
    ("ZWDT-2026-V1", 8, {"minutes": "60"}, 6),
    ("ZWDT-2026-V1", 8, {"minutes": "60.5"}, 8),
    ("ZWDT-2026-V1", 10, {"agent": True}, 3),
    ("ZWDT-2026-V1", 14, {"dirty": True}, 1),
    ("ZWDT-2026-V1", 14, {"touts": True}, 2),
    ("JGZF-2026-V1", 1, {"absent": 6}, 15),
    ("JGZF-2026-V1", 3, {"unanswered": True}, 10),
    ("JGZF-2026-V1", 4, {"refused": True, "late": 1}, 10),
    ("JGZF-2026-V1", 5, {"found": ["脸难看", "事难办"]}, 10),
    ("JGZF-2026-V1", 7, {"clean": False}, 10),
    ("JGZF-2026-V1", 9, {"missing": ["去向牌"], "untidy": True}, 3),
    ("JGZF-2026-V1", 10, {"satisfied": 16, "asked": 20}, 2),
    ("MSSS-2026-V1", 1, {"differences": 2}, 8),
    ("MSSS-2026-V1", 2, {"actual": "65", "planned": "75"}, 6),
    ("MSSS-2026-V1", 4, {"received": "80", "paid": "55", "planned": "75"}, 4),
    ("MSSS-2026-V1", 5, {"missing": ["监督电话"]}, Decimal("1.5")),
    ("MSSS-2026-V1", 6, {"aware": 14, "asked": 20}, 2),
    ("MSSS-2026-V1", 7, {"satisfied": 44, "asked": 50}, 1),
    ("MSSS-2026-V1", 8, {"grade": "已投用但无管护"}, 4),
    ("MSSS-2026-V1", 10, {"broken": 2}, 3),
    ("XCZX-2026-V1", 1, {"households": 4}, 12),
    ("XCZX-2026-V1", 3, {"places": 1, "idle": True}, 6),
    ("XCZX-2026-V1", 7, {"grade": "停摆"}, 10),
    ("XCZX-2026-V1", 11, {"unchecked": True}, 3),
    ("XCZX-2026-V1", 11, {"inhabited": True}, 6),
    ("XCZX-2026-V1", 13, {"satisfied": 9, "asked": 10}, 0),
    ("YSHJ-2026-V1", 1, {"extra": 1}, 4),
    ("YSHJ-2026-V1", 2, {"late": 2, "extra_trips": 1}, 7),
    ("YSHJ-2026-V1", 4, {"faults": 3}, 10),
    ("YSHJ-2026-V1", 12, {"grade": "基本满意"}, 2),
    ("SJZS-2026-V1", 2, {"missing": 4}, 14),
    ("SJZS-2026-V1", 3, {"report": 103, "ledger": 100}, 0),
    ("SJZS-2026-V1", 3, {"report": 95, "ledger": 100}, 4),
    ("SJZS-2026-V1", 3, {"report": 110, "ledger": 100}, 10),
    ("SJZS-2026-V1", 3, {"report": "110.1", "ledger": 100}, 18),
    ("SJZS-2026-V1", 4, {"tax": 5, "power": 3, "reported": "12.5"}, 0),
    ("SJZS-2026-V1", 4, {"tax": 5, "power": "-3", "reported": 20}, 6),
    ("SJZS-2026-V1", 4, {"tax": 5, "power": "-13", "reported": 20}, 14),
    ("SJZS-2026-V1", 4, {"tax": 5, "power": "-13", "reported": 20, "explained": True}, 6),
    ("SJZS-2026-V1", 8, {"grade": "不知晓"}, 6),
    ("MBGL-2026-V1", 2, {"missing": 3}, 5),
    ("MBGL-2026-V1", 3, {"failed": 2}, 6),
    ("MBGL-2026-V1", 11, {"late": True, "wrong": True}, 4),
    ("MBGL-2026-V1", 12, {"minds": "A", "tracking": "B", "supervision": "C", "service": "D"}, 4),
    ("MBGL-2026-V1", 13, {"wrong": 3}, 10),
    ("MBGL-2026-V1", 14, {"done": 9, "due": 10}, Decimal("0.6")),
    ("HTKF-2026-V1", 1, {"missing": ["时限"]}, Decimal("2.5")),
    ("HTKF-2026-V1", 2, {"done": 7, "due": 10}, 6),
    ("HTKF-2026-V1", 3, {"done": 2, "due": 3}, Decimal("6.67")),
    ("HTKF-2026-V1", 4, {"grade": "基本见效"}, 6),
    ("HTKF-2026-V1", 5, {"days": 3}, Decimal("1.5")),
    ("HTKF-2026-V1", 5, {"days": 30}, 10),
    ("HTKF-2026-V1", 6, {"missing": 3}, 8),
]


@pytest.mark.parametrize(("code", "no", "inputs", "deduct"), STATED)
def test_rule_gives_the_stated_deduction(code, no, inputs, deduct):
    assert checklist(code).item(no).rule.deduction(inputs) == deduct


def test_every_checklist_has_stated_figures():
    assert {code for code, *_rest in STATED} == {code for code, _no in ITEMS}


def figures_of(rule, points):
    """Every figure the rule in a file deducts (or leaves) that is neither nothing nor all of it."""
    for finding in rule.get("findings", []):
        yield from (finding[name] for name in ("each", "fixed") if name in finding)
    for tier in rule.get("tiers", []):
        yield from (inner["deduct"] for inner in (tier, tier.get("excuse")) if inner)
    for grade in rule.get("grades", []):
        yield str(Decimal(grade["score"]) if len(rule["subjects"]) > 1 else points - Decimal(grade["score"]))
    yield from (rule[name] for name in ("each", "per", "no") if name in rule)


@pytest.mark.parametrize(("code", "no"), ITEMS)
def test_no_rule_deducts_a_figure_that_its_criteria_do_not_state(code, no):
    item = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))["items"][no - 1]
    points = Decimal(item["points"])
    stated = {Decimal(figure) for figure in re.findall(r"\d+(?:\.\d+)?", item["criteria"])}
    stated |= {points - figure for figure in stated}
    if re.search("不得分|0分", item["criteria"]):
        stated.add(points)

    for figure in figures_of(item["rule"], points):
        assert Decimal(figure) in stated | {Decimal(0)}, figure


@pytest.mark.parametrize(("code", "no"), ITEMS)
def test_all_points_are_lost_at_once_only_where_the_criteria_say_so(code, no):
    item = checklist(code).item(no)
    if isinstance(item.rule, DeductRule):
        takes_all = any(finding.takes_all for finding in item.rule.findings)

        assert takes_all == ("不得分" in item.criteria), item.criteria


@pytest.mark.parametrize(("code", "no"), ITEMS)
def test_nothing_found_is_the_full_score(code, no):
    item = checklist(code).item(no)
    if isinstance(item.rule, DeductRule):
        first = item.rule.inputs[0]

        assert item.rule.deduction({first.key: 0 if item.rule.findings[0].each else False}) == 0
