"""``mingcha formula``: one scoring method, with its arithmetic."""

import pytest

from tests.cli.city import refusal, usage_error


def test_the_score_is_a_decimal_and_never_a_float(mingcha):
    computed = mingcha.json("formula", "S01", '{"W": 10, "T": "3", "A": 2}')

    assert computed["score"] == "6.67"
    assert "6.67" in computed["explanation"]


def test_the_answer_is_json_with_and_without_asking(mingcha):
    words = ["formula", "S01", '{"W": 10, "T": 3, "A": 2}']

    assert mingcha(*words).value == mingcha.json(*words)


@pytest.mark.parametrize(
    ("code", "parameters"),
    [("S99", "{}"), ("S01", "{}"), ("S01", "[]"), ("S01", "{"), ("S01", '{"W": 1, "T": 0, "A": 1}')],
)
def test_what_cannot_be_computed_is_refused(mingcha, code, parameters):
    assert refusal(mingcha("formula", code, parameters))


def test_parameters_are_needed(mingcha):
    assert usage_error(mingcha("formula", "S01")).startswith("缺少“JSON”。")
