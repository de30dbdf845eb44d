"""What the manual says is true: its commands are typed, its tables are complete, in both languages."""

import json
import re

import pytest

from desktop.cli.command_line import command_line
from desktop.datafiles import RESOURCES
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.i18n import LANGUAGES, use_language
from tests.office.manual_pages import MANUAL, page, type_commands, typed_on

PAGES = sorted(path.name for path in (MANUAL / "zh").glob("*.md"))
LINK = re.compile(r"\]\(([^)#]+)\)")


def test_both_languages_have_the_same_pages():
    assert sorted(path.name for path in (MANUAL / "en").glob("*.md")) == PAGES


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(language, name):
    folder = MANUAL / language

    assert [link for link in LINK.findall(page(language, name)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_in_the_table_of_contents(language):
    assert set(PAGES) - set(LINK.findall(page(language, "README.md"))) == {"README.md"}


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_chapters(name):
    chinese, english = (
        len(re.findall(r"^#+ ", page(language, name), re.MULTILINE)) for language in LANGUAGES
    )

    assert chinese == english


@pytest.mark.parametrize("name", ["README.md", "01-start.md", "06-protection.md"])
def test_state_secrets_are_ruled_out(name):
    assert "严禁存储、处理国家秘密" in page("zh", name)
    assert "State secrets must never be stored or processed with this program." in page("en", name)


def test_the_promises_are_those_of_the_first_page():
    readme = (MANUAL.parent.parent / "README.zh-CN.md").read_text(encoding="utf-8")
    promises = re.findall(r"^\d\. .*。$", readme, re.MULTILINE)

    assert len(promises) == 9
    assert [promise for promise in promises if promise not in page("zh", "06-protection.md")] == []


@pytest.mark.parametrize("language", LANGUAGES)
class TestCommands:
    def test_every_command_has_its_chapter(self, language):
        chapters = re.findall(r"^## (\S+)$", page(language, "03-commands.md"), re.MULTILINE)

        assert chapters == list(command_line().commands)

    def test_the_help_is_printed_as_it_is(self, language, tmp_path):
        (tmp_path / "shell").mkdir()
        typed = typed_on(page(language, "03-commands.md"))

        answers = type_commands(typed, tmp_path / "shell", language)

        assert [each.answer for each in typed] == answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_loop_can_be_typed_and_answers_as_printed(language, demo_office, tmp_path):
    folder = tmp_path / "shell"
    folder.mkdir()
    (folder / "demo-office").symlink_to(demo_office)
    typed = typed_on(page(language, "02-loop.md"))

    answers = type_commands(typed, folder, language)

    assert len(answers) == len(typed)
    assert [
        (each.command, answer)
        for each, answer in zip(typed, answers, strict=True)
        if not each.is_answered_by(answer)
    ] == []


def fields(schema, before=""):
    """Every field of a schema as the tables write it: ``site.name``, ``answers[].item``."""
    for name, value in schema.get("properties", {}).items():
        place = before + name
        yield place
        for form in [value, *value.get("anyOf", [])]:
            yield from fields(form, f"{place}.")
            yield from fields(form.get("items", {}), f"{place}[].")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_described_field_by_field(language):
    text = page(language, "04-files.md")
    described = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    schemas = [
        json.loads((RESOURCES / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for name in ("mission", "visit", "checklist")
    ]

    assert described == [place for schema in schemas for place in fields(schema)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_a_file_may_hold_is_named(language):
    text = page(language, "04-files.md")
    found = re.findall(
        r'"enum": \[([^\]]+)\]',
        "".join(
            (RESOURCES / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
            for name in ("mission", "visit", "checklist")
        ),
    )
    words = {word for choices in found for word in re.findall(r'"([^",\s]+)"', choices)}

    assert len(words) > 15
    assert [word for word in words if f"`{word}`" not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_a_refusal_is_explained_as_the_program_does(language):
    use_language(language)
    text = page(language, "08-quarantine.md")
    refused = [PackageRefusedError(reason) for reason in Refusal]

    assert [
        each.reason
        for each in refused
        if f"| `{each.reason.value}` | {each.problem} | {each.advice} |" not in text
    ] == []
