import json

import pytest

from desktop.datafiles import RESOURCES
from desktop.domain.lengths import (
    LONGEST_ENTRY,
    LONGEST_LINE,
    LONGEST_NAME,
    LONGEST_TEXT,
    TooLongError,
    check_length,
)

NAMED_IN_FILES = ("visit", "mission", "unit", "site", "checklist", "at", "taken_at", "path")
"""What names another record, a moment or a file: of its own form, not measured by these limits."""
LENGTHS = {
    "visit": {
        "site.name": LONGEST_NAME,
        "site.kind": LONGEST_ENTRY,
        "site.address": LONGEST_ENTRY,
        "site.contact": LONGEST_ENTRY,
        "accompany": LONGEST_LINE,
        "unit_rep": LONGEST_LINE,
        "unit_rep_phone": LONGEST_LINE,
        "leader": LONGEST_NAME,
        "team": LONGEST_NAME,
        "witness": LONGEST_NAME,
        "conclusion": LONGEST_TEXT,
        "refused_reason": LONGEST_TEXT,
        "remark": LONGEST_TEXT,
        "answers.facts": LONGEST_TEXT,
        "observations.place": LONGEST_LINE,
        "observations.fact": LONGEST_TEXT,
        "observations.person": LONGEST_LINE,
        "evidence.caption": LONGEST_LINE,
        "evidence.place": LONGEST_LINE,
        "evidence.taken_by": LONGEST_LINE,
        "evidence.proves": LONGEST_TEXT,
    },
    "mission": {
        "title": LONGEST_LINE,
        "no": LONGEST_LINE,
        "cover_name": LONGEST_LINE,
        "leader": LONGEST_NAME,
        "team": LONGEST_NAME,
        "route": LONGEST_TEXT,
    },
    "checklist": dict.fromkeys(
        (
            *("name", "mode", "object", "category", "note"),
            *("items.title", "items.criteria", "items.method", "items.veto_text"),
        ),
        LONGEST_ENTRY,
    ),
}


def lengths_in(schema, path=()):
    if "maxLength" in schema and path[-1] not in NAMED_IN_FILES:
        yield ".".join(path), schema["maxLength"]
    for name, inner in schema.get("properties", {}).items():
        yield from lengths_in(inner, (*path, name))
    for inner in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from lengths_in(inner, path)


@pytest.mark.parametrize("name", LENGTHS)
def test_schemas_of_files_allow_as_much_as_everything_else(name):
    schema = json.loads((RESOURCES / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))

    assert dict(lengths_in(schema)) == LENGTHS[name]


def test_a_text_is_refused_from_the_first_character_too_many():
    check_length("姓名", "张" * LONGEST_NAME, LONGEST_NAME)

    with pytest.raises(TooLongError, match="“姓名”有 121 个字，最多 120 个字"):
        check_length("姓名", "张" * (LONGEST_NAME + 1), LONGEST_NAME)
