"""常用语: the phrases of every office come with the program, those of a person lie encrypted in the workspace."""

import json
from collections.abc import Sequence
from functools import cache

from desktop.datafiles import RESOURCES
from desktop.domain.phrases import Phrase, checked_phrases
from desktop.services.workspace.workspace import Workspace
from desktop.storage.settings_table import read_setting, write_setting

_SETTING = "phrases"


@cache
def shipped_phrases() -> tuple[Phrase, ...]:
    rows = json.loads((RESOURCES / "phrases.json").read_text(encoding="utf-8"))
    return tuple(Phrase(row["code"], row["text"]) for row in rows)


def read_phrases(workspace: Workspace) -> tuple[Phrase, ...]:
    """The person's own phrases, then those of the program."""
    rows = read_setting(workspace.db, _SETTING)
    own = [
        Phrase(str(row["code"]), str(row["text"]), is_own=True)
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and {"code", "text"} <= row.keys()
    ]
    return (*own, *shipped_phrases())


def keep_phrases(workspace: Workspace, own: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """Put the person's own phrases in the place of those before; returns all phrases."""
    checked = checked_phrases(own)
    with workspace.db.atomic():
        write_setting(workspace.db, _SETTING, [{"code": each.code, "text": each.text} for each in checked])
    return read_phrases(workspace)
