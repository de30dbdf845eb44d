"""常用语: sentences about facts that an inspector writes by a short code."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.i18n import _

MAX_PHRASES = 500
MAX_CHARACTERS = 500
_CODE = re.compile(r"[a-z][a-z0-9]{0,11}")
_TYPED = re.compile(r"[A-Za-z0-9]+\Z")


@dataclass(frozen=True)
class Phrase:
    """``code``: small letters and digits. ``is_own``: of this person, not of the office."""

    code: str
    text: str
    is_own: bool = False


@dataclass(frozen=True)
class Expansion:
    """``typed``: how many characters before the cursor give way to ``text``."""

    typed: int
    text: str


def expand(phrases: Iterable[Phrase], before: str) -> Expansion | None:
    """The phrase whose code ends exactly at the cursor; ``before`` is the text before it. Own phrases win."""
    found = _TYPED.search(before)
    if found is None:
        return None
    code = found.group().lower()
    matching = sorted((each for each in phrases if each.code == code), key=lambda each: not each.is_own)
    return Expansion(len(code), matching[0].text) if matching else None


def checked_phrases(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The phrases of a person in the order of their codes; raises UserError naming the one that cannot be used."""
    if len(phrases) > MAX_PHRASES:
        raise UserError(_("There are more than {count} phrases.").format(count=MAX_PHRASES))
    kept: dict[str, Phrase] = {}
    for each in phrases:
        # An ideographic space at either end is a place to be filled in, too.
        code, text = each.code.strip().lower(), each.text.strip(" \t\r\n")
        if not _CODE.fullmatch(code):
            raise UserError(
                _("“{code}” is no code of a phrase.").format(code=each.code[:20]),
                _("A code is 1 to 12 small letters and digits and begins with a letter."),
            )
        if not text.strip() or len(text) > MAX_CHARACTERS:
            raise UserError(
                _("The phrase “{code}” is empty or too long.").format(code=code),
                _("A phrase has 1 to {count} characters.").format(count=MAX_CHARACTERS),
            )
        if code in kept:
            raise UserError(_("The code “{code}” stands twice.").format(code=code), _("Choose another code."))
        kept[code] = Phrase(code, text, is_own=True)
    return tuple(kept[code] for code in sorted(kept))
