"""Turns one spreadsheet cell into a value of its column, or says what is wrong with it."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from desktop.documents.sheet_columns import Column, ColumnType, Value
from desktop.domain.lengths import TooLongError
from desktop.domain.names import display_name
from desktop.domain.scoring.methods import METHODS
from desktop.i18n import _, language

Raw = str | int | float | bool | date | datetime | time | timedelta

_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_DATES = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)
# A spreadsheet keeps 15 digits of a number, whatever was typed.
_MOST_DIGITS = 15
_MOST_NUMBER = Decimal(10) ** 12
_MOST_DEGREES = {"latitude": 90, "longitude": 180}
_MOST_WEIGHT = Decimal(1000)
# Characters that look like spaces or like nothing, and come along when one copies from web pages and chats.
_BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b\u200c\u200d"


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell and what to do; whole sentences."""

    problem: str
    fix: str


def is_blank(raw: Raw) -> bool:
    return isinstance(raw, str) and not raw.strip(_BLANKS)


def parse_cell(raw: Raw, column: Column) -> Value | Fault:
    """Turn a cell that is not blank into a value.

    A number cell is a binary float: it is taken with 15 significant digits, which is what the spreadsheet shows.
    A text cell never passes through a float.
    """
    if isinstance(raw, str) and len(raw.strip(_BLANKS)) > column.longest:
        error = TooLongError(column.header(language()), len(raw.strip(_BLANKS)), column.longest)
        return Fault(error.problem, error.advice)
    value = _PARSERS[column.type](raw, column)
    match value:
        case str():
            return _text_fault(value, column) or value
        case int() | Decimal():
            return _number_fault(Decimal(value), column) or value
    return value


def _text_fault(text: str, column: Column) -> Fault | None:
    """A name with marks that one does not see would print as another name, or stand beside its own double."""
    # What is printable is not hidden; to ask it of a whole text costs far less than of every character.
    hidden = None if text.isprintable() else next((char for char in text if _is_hidden(char)), None)
    if hidden is not None:
        return Fault(
            _("“{text}” contains an invisible character (U+{code}).").format(
                text=display_name(text, 40), code=f"{ord(hidden):04X}"
            ),
            _("Delete the content of the cell and type it anew instead of pasting it."),
        )
    if column.field == "method" and text not in METHODS:
        return Fault(
            _("There is no scoring method {code}.").format(code=display_name(text, 40)),
            _("The methods are: {codes}.").format(codes=", ".join(METHODS)),
        )
    return None


def _number_fault(number: Decimal, column: Column) -> Fault | None:
    if column.field == "weight" and not 0 < number <= _MOST_WEIGHT:
        return Fault(
            _("{number} is not a weight.").format(number=display_name(str(number), 40)),
            _("Enter a number greater than 0 and at most {most}, such as {example}.").format(
                most=_MOST_WEIGHT, example=column.example
            ),
        )
    most = _MOST_DEGREES.get(column.field)
    if most is not None and abs(number) > most:
        return Fault(
            _("{number} is no place on the earth.").format(number=display_name(str(number), 40)),
            _("Enter degrees from −{most} to {most}, such as {example}.").format(
                most=most, example=column.example
            ),
        )
    if abs(number) > _MOST_NUMBER:
        return Fault(
            _("The number {number} is too large.").format(number=display_name(str(number), 40)),
            _("Check the number and its measuring unit, and enter it anew."),
        )
    return None


def _is_hidden(char: str) -> bool:
    """Whether a character controls or is not seen at all; a line break inside a cell is neither."""
    return char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cf", "Cs")


def _text(raw: Raw, column: Column) -> Value | Fault:
    match raw:
        case str():
            return raw.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANKS)
        case bool():
            return _not_text(column)
        case int() | float():
            return _digits(raw)
    return _not_text(column)


def _code(raw: Raw, column: Column) -> Value | Fault:
    text = _text(raw, column)
    return _half_width(text) if isinstance(text, str) else text


def _int(raw: Raw, column: Column) -> Value | Fault:
    number = _decimal(raw, column)
    if isinstance(number, Decimal):
        if number == number.to_integral_value():
            return int(number)
        return Fault(
            _("“{text}” is not a whole number.").format(text=number),
            _("Enter a whole number, such as {example}.").format(example=column.example),
        )
    return number


def _decimal(raw: Raw, column: Column) -> Value | Fault:
    match raw:
        case bool():
            pass
        case int() | float() if math.isfinite(raw):
            return Decimal(_shown(raw))
        case str():
            text = _half_width(raw).replace("−", "-")
            if _NUMBER.fullmatch(text):
                return Decimal(text.replace(",", ""))
            return _not_a_number(raw.strip(_BLANKS), column)
    return _not_a_number(str(raw), column)


def _date(raw: Raw, column: Column) -> Value | Fault:
    match raw:
        case datetime():
            return raw.date()
        case date():
            return raw
        case str():
            text = _half_width(raw)
            for pattern in _DATES:
                if found := pattern.fullmatch(text):
                    year, month, day = map(int, found.groups())
                    return _real_date(year, month, day, raw)
    shown = raw.strip(_BLANKS) if isinstance(raw, str) else raw
    return Fault(
        _("“{text}” is not a date.").format(text=shown),
        _("Enter year, month and day, such as {example}.").format(example=column.example),
    )


def _real_date(year: int, month: int, day: int, raw: str) -> date | Fault:
    try:
        return date(year, month, day)
    except ValueError:
        return Fault(
            _("There is no such day: “{text}”.").format(text=raw.strip(_BLANKS)),
            _("Correct the date."),
        )


def _choice(raw: Raw, column: Column) -> Value | Fault:
    if isinstance(raw, bool) and column.choices == ("是", "否"):
        return "是" if raw else "否"
    text = _text(raw, column)
    if isinstance(text, Fault) or text in column.choices:
        return text
    return Fault(
        _("“{text}” is not one of the words allowed here.").format(text=text),
        _("Choose one of: {words}.").format(words=_(", ").join(column.choices)),
    )


def _digits(raw: float) -> str | Fault:
    """A number in a text column, such as a phone typed into an unformatted cell."""
    if abs(raw) >= 10**_MOST_DIGITS:
        return Fault(
            _("This long number is stored as a number; its last digits are already lost."),
            _("Format the cell as text and type the number again."),
        )
    return _shown(raw)


def _shown(raw: float) -> str:
    return f"{Decimal(f'{raw:.{_MOST_DIGITS}g}'):f}"


def _not_text(column: Column) -> Fault:
    return Fault(
        _("The spreadsheet program has turned this cell into a date or a truth value."),
        _("Format the cell as text and type it again, such as {example}.").format(example=column.example),
    )


def _not_a_number(shown: str, column: Column) -> Fault:
    return Fault(
        _("“{text}” is not a number.").format(text=shown),
        _("Enter only digits, such as {example}; a unit or percent sign does not belong here.").format(
            example=column.example
        ),
    )


def _half_width(text: str) -> str:
    """Full-width forms become half-width, and everything blank goes, inside too (１１９９ ７１ → 119971)."""
    normal = unicodedata.normalize("NFKC", text)
    return "".join(char for char in normal if char not in _BLANKS)


_PARSERS: Mapping[ColumnType, Callable[[Raw, Column], Value | Fault]] = {
    ColumnType.TEXT: _text,
    ColumnType.CODE: _code,
    ColumnType.INT: _int,
    ColumnType.DECIMAL: _decimal,
    ColumnType.DATE: _date,
    ColumnType.CHOICE: _choice,
}
