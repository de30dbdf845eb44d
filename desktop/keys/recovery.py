"""The recovery key of an office: printed once on paper, opens every workspace and package when all else is lost."""

import re

from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.sealing import recipient_of

GROUP_LETTERS = 4
MAX_TEXT = 64 * 1024
_KEY = re.compile(r"AGESECRETKEY1([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})")


class RecoveryTextError(UserError):
    def __init__(self) -> None:
        super().__init__(
            _("There is no valid recovery key in what was entered."),
            _(
                "Type all groups of the recovery sheet, from AGE- to the end; spaces and line breaks do not matter."
            ),
        )


def grouped(identity: str) -> str:
    """The secret key in groups of four, as it is printed: “AGE- SECR ET-K EY-1 …”."""
    return " ".join(identity[i : i + GROUP_LETTERS] for i in range(0, len(identity), GROUP_LETTERS))


def read_recovery_text(text: str) -> str:
    """The secret key in a typed or scanned text; spaces, dashes, line breaks and lower case are forgiven."""
    letters = re.sub(r"[\s\-‐‑–—]+", "", text[:MAX_TEXT]).upper()
    found = _KEY.search(letters)
    if found is None:
        raise RecoveryTextError
    identity = f"AGE-SECRET-KEY-1{found[1]}"
    try:
        recipient_of(identity)
    except ValueError:
        raise RecoveryTextError from None
    return identity
