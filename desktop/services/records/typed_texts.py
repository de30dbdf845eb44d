"""What somebody typed into the fields of a form, held to the same rules as the cells of a spreadsheet."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from desktop.documents.cell_value import Fault, is_blank, parse_cell
from desktop.documents.sheet_columns import Column, ColumnType, Value
from desktop.domain.codes import check_credit_code, check_region_code
from desktop.errors import UserError
from desktop.i18n import _, language

_DAY = Column("day", "日期", "Day", ColumnType.DATE)
_CODES: Mapping[str, Callable[[str], str]] = {"uscc": check_credit_code, "region_code": check_region_code}


class FieldError(UserError):
    """``field``: which one is wrong."""

    def __init__(self, field: str, problem: str, advice: str) -> None:
        super().__init__(problem, advice)
        self.field = field


def read_texts(columns: Sequence[Column], texts: Mapping[str, str]) -> dict[str, Value | None]:
    """{field: value} of every column that has a text; raises FieldError for the first one that is wrong."""
    return {column.field: _read(column, texts[column.field]) for column in columns if column.field in texts}


def _read(column: Column, text: str) -> Value | None:
    if is_blank(text):
        if column.is_required:
            raise FieldError(
                column.field,
                _("“{head}” is empty.").format(head=column.header(language())),
                _("Fill it in, such as {example}.").format(example=column.example),
            )
        return None
    value = parse_cell(text, column)
    if isinstance(value, Fault):
        raise FieldError(column.field, value.problem, value.fix)
    check = _CODES.get(column.field)
    if check is not None:
        try:
            return check(str(value))
        except UserError as error:
            raise FieldError(column.field, error.problem, error.advice) from error
    return value


def day_text(text: str) -> str:
    """A day however it was typed (2026.3.17, 2026年3月17日), as it is stored; what is none stays as it was typed."""
    day = parse_cell(text, _DAY)
    return day.isoformat() if isinstance(day, date) else text.strip()


def typed_time(text: str) -> str:
    """A time that a person typed as the local time of this computer, with its offset; else the text as it is.

    Days are read as everywhere else, and a Chinese colon or a single-digit hour will do: “2026.11.20 9：30”,
    “2026年11月20日9时30分”.
    """
    plain = text.strip().replace("：", ":")
    day, _blank, clock = plain.replace("日", "日 ").partition(" ")
    clock = clock.strip().replace("时", ":").removesuffix("分").rjust(5, "0")
    try:
        time = datetime.fromisoformat(f"{day_text(day)} {clock}" if clock.strip("0") else plain)
    except ValueError:
        return plain
    return (time if time.tzinfo else time.astimezone()).isoformat(timespec="seconds")
