"""``mingcha review``: the office approves a veto, or decides a score."""

import pytest

from tests.cli.city import refusal


def test_a_score_is_decided(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])

    answer = mingcha("review", city.office, city.visits[0], "--leader-score", "87.5", "--remark", "组长审定")

    assert (answer.status, answer.out) == (0, "审定意见已保存。\n")


@pytest.mark.parametrize("text", ["much", "NaN", "Infinity", "87,5", ""])
def test_a_score_that_is_no_number_is_refused(mingcha, city, text):
    mingcha.bring(city, city.anna, city.visits[0])

    answer = mingcha("review", city.office, city.visits[0], "--leader-score", text)

    assert (answer.status == 1) == bool(text)


def test_a_score_out_of_range_is_refused(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])

    assert "得分须在 0 至 100 分之间" in refusal(
        mingcha("review", city.office, city.visits[0], "--leader-score", "101")
    )


def test_a_veto_that_nobody_found_is_not_approved(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0])

    assert "第 1 项" in refusal(mingcha("review", city.office, city.visits[0], "--approve-veto", 1))


def test_a_field_node_does_not_review(mingcha, city):
    assert "只能由中心复核" in refusal(mingcha("review", city.anna, city.visits[0]))
