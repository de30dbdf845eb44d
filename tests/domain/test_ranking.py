from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.ranking import RankedVisit, Side, UnitToRank, rank_units
from desktop.domain.rule_set import RuleSet


def unit(name, group="县区一组", sort_no=0, key=None):
    return UnitToRank(name, name, group, sort_no, None if key is None else Decimal(key))


def visits(**scores):
    """``甲_open=[…]``: the scores of one unit on one side."""
    return [
        RankedVisit(name.partition("_")[0], Side(name.partition("_")[2]), Decimal(score))
        for name, values in scores.items()
        for score in values
    ]


def places(ranked):
    return [(each.unit.name, each.rank) for each in ranked]


def test_a_unit_is_scored_by_its_open_and_covert_visits():
    (ranked,) = rank_units(visits(甲_open=["90.4", "92.0"], 甲_covert=[80, 87]), [unit("甲")])

    assert (str(ranked.score), ranked.rank) == ("86.58", 1)
    assert (str(ranked.open_mean), str(ranked.covert_mean)) == ("91.20", "83.50")
    assert ranked.marks == ()
    assert "；".join(ranked.lines) == (
        "明查(90.4+92)÷2=91.2；暗访(80+87)÷2=83.5；明查91.2×0.4=36.48；暗访83.5×0.6=50.1；36.48+50.1=86.58"
    )


def test_a_missing_side_gives_its_weight_to_the_other_and_is_marked():
    without_covert, without_open = rank_units(
        visits(甲_open=[90], 乙_covert=[80]), [unit("甲", sort_no=1), unit("乙", sort_no=2)]
    )

    assert (str(without_covert.score), without_covert.marks) == ("90.00", ("缺暗访",))
    assert (str(without_open.score), without_open.marks) == ("80.00", ("缺明查",))


def test_equal_scores_share_a_place_in_official_order():
    units = [unit("丁", sort_no=40), unit("丙", sort_no=30), unit("乙", sort_no=20), unit("甲", sort_no=10)]
    scores = visits(甲_open=["88.72"], 乙_open=["90.05"], 丙_open=["90.05"], 丁_open=["92.35"])

    ranked = rank_units(scores, units)

    assert places(ranked) == [("丁", 1), ("乙", 2), ("丙", 2), ("甲", 4)]
    assert ranked[1].lines[-1] == "同分并列"


def test_key_targets_break_a_tie_first():
    units = [
        unit("甲", sort_no=1, key="90"),
        unit("乙", sort_no=2, key="95.5"),
        unit("丙", sort_no=3, key="90"),
    ]
    scores = visits(甲_open=[90], 乙_open=[90], 丙_open=[90])

    ranked = rank_units(scores, units)

    assert places(ranked) == [("乙", 1), ("甲", 2), ("丙", 2)]
    assert ranked[0].lines[-1] == "同分，按重点目标得分95.5排序"
    assert ranked[1].lines[-2:] == ("同分，按重点目标得分90排序", "同分并列")


def test_covert_visits_break_a_tie_where_key_targets_are_not_all_known():
    units = [unit("甲", sort_no=1, key="99"), unit("乙", sort_no=2)]
    scores = visits(甲_open=[96], 甲_covert=[86], 乙_open=[84], 乙_covert=[94])

    ranked = rank_units(scores, units)

    assert {str(each.score) for each in ranked} == {"90.00"}
    assert places(ranked) == [("乙", 1), ("甲", 2)]
    assert ranked[0].lines[-1] == "同分，按暗访得分94排序"


def test_a_unit_nobody_visited_covertly_neither_gains_nor_loses_by_that():
    units = [unit("甲", sort_no=1), unit("乙", sort_no=2)]

    ranked = rank_units(visits(甲_open=[90], 乙_covert=[90]), units)

    assert places(ranked) == [("甲", 1), ("乙", 1)]


def test_groups_are_ranked_apart_and_follow_the_official_order():
    units = [unit("戊", "县区二组", 50), unit("甲", "县区一组", 10), unit("己", "县区二组", 60)]

    ranked = rank_units(visits(甲_open=[60], 戊_open=[70], 己_open=[80]), units)

    assert places(ranked) == [("甲", 1), ("己", 1), ("戊", 2)]


def test_a_unit_without_a_visit_is_listed_last_and_not_ranked():
    units = [unit("甲", sort_no=1), unit("乙", sort_no=2)]

    ranked = rank_units(visits(乙_open=[10], 外单位_open=[99]), units)

    assert places(ranked) == [("乙", 1), ("甲", None)]
    assert (ranked[1].score, ranked[1].marks) == (None, ("缺明查", "缺暗访"))
    assert ranked[1].lines == ("无检查得分，不参加排名",)


def test_weights_come_from_the_rule_set():
    even = RuleSet(open_weight=Decimal("0.5"), covert_weight=Decimal("0.5"))

    (ranked,) = rank_units(visits(甲_open=[90], 甲_covert=[80]), [unit("甲")], even)

    assert str(ranked.score) == "85.00"


@pytest.mark.parametrize("weight", ["0", "1"])
def test_a_side_without_weight_does_not_count(weight):
    rule_set = RuleSet(open_weight=Decimal(weight), covert_weight=1 - Decimal(weight))

    (ranked,) = rank_units(visits(甲_open=[90], 甲_covert=[80]), [unit("甲")], rule_set)

    assert ranked.score == (90 if weight == "1" else 80)


SCORES = st.integers(60, 64).map(Decimal)
GROUPS = st.lists(
    st.tuples(st.lists(SCORES, max_size=2), st.lists(SCORES, max_size=2), st.none() | SCORES),
    max_size=8,
)


@given(GROUPS, st.randoms())
def test_places_do_not_depend_on_the_order_of_what_came(group, random):
    units = [UnitToRank(str(no), str(no), "组", no, key) for no, (_open, _covert, key) in enumerate(group)]
    made = [
        RankedVisit(str(no), side, score)
        for no, (open_scores, covert_scores, _key) in enumerate(group)
        for side, scores in ((Side.OPEN, open_scores), (Side.COVERT, covert_scores))
        for score in scores
    ]
    ranked = rank_units(made, units)

    random.shuffle(units)
    shuffled = random.sample(made, len(made))

    assert places(rank_units(shuffled, units)) == places(ranked)
    scored = [each for each in ranked if each.rank is not None]
    assert [each.score for each in scored] == sorted((each.score for each in scored), reverse=True)
    for place, each in enumerate(scored, start=1):
        assert each.rank == place or each.rank == scored[place - 2].rank
