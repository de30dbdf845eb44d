"""The recovery key of an office: printed once on paper, opens every workspace and package when all else is lost.

It is an age secret key. Its last six letters are a checksum that finds every mistake in up to four letters.
"""

import re
import unicodedata
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.sealing import recipient_of

GROUP_LETTERS = 4
MAX_TEXT = 64 * 1024
KEY_LETTERS = 71
"""Of the whole key with its AGE-SECRET-KEY-1, the dashes left out."""
_PREFIX = "AGE-SECRET-KEY-1"
# Letters that bech32 does not use are taken along, so that they are reported as what they are: mistyped. A lookahead
# finds overlapping places: the prefix can also stand in an explanation before the key.
_KEY = re.compile(r"(?=AGESECRETKEY1([0-9A-Z]{58}))|\A([0-9A-Z]{58})\Z")
_LINE_NUMBERS = re.compile(r"第\s*\d+\s*行|\bLINE\s+\d+\b")
_BETWEEN = re.compile("[^0-9A-Z]+")


class RecoveryTextError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("There is no complete recovery key in what was entered."),
            _("Enter all of the key on the recovery sheet; spaces and line breaks do not matter."),
        )


class RecoveryTypingError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("The recovery key contains a typing mistake."),
            _("Compare it with the recovery sheet group by group and correct it."),
        )


class WrongRecoveryKeyError(UserError):
    """A recovery key in good order, but not that of the office in question."""

    def __init__(self) -> None:
        super().__init__(
            _("This recovery key belongs to another office and opens nothing here."),
            _("Use the recovery sheet of the office that this workspace belongs to."),
        )


def grouped(identity: str) -> str:
    """The secret key in groups of four, as it is printed: “AGE- SECR ET-K EY-1 …”."""
    return " ".join(identity[i : i + GROUP_LETTERS] for i in range(0, len(identity), GROUP_LETTERS))


def read_recovery_text(text: str) -> str:
    """The secret key in a typed or scanned text, or in one that contains it among others.

    Lower case, full-width letters, spaces, dashes, line breaks, printed line numbers and, where the text is
    nothing else, a missing AGE-SECRET-KEY-1 are forgiven. Only the first MAX_TEXT characters are looked at.
    """
    shown = unicodedata.normalize("NFKC", text[:MAX_TEXT]).upper()
    found = list(_KEY.finditer(_BETWEEN.sub("", _LINE_NUMBERS.sub(" ", shown))))
    for place in found:
        identity = _PREFIX + (place[1] or place[2])
        if _is_identity(identity):
            return identity
    raise RecoveryTypingError if found else RecoveryTextError


@dataclass(frozen=True)
class TypedKey:
    """How far a recovery key has been typed. ``is_right``: complete and without a typing mistake."""

    letters: int
    is_complete: bool
    is_right: bool


def look_at_typed(text: str) -> TypedKey:
    """For the eye of whoever types from the sheet: nothing is refused, and nothing of the key is repeated."""
    shown = unicodedata.normalize("NFKC", text[:MAX_TEXT]).upper()
    letters = len(_BETWEEN.sub("", _LINE_NUMBERS.sub(" ", shown)))
    try:
        read_recovery_text(text)
    except RecoveryTypingError:
        return TypedKey(letters, is_complete=True, is_right=False)
    except RecoveryTextError:
        return TypedKey(letters, is_complete=False, is_right=False)
    return TypedKey(letters, is_complete=True, is_right=True)


def _is_identity(text: str) -> bool:
    try:
        recipient_of(text)
    except ValueError:
        return False
    return True
