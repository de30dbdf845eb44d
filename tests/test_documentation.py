"""What the first pages say is true of this checkout."""

import re
from pathlib import Path

import pytest

from tests.torture_table import FAULTS

ROOT = Path(__file__).resolve().parent.parent
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted(DECISIONS.glob("[0-9]*.md"))
HOW_TO_ADD = ROOT / "docs" / "how-to-add.md"
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]

MOST_LINES_OF_A_DECISION = 30


def code_in(path):
    return re.findall(r"`([^`\n]+)`", path.read_text(encoding="utf-8"))


def title_of(page):
    return page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_every_file_to_read_on_exists(readme):
    named = [
        text
        for text in code_in(readme)
        if re.fullmatch(r"(?:docs|tests|packaging)/[\w./-]+|[A-Z]+\.md", text)
    ]

    assert named
    assert [text for text in named if not (ROOT / text).exists()] == []


def test_every_file_to_touch_for_something_new_exists():
    named = [
        text
        for text in code_in(HOW_TO_ADD)
        if re.fullmatch(r"(?:desktop|docs|resources|tests)/[\w./-]+|\w+\.(?:sql|toml)", text)
    ]

    assert len(named) > 50
    assert [text for text in named if not (ROOT / text).exists()] == []


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("tests/domain/test_shipped_rules.py", "STATED"),
        ("desktop/services/printing/print_form.py", "_GATHER"),
        ("desktop/storage/database.py", "SCHEMA_VERSION"),
        ("desktop/storage/migrations.py", "MIGRATIONS"),
        ("desktop/domain/registry.py", "class RecordType"),
        ("desktop/domain/registry.py", "remark"),
        ("desktop/exchange/refusal.py", "class Refusal"),
        ("desktop/cli/options.py", "workspace_command"),
        ("desktop/gui/setup/section.py", "class Section"),
        ("desktop/gui/page.py", "class Page"),
    ],
)
def test_every_name_to_look_for_stands_where_the_page_says(file, name):
    assert name.removeprefix("class ") in " ".join(code_in(HOW_TO_ADD))
    assert name in (ROOT / file).read_text(encoding="utf-8")


def test_every_step_for_something_new_has_an_example_or_a_list():
    chapters = HOW_TO_ADD.read_text(encoding="utf-8").split("\n## ")[2:]

    assert len(chapters) >= 9
    assert [chapter.splitlines()[0] for chapter in chapters if "`" not in chapter] == []


def test_both_languages_name_the_same_commands_and_files():
    english, chinese = (set(code_in(readme)) for readme in READMES)

    assert english ^ chinese == set()


def test_every_make_command_named_exists():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = {
        name
        for readme in READMES
        for name in re.findall(r"\bmake ([a-z]+)", readme.read_text(encoding="utf-8"))
    }

    assert named <= set(targets)


def test_every_decision_has_a_number_of_its_own():
    numbers = [page.name[:4] for page in PAGES]

    assert len(numbers) == len(set(numbers))
    assert [page.name for page in PAGES if not title_of(page).startswith(page.name[:4] + " ")] == []


def test_every_decision_is_in_the_index():
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in PAGES if f"[{title_of(page)}]({page.name})" not in index] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name[:4])
def test_a_decision_is_one_short_page(page):
    text = page.read_text(encoding="utf-8")

    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Context",
        "## Decision",
        "## Consequences",
    ]
    assert len(text.splitlines()) <= MOST_LINES_OF_A_DECISION


@pytest.mark.parametrize("named", [test for tests in FAULTS.values() for test in tests])
def test_every_test_of_the_torture_table_exists(named):
    file, _, function = named.partition("::")

    assert f"def {function or 'test_'}" in (ROOT / file).read_text(encoding="utf-8")
