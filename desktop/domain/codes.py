"""统一社会信用代码 (GB 32100-2015) and 行政区划代码 (GB/T 2260): the codes of units."""

import re

from desktop.domain.names import display_name
from desktop.errors import UserError
from desktop.i18n import _

# The letters I, O, S, V and Z are left out: on paper they look like figures and each other.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_BODY = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{9}}")
_REGION = re.compile(r"[1-9][0-9]{5}")


def credit_code_check_digit(body: str) -> str:
    """Return the eighteenth character for the first seventeen; raises ValueError for what is no such body."""
    if not _BODY.fullmatch(body):
        raise ValueError("not the first 17 characters of a credit code")
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return ALPHABET[-total % 31]


def check_credit_code(code: str) -> str:
    """Return the code in capitals; raises UserError where it is mistyped.

    The organisation code inside it has a check digit of its own, which old registrations do not all satisfy;
    it is not checked.
    """
    text = code.strip().upper()
    body, digit = text[:17], text[17:]
    if len(text) != 18 or not _BODY.fullmatch(body):
        raise UserError(
            _("“{code}” is not a credit code.").format(code=display_name(code, 40)),
            _(
                "It has 18 figures and capital letters, without I, O, S, V and Z; the third to eighth are figures."
            ),
        )
    if digit != credit_code_check_digit(body):
        raise UserError(
            _("The check digit of the credit code “{code}” is wrong.").format(code=text),
            _("Compare it with the certificate: one character is mistyped or two are swapped."),
        )
    return text


def check_region_code(code: str) -> str:
    """Return the six figures of a region: province, city (00: the province), county (00: the city)."""
    text = code.strip()
    if not _REGION.fullmatch(text) or (text[2:4] == "00" and text[4:] != "00"):
        raise UserError(
            _("“{code}” is not a region code.").format(code=display_name(code, 40)),
            _("It has six figures, two each for the province, the city and the county."),
        )
    return text
