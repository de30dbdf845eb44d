"""The language the program speaks: Chinese first, English switchable.

Texts in the code are whole English sentences inside ``_()``; the Chinese ones stand in
``resources/locale/zh/<layer>.json``, a plain object {English: Chinese}. A test compares both ways.
"""

import json
from functools import cache

from desktop.datafiles import RESOURCES

LANGUAGES = ("zh", "en")
_CHINESE_ENDS = ("。", "？", "！", "；", "）")

_language = "zh"


def use_language(language: str) -> None:
    """Switch every text produced from now on; ``language`` is one of LANGUAGES."""
    global _language
    if language not in LANGUAGES:
        raise ValueError(language)
    _language = language


def language() -> str:
    return _language


def _(text: str) -> str:
    """Return ``text`` in the language in use; a text without a translation stays English."""
    if _language == "en":
        return text
    return chinese_texts().get(text, text)


@cache
def chinese_texts() -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((RESOURCES / "locale" / "zh").glob("*.json")):
        texts.update(json.loads(path.read_text(encoding="utf-8")))
    return texts


def sentences(*texts: str) -> str:
    """Sentences one behind the other; after a Chinese full stop stands no blank. Empty ones are left out."""
    joined = ""
    for text in filter(None, texts):
        joined += text if not joined or joined.endswith(_CHINESE_ENDS) else f" {text}"
    return joined
