"""``mingcha merge``: any order, any number of times; one bad package never stops the others."""

import shutil
from dataclasses import replace

import pytest

from desktop.services.packages.merge_packages import merge_packages
from tests.cli.city import refusal


@pytest.fixture
def packages(mingcha, city):
    """One of anna and one of bert."""
    mingcha.record(city, city.anna, city.visits[0])
    mingcha.record(city, city.bert, city.visits[1])
    return mingcha.export(city, city.anna), mingcha.export(city, city.bert)


def outcomes(answer):
    return [(each["file"], each["outcome"]) for each in answer.value["files"]]


def test_packages_are_merged(mingcha, city, packages):
    merged = mingcha("merge", city.office, *packages)

    assert (merged.status, merged.err) == (0, "")
    assert merged.out.splitlines() == [
        f"{path.name}：已合并；新增条目 4 条，文件 0 个；更新现场检查 1 项" for path in packages
    ]


def test_the_good_ones_are_merged_and_the_bad_one_is_told(mingcha, city, packages):
    anna, bert = packages
    damaged = city.file("damaged.mcp", anna.read_bytes()[:-100])

    answer = mingcha("merge", city.office, anna, damaged, bert, "--json")

    assert answer.status == 1
    assert outcomes(answer) == [
        (anna.name, "applied"),
        ("damaged.mcp", "quarantined"),
        (bert.name, "applied"),
    ]
    assert answer.err.startswith("damaged.mcp：")
    assert answer.err.endswith("文件已存入待查区，未作任何改动。\n")
    assert set(city.visits[:2]) <= set(mingcha.ids(city.office, "visits"))


def test_every_bad_one_has_its_sentence(mingcha, city, packages):
    bad = [city.file(name, content) for name, content in (("a.mcp", b""), ("b.mcp", b"x"), ("c.mcp", b"y"))]

    sentences = refusal(mingcha("merge", city.office, *bad, "--lang", "en")).splitlines()

    assert [sentence.split(":")[0] for sentence in sentences] == ["a.mcp", "b.mcp", "c.mcp"]
    assert all(
        "It is kept in the quarantine; nothing was changed by it." in sentence for sentence in sentences
    )


def test_a_file_that_is_not_there_is_not_said_to_be_kept(mingcha, city):
    sentence = refusal(mingcha("merge", city.office, city.folder / "none.mcp"))

    assert sentence.startswith("none.mcp：")
    assert "待查区" not in sentence


def test_a_dry_run_changes_nothing_and_says_what_would_be(mingcha, city, packages):
    before = mingcha.json("info", city.office)

    shown = mingcha("merge", city.office, *packages, "--dry-run")

    assert shown.out.count("可以合并；新增条目") == 2
    assert mingcha.json("info", city.office) == before


def test_a_dry_run_keeps_nothing_in_the_quarantine(mingcha, city):
    sentence = refusal(mingcha("merge", city.office, city.file("x.mcp", b"x"), "--dry-run"))

    assert "待查区" not in sentence
    assert mingcha.ids(city.office, "quarantine") == []


def test_merging_again_changes_nothing(mingcha, city, packages):
    mingcha.json("merge", city.office, *packages)
    before = mingcha.json("info", city.office)["digest"]

    again = mingcha("merge", city.office, packages[0])

    assert again.out == f"{packages[0].name}：此前已合并，无需处理\n"
    assert mingcha.json("info", city.office)["digest"] == before


def test_the_same_file_twice_in_one_command_is_merged_once(mingcha, city, packages):
    answer = mingcha("merge", city.office, packages[0], packages[0], "--json")

    assert outcomes(answer) == [(packages[0].name, "applied"), (packages[0].name, "known")]


def test_packages_that_have_not_come_are_named(mingcha, city, packages, monkeypatch):
    # Our own packages cover all before them, so that only a foreign program leaves a gap.
    def merge_with_gap(*arguments, **options):
        report = merge_packages(*arguments, **options)
        return replace(report, files=tuple(replace(each, gaps=(1, 3)) for each in report.files))

    monkeypatch.setattr("desktop.cli.merge.merge_packages", merge_with_gap)

    merged = mingcha("merge", city.office, packages[0])

    assert merged.out.endswith("；该发送方的第 1、3 号数据包尚未收到\n")


def test_a_copied_laptop_is_an_alarm_and_both_versions_are_kept(mingcha, city):
    shutil.copytree(city.anna, city.folder / "copy")
    for workspace, visit in ((city.anna, city.visits[0]), (city.folder / "copy", city.visits[2])):
        mingcha.record(city, workspace, visit)
    first, second = mingcha.export(city, city.anna), mingcha.export(city, city.folder / "copy")
    mingcha.json("merge", city.office, first)

    answer = mingcha("merge", city.office, second, "--lang", "en")

    assert answer.status == 0
    assert "warning: this computer was copied or restored, both versions are kept" in answer.out
    assert {city.visits[0], city.visits[2]} <= set(mingcha.ids(city.office, "visits"))


def test_a_package_for_somebody_else_is_refused(mingcha, city, packages):
    assert "不是加密给本设备的" in refusal(mingcha("merge", city.bert, packages[0]))


def test_names_from_a_stick_are_shown_safely(mingcha, city):
    answer = mingcha("merge", city.office, city.file("a\u202egnp.mcp", b"x"))

    assert "\u202e" not in answer.out + answer.err


def test_two_who_answer_one_item_are_in_conflict(mingcha, city):
    for workspace, deduct in ((city.anna, 2), (city.bert, 4)):
        answers = [{"item": 1, "deduct": deduct, "facts": "所见"}]
        mingcha.record(city, workspace, city.visits[2], answers=answers)
    mingcha.json("merge", city.office, mingcha.export(city, city.anna))

    second = mingcha("merge", city.office, mingcha.export(city, city.bert))

    assert "有冲突的现场检查 1 项" in second.out
