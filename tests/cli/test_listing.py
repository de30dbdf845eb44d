"""``mingcha list``: ids and names."""

import re
from datetime import UTC, datetime

import pytest

from desktop.cli.list_words import cell_text, head_text
from desktop.i18n import use_language
from desktop.services.records.list_records import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_listed(mingcha, city, kind):
    listed = mingcha.json("list", city.office, kind)

    assert listed["kind"] == kind
    assert all(list(row) == list(KINDS[kind][0]) for row in listed["rows"])


def test_a_person_gets_columns_headed_in_the_words_of_the_office(mingcha, city):
    head, first, _second = mingcha("list", city.office, "units").out.splitlines()

    assert head.split() == ["记录号", "名称", "简称", "类别", "统一社会信用代码"]
    assert first.split()[1:] == ["澄湖区人民政府", "澄湖区", "县区", "11997102071000016E"]
    # Three Chinese characters take six cells.
    assert head.index("名称") + 3 == first.index("澄湖区人民政府")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_column_has_a_head_of_its_own_in_both_languages(kind, language):
    use_language(language)
    columns = KINDS[kind][0]

    heads = [head_text(kind, column) for column in columns]

    assert len(set(heads)) == len(columns)
    assert language == "en" or not any(re.search("[A-Za-z]", head) for head in heads)


def test_units_people_and_nodes_are_shown_by_their_names(mingcha, city):
    imported = mingcha.bring(city, city.anna, city.visits[0])

    line = next(
        line
        for line in mingcha("list", city.office, "packages").out.splitlines()
        if line.startswith(imported)
    )

    assert "  收入  成果包  " in line
    assert "  已合并  " in line
    assert mingcha.json("list", city.office, "packages")["rows"][-1]["sender"] not in line


def test_codes_of_the_log_are_words_and_unknown_ones_stay():
    assert cell_text("event", "write", {}) == "写入记录"
    assert cell_text("state", "from-tomorrow", {}) == "from-tomorrow"
    assert cell_text("sender", "5eed", {}) == "5eed"
    assert head_text("units", "colour") == "colour"


def test_the_help_says_what_the_kinds_are(mingcha):
    assert "units（单位）" in mingcha("list", "--help").out.replace("\n          ", "")
    assert "units, groups" in mingcha("list", "--help", "--lang", "en").out


def test_a_kind_without_records_has_only_its_head(mingcha, city):
    assert mingcha("list", city.office, "evidence").out.startswith("记录号  名称  ")
    assert mingcha.json("list", city.office, "evidence")["rows"] == []


def test_a_person_reads_yes_and_no_and_times_of_this_computer():
    assert [cell_text("signed", value, {}) for value in (0, 2)] == ["否", "是"]
    here = datetime(2026, 11, 20, 1, 30, tzinfo=UTC).astimezone().strftime("%Y-%m-%d %H:%M")
    assert cell_text("started_at", "2026-11-20T09:30:00+08:00", {}) == here
    assert [cell_text("started_at", value, {}) for value in ("", None)] == ["", ""]
