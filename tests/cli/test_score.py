"""``mingcha score``: a trial run, with every line of arithmetic."""

import pytest

from tests.cli.city import refusal


@pytest.fixture
def scored(mingcha, city):
    """One visit of 2026 in which 2 points were deducted."""
    mingcha.bring(city, city.anna, city.visits[0], started_at="2026-03-17T09:00")


def test_units_are_ranked(mingcha, city, scored):
    assessment = mingcha.json("score", city.office, "--year", 2026)

    (unit,) = [each for each in assessment["units"] if each["score"] is not None]
    assert (unit["name"], unit["rank"]) == ("澄湖区人民政府", 1)
    assert len(assessment["visits"]) == 1


def test_a_person_gets_a_table(mingcha, city, scored):
    head, row = mingcha("score", city.office, "--year", 2026).out.splitlines()

    assert head.split() == ["考核分组", "名次", "单位", "明查", "暗访", "总分"]
    assert row.split()[:3] == ["县区一组", "1", "澄湖区人民政府"]


def test_a_unit_is_explained_line_by_line(mingcha, city, scored):
    text = mingcha("score", city.office, "--year", 2026, "--explain", "澄湖区").out

    assert text.startswith("澄湖区人民政府")
    assert "窗口空岗" in text or "2" in text


def test_a_visit_of_another_year_does_not_count(mingcha, city, scored):
    assert mingcha.json("score", city.office, "--year", 2025)["visits"] == []


def test_the_half_year_ends_in_june(mingcha, city):
    mingcha.bring(city, city.anna, city.visits[0], started_at="2026-07-01T09:00")

    assert mingcha.json("score", city.office, "--year", 2026, "--period", "half")["visits"] == []
    assert len(mingcha.json("score", city.office, "--year", 2026)["visits"]) == 1


def test_the_ranking_is_written_as_a_spreadsheet(mingcha, city, scored):
    out = city.folder / "ranking.xlsx"

    mingcha.json("score", city.office, "--year", 2026, "--xlsx", out)

    assert out.read_bytes().startswith(b"PK")


def test_a_unit_that_does_not_exist_is_refused(mingcha, city):
    refusal(mingcha("score", city.office, "--year", 2026, "--explain", "某某区"))


def test_a_visit_without_a_beginning_is_named(mingcha, city):
    mingcha.record(city, city.anna, city.visits[0], started_at="")

    assert "1次检查未填写开始时间，不计入任何考核时段：" in mingcha("score", city.anna, "--year", "2026").out
    assert len(mingcha.json("score", city.anna, "--year", "2026")["undated"]) == 1
