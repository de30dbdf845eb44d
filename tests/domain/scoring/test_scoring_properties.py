"""Rules that hold for every method: bounds, direction, and no binary fraction anywhere."""

import ast
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.scoring.methods import METHODS, calculate

DOMAIN = Path(__file__).resolve().parents[3] / "desktop" / "domain"
EXACT_MODULES = [
    *sorted((DOMAIN / "scoring").glob("*.py")),
    *(
        DOMAIN / f"{name}.py"
        for name in ("points", "rule_set", "rules", "measured_rules", "visit_score", "ranking")
    ),
]

WEIGHT = st.integers(0, 200)
FIGURE = st.decimals(min_value=-200, max_value=400, places=2)
POSITIVE = st.decimals(min_value="0.01", max_value=400, places=2)
RATE = st.decimals(min_value=0, max_value=5, places=2)
SCORE = st.decimals(min_value=0, max_value=100, places=2)

# (method, its parameters without A, whether more is better, the highest score): W and T come from the test.
RISING = {
    "S01": ({}, lambda w: w),
    "S02": ({"k": "0.3", "cap": 2}, lambda w: w + 2),
    "S03": ({"k_plus": 1, "k_minus": 1, "step": "floor"}, lambda w: 2 * w),
    "S04": ({"per": 2, "limit": 15}, lambda w: w + 15),
    "S05": ({}, lambda w: w + 10),
    "S08": ({"direction": "at_least"}, lambda w: w),
}
FALLING = {
    "S06": ({"k": "0.5"}, lambda w: w),
    "S08": ({"direction": "at_most"}, lambda w: w),
}


@pytest.mark.parametrize("code", RISING)
@given(weight=WEIGHT, target=POSITIVE, figures=st.tuples(FIGURE, FIGURE).map(sorted))
def test_more_is_never_worse_and_the_score_keeps_its_bounds(code, weight, target, figures):
    others, highest = RISING[code]

    worse, better = (calculate(code, {"W": weight, "T": target, "A": a} | others) for a in figures)

    assert 0 <= worse.score <= better.score <= highest(weight)


@pytest.mark.parametrize("code", FALLING)
@given(weight=WEIGHT, target=POSITIVE, figures=st.tuples(FIGURE, FIGURE).map(sorted))
def test_less_is_never_worse_where_less_is_better(code, weight, target, figures):
    others, highest = FALLING[code]

    better, worse = (calculate(code, {"W": weight, "T": target, "A": a} | others) for a in figures)

    assert 0 <= worse.score <= better.score <= highest(weight)


@given(weight=WEIGHT, target=POSITIVE, figures=st.tuples(POSITIVE, POSITIVE).map(sorted))
def test_reverse_ratio_falls_with_the_figure(weight, target, figures):
    better, worse = (calculate("S07", {"W": weight, "T": target, "A": a}) for a in figures)

    assert 0 <= worse.score <= better.score <= weight


@given(weight=WEIGHT, average=FIGURE, figures=st.tuples(FIGURE, FIGURE).map(sorted), each=RATE, cap=RATE)
def test_benchmark_rises_with_the_figure_up_to_its_cap(weight, average, figures, each, cap):
    params = {"W": weight, "avg": average, "k_plus": each, "k_minus": each, "cap": cap}

    worse, better = (calculate("S10", params | {"A": a}) for a in figures)

    assert 0 <= worse.score <= better.score <= weight + cap


@given(weight=WEIGHT, group=st.lists(FIGURE, min_size=1, max_size=9), is_reverse=st.booleans())
def test_efficacy_lies_between_its_floor_and_the_weight(weight, group, is_reverse):
    params = {"W": weight, "A": group, "reverse": is_reverse}

    scores = [calculate("S12", params | {"index": index}).exact for index in range(len(group))]

    assert max(scores) == weight
    assert all(Decimal("0.6") * weight <= score <= weight for score in scores)
    in_order = sorted(range(len(group)), key=lambda index: group[index], reverse=is_reverse)
    assert [scores[index] for index in in_order] == sorted(scores)


@given(weight=WEIGHT, group=st.lists(st.tuples(POSITIVE, FIGURE), min_size=1, max_size=9), data=st.data())
def test_increment_and_growth_lie_between_zero_and_the_weight(weight, group, data):
    index = data.draw(st.integers(0, len(group) - 1))
    bases, actuals = zip(*group, strict=True)

    result = calculate("S11", {"W": weight, "B": bases, "A": actuals, "index": index})

    assert 0 <= result.score <= weight


@given(
    weight=WEIGHT, group=st.lists(FIGURE, min_size=1, max_size=9), mode=st.sampled_from(["percent", "linear"])
)
def test_a_better_place_never_has_fewer_points(weight, group, mode):
    params = {"W": weight, "A": group, "mode": mode, "step": 20}

    scores = [calculate("S13", params | {"index": index}).score for index in range(len(group))]

    assert all(0 <= score <= weight for score in scores)
    in_order = sorted(range(len(group)), key=lambda index: group[index])
    assert [scores[index] for index in in_order] == sorted(scores)


@given(ratings=st.lists(SCORE, min_size=1, max_size=12))
def test_trimmed_mean_lies_between_the_extremes(ratings):
    assert min(ratings) <= calculate("S15", {"A": ratings}).exact <= max(ratings)


@given(
    points=st.lists(st.integers(1, 40), min_size=6, max_size=20).filter(lambda points: sum(points) >= 60),
    data=st.data(),
)
def test_checklist_score_is_a_percentage_and_falls_with_each_deduction(points, data):
    deducted = [data.draw(st.integers(0, 50)) for _ in points]
    item = data.draw(st.integers(0, len(points) - 1))
    more = [*deducted[:item], deducted[item] + 1, *deducted[item + 1 :]]

    before = calculate("S16", {"points": points, "deducted": deducted}).score
    after = calculate("S16", {"points": points, "deducted": more}).score

    assert 0 <= after <= before <= 100


@given(open_scores=st.lists(SCORE, max_size=5), covert_scores=st.lists(SCORE, min_size=1, max_size=5))
def test_open_and_covert_lie_between_the_extremes(open_scores, covert_scores):
    every = open_scores + covert_scores
    params = {"open": open_scores, "covert": covert_scores, "weights": ["0.4", "0.6"]}

    assert min(every) <= calculate("S17", params).exact <= max(every)


@given(base=SCORE, plus=st.lists(RATE, max_size=9), minus=st.lists(RATE, max_size=9), cap=RATE)
def test_bonus_is_never_more_than_its_cap(base, plus, minus, cap):
    score = calculate("S19", {"base": base, "plus": plus, "minus": minus, "cap": cap}).score

    assert 0 <= score <= base + cap


@given(votes=st.lists(st.integers(0, 500), min_size=4, max_size=4).filter(any), weight=WEIGHT)
def test_poll_lies_between_zero_and_the_weight(votes, weight):
    names = ("满意", "基本满意", "一般", "不满意")
    values = dict(zip(names, (100, 80, 60, 0), strict=True))

    result = calculate("S21", {"W": weight, "votes": dict(zip(names, votes, strict=True)), "values": values})

    assert 0 <= result.score <= weight


@pytest.mark.parametrize("path", EXACT_MODULES, ids=lambda path: path.stem)
def test_no_module_of_scores_knows_binary_fractions(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), node.lineno
        assert not (isinstance(node, ast.Name) and node.id == "float"), node.lineno


def test_each_method_has_a_module_of_its_code():
    modules = {path.stem[:3].upper() for path in (DOMAIN / "scoring").glob("s[0-9]*.py")}

    assert modules == METHODS.keys() | {"S24", "S26"}
