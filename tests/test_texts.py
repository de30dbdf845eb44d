"""Both languages say the same: every text has its Chinese, nothing is left over, and the Chinese reads as Chinese."""

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from desktop.i18n import _, use_language

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale" / "zh"
CATALOGUES = sorted(LOCALE.glob("*.json"))

# What a Chinese clerk also writes in Latin letters: formats, media, programs, values, and keys of a keyboard.
LATIN_WORDS = re.compile(
    "A3|A4|CD|DVD|EXIF|FAT32|GB|GPS|HEIC|IMEI|JPEG|JSON|KB|MB|PDF|PNG|SHA-256|USB|UTF-8|UUID|ZIP"
    "|Excel|Mingcha|SQLite|WPS|age|mcp|mingcha|xls|xlsx|true|false|Ctrl|Enter|Esc|F12|Tab"
)
# What a clerk types: an option with its value, an environment variable, a command, a quoted name of a field, a file;
# and a letter that stands for itself.
TYPED = re.compile(
    r"--[a-z][a-z-]*(?:[ =][A-Za-z]+)*"
    r"|\bMINGCHA_[A-Z_]+\b"
    r"|\bmingcha(?: (?:[a-z]+|[A-Z]+|工作库))+"
    r"|“[A-Za-z_][\w .-]*”"
    r"|\b[A-Za-z_-]+\.(?:json|db|xlsx|pdf|mcp)\b"
    r"|\b[A-Za-z]\b",
    re.ASCII,  # so that a Latin letter beside a Chinese character begins a word
)
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
CHINESE = r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef“”]"
# Half-width signs beside a Chinese character, and straight quotes anywhere. A full stop between digits is no sign.
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:!?.()](?!\w)|[,;:!?()](?={CHINESE})|[\"']")


def is_translated(call):
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"


@cache
def nodes_of_desktop():
    """Every node of the code that has a place, as (place, node)."""
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node)
        for path in sorted((ROOT / "desktop").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if hasattr(node, "lineno")
    ]


CHINESE_BY_DEFINITION = ("desktop/services/records/visit_text.py", "desktop/gui/checklists/rule_parts.py")
"""The text that is signed, and the parts of a checklist as its rule is typed."""


def test_lists_are_joined_in_the_language_of_the_window():
    fixed = [
        place
        for place, node in nodes_of_desktop()
        if isinstance(node, ast.Attribute)
        and node.attr == "join"
        and isinstance(node.value, ast.Constant)
        and node.value.value in ("、", "；")
    ]

    assert [place for place in fixed if place.partition(":")[0] not in CHINESE_BY_DEFINITION] == []


def translated_calls():
    return [(place, node) for place, node in nodes_of_desktop() if is_translated(node)]


def is_literal(call):
    return (
        len(call.args) == 1
        and not call.keywords
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    )


def texts_in_the_code():
    return {call.args[0].value: place for place, call in translated_calls() if is_literal(call)}


def pairs(path):
    """All (English, Chinese) of one catalogue, also those that stand there twice."""
    return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)


def placeholders(text):
    """Count {name}, {name:format} and {name!r} apart: both languages show a value in the same way."""
    return Counter(tuple(fields) for _literal, *fields in Formatter().parse(text) if fields[0] is not None)


def names(text):
    return [fields[0] for _literal, *fields in Formatter().parse(text) if fields[0] is not None]


def without_placeholders(text):
    return "".join(
        literal + ("○" if name is not None else "") for literal, name, _spec, _conv in Formatter().parse(text)
    )


def test_a_text_is_one_literal():
    assert [place for place, call in translated_calls() if not is_literal(call)] == []


def test_a_text_is_given_the_values_it_names():
    found = []
    for place, node in nodes_of_desktop():
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and is_translated(node.func.value)
        ):
            given = {keyword.arg for keyword in node.keywords}
            if (
                node.func.attr == "format"
                and None not in given
                and given != set(names(node.func.value.args[0].value))
            ):
                found.append(place)

    assert found == []


def holds_words(argument):
    """Whether an argument is text of its own: a literal, or an f-string with letters between its values."""
    literals = argument.values if isinstance(argument, ast.JoinedStr) else [argument]
    texts = [literal.value for literal in literals if isinstance(literal, ast.Constant)]
    return any(isinstance(text, str) and re.search(r"\w", text) for text in texts)


def test_what_the_user_is_told_is_translated():
    found = [
        place
        for place, node in nodes_of_desktop()
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "UserError"
        for argument in node.args
        if holds_words(argument)
    ]

    assert found == []


def test_every_text_has_its_chinese():
    known = {english for path in CATALOGUES for english, _chinese in pairs(path)}

    assert {place: text for text, place in texts_in_the_code().items() if text not in known} == {}


def test_no_catalogue_keeps_a_text_that_is_no_longer_used():
    used = texts_in_the_code()

    assert [
        (path.name, english)
        for path in CATALOGUES
        for english, _chinese in pairs(path)
        if english not in used
    ] == []


def test_no_text_is_translated_twice():
    places = {}
    for path in CATALOGUES:
        for english, _chinese in pairs(path):
            places.setdefault(english, []).append(path.name)

    assert {english: names for english, names in places.items() if len(names) > 1} == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
class TestCatalogue:
    def test_both_languages_have_the_same_placeholders(self, path):
        differing = [
            (english, chinese)
            for english, chinese in pairs(path)
            if placeholders(english) != placeholders(chinese)
        ]

        assert differing == []

    def test_chinese_has_no_foreign_words(self, path):
        found = [
            (word, chinese)
            for _english, chinese in pairs(path)
            for word in LATIN.findall(TYPED.sub("○", without_placeholders(chinese)))
            if not LATIN_WORDS.fullmatch(word)
        ]

        assert found == []

    def test_chinese_has_chinese_punctuation(self, path):
        found = [
            chinese
            for _english, chinese in pairs(path)
            if HALF_WIDTH.search(TYPED.sub("○", without_placeholders(chinese)))
        ]

        assert found == []

    def test_nothing_is_left_empty_or_untranslated(self, path):
        same = [
            english
            for english, chinese in pairs(path)
            if not chinese.strip()
            or (chinese == english and re.search(r"[a-z]", without_placeholders(english)))
        ]

        assert same == []


def test_the_language_can_be_switched_at_any_time():
    english, chinese = pairs(CATALOGUES[0])[0]

    use_language("en")
    assert _(english) == english

    use_language("zh")
    assert _(english) == chinese


def test_a_language_that_is_not_spoken_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="fr"):
        use_language("fr")


def test_what_services_advise_can_be_done_in_the_window_too():
    """The window and the command line share these errors: none of the frequent ones sends a clerk to a terminal."""
    commands = re.compile("“mingcha (?:card|enroll|merge|new|seal)”")

    assert [place for text, place in texts_in_the_code().items() if commands.search(text)] == []
