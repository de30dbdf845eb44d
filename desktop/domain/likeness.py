"""Whether two names may mean one thing: a hint for a person who decides, never a decision."""

import unicodedata
from difflib import SequenceMatcher

_ALIKE = 0.75
_SHORTEST = 2


def are_alike(one: str, other: str) -> bool:
    """Whether the names are the same, one stands in the other, or few characters differ; signs do not count.

    >>> are_alike("西关路口 工地", "西关路口工地（二期）")
    True
    """
    first, second = sorted((_bare(one), _bare(other)), key=len)
    if len(first) < _SHORTEST:
        return bool(first) and first == second
    return first in second or SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _bare(name: str) -> str:
    """Letters and digits alone, full-width and half-width, large and small being the same."""
    return "".join(char for char in unicodedata.normalize("NFKC", name).casefold() if char.isalnum())
