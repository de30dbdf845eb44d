"""What a scoring method asks for: typed parameters, read strictly, with a sentence for whatever is wrong.

``values[WEIGHT]`` gives a Fraction where WEIGHT is a ``number``, so a formula needs neither casts nor checks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import Generic, TypeVar, cast

from desktop.domain.names import display_name
from desktop.domain.points import parse_number, show
from desktop.errors import UserError
from desktop.i18n import _

MAX_VALUES = 1000

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Kind(StrEnum):
    """What a form has to offer to fill a parameter in."""

    NUMBER = "number"
    INTEGER = "integer"
    NUMBERS = "numbers"
    FLAG = "flag"
    CHOICE = "choice"
    WORDS = "words"
    TABLE = "table"
    TIERS = "tiers"
    VETO = "veto"


class Required(Enum):
    """The default of a parameter that has none."""

    REQUIRED = "required"


@dataclass(frozen=True)
class Parameter(Generic[T_co]):
    """One parameter; ``read`` returns the value or raises UserError naming the parameter."""

    name: str
    kind: Kind
    read: Callable[[object], T_co]
    default: T_co | Required = Required.REQUIRED
    choices: tuple[str, ...] = ()


class Values:
    """The parameters of one calculation, all read and checked."""

    def __init__(self, parameters: tuple[Parameter[object], ...], given: Mapping[str, object]) -> None:
        names = [parameter.name for parameter in parameters]
        for name in given:
            if name not in names:
                raise UserError(
                    _("The parameter “{name}” is not one of this method.").format(
                        name=display_name(name, 40)
                    ),
                    takes(names),
                )
        self._values = {parameter.name: _read(parameter, given, names) for parameter in parameters}

    def __getitem__(self, parameter: Parameter[T]) -> T:
        return cast(T, self._values[parameter.name])


def takes(names: list[str]) -> str:
    return _("The method takes: {names}.").format(names=", ".join(names))


def wrong(name: str, problem: str) -> UserError:
    """Return the refusal of a value; ``problem`` is a sentence with the place {name}."""
    return UserError(problem.format(name=name))


def number(
    name: str,
    *,
    at_least: Fraction | int | None = None,
    at_most: Fraction | int | None = None,
    default: Fraction | Required = Required.REQUIRED,
) -> Parameter[Fraction]:
    return Parameter(name, Kind.NUMBER, lambda value: read_number(name, value, at_least, at_most), default)


def base(name: str) -> Parameter[Fraction]:
    """A figure that others are divided by: growth or completion over zero or less has no meaning."""
    return Parameter(name, Kind.NUMBER, lambda value: check_base(name, read_number(name, value)))


def integer(
    name: str, *, at_least: int, at_most: int | None = None, default: int | Required = Required.REQUIRED
) -> Parameter[int]:
    return Parameter(name, Kind.INTEGER, lambda value: read_integer(name, value, at_least, at_most), default)


def numbers(
    name: str, *, at_least: int | None = None, is_empty_allowed: bool = False
) -> Parameter[tuple[Fraction, ...]]:
    def read(value: object) -> tuple[Fraction, ...]:
        values = read_list(name, value, is_empty_allowed)
        return tuple(read_number(name, inner, at_least) for inner in values)

    return Parameter(name, Kind.NUMBERS, read)


def numbers_or_none(name: str) -> Parameter[tuple[Fraction | None, ...]]:
    """Figures of which some may be missing (null)."""

    def read(value: object) -> tuple[Fraction | None, ...]:
        values = read_list(name, value, is_empty_allowed=False)
        return tuple(None if inner is None else read_number(name, inner, 0) for inner in values)

    return Parameter(name, Kind.NUMBERS, read)


def flag(name: str, default: bool | Required = Required.REQUIRED) -> Parameter[bool]:
    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise wrong(name, _("The parameter “{name}” must be true or false."))
        return value

    return Parameter(name, Kind.FLAG, read, default)


def choice(
    name: str, choices: tuple[str, ...], default: str | Required = Required.REQUIRED
) -> Parameter[str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            raise UserError(
                _("The parameter “{name}” must be one of: {choices}.").format(
                    name=name, choices=_(", ").join(choices)
                )
            )
        return value

    return Parameter(name, Kind.CHOICE, read, default, choices)


def words(name: str) -> Parameter[tuple[str, ...]]:
    def read(value: object) -> tuple[str, ...]:
        values = read_list(name, value, is_empty_allowed=False)
        return tuple(_read_word(name, inner) for inner in values)

    return Parameter(name, Kind.WORDS, read)


def table(name: str, *, at_most: int | None = None) -> Parameter[Mapping[str, Fraction]]:
    """Named figures, none of them negative."""

    def read(value: object) -> Mapping[str, Fraction]:
        if not isinstance(value, Mapping) or not 1 <= len(value) <= MAX_VALUES:
            raise wrong(name, _("The parameter “{name}” must be a table of names and numbers."))
        return {
            key: read_number(f"{name}.{display_name(str(key), 40)}", inner, 0, at_most)
            for key, inner in value.items()
        }

    return Parameter(name, Kind.TABLE, read)


def optional(parameter: Parameter[T]) -> Parameter[T | None]:
    """The same parameter, None where it is not given."""
    return Parameter(parameter.name, parameter.kind, parameter.read, None, parameter.choices)


def read_number(
    name: str, value: object, at_least: Fraction | int | None = None, at_most: Fraction | int | None = None
) -> Fraction:
    if value is None:
        raise wrong(name, _("No figure is reported for “{name}”; not reported is not zero."))
    try:
        figure = parse_number(value)
    except ValueError:
        raise wrong(name, _("The parameter “{name}” must be a decimal number of ordinary size.")) from None
    if at_least is not None and figure < at_least:
        raise UserError(
            _("The parameter “{name}” must be at least {bound}.").format(name=name, bound=show(at_least))
        )
    if at_most is not None and figure > at_most:
        raise UserError(
            _("The parameter “{name}” must be at most {bound}.").format(name=name, bound=show(at_most))
        )
    return figure


def read_integer(name: str, value: object, at_least: int, at_most: int | None = None) -> int:
    figure = read_number(name, value, at_least, at_most)
    if figure.denominator != 1:
        raise wrong(name, _("The parameter “{name}” must be a whole number."))
    return figure.numerator


def read_list(name: str, value: object, is_empty_allowed: bool) -> list[object]:
    if not isinstance(value, list | tuple) or len(value) > MAX_VALUES:
        raise wrong(name, _("The parameter “{name}” must be a list."))
    if not value and not is_empty_allowed:
        raise wrong(name, _("The list “{name}” is empty."))
    return list(value)


def check_base(name: str, figure: Fraction) -> Fraction:
    if figure == 0:
        raise wrong(name, _("“{name}”: the base is zero; decide by hand."))
    if figure < 0:
        raise wrong(name, _("“{name}”: the base is negative; decide by hand."))
    return figure


def check_index(name: str, index: int, count: int) -> int:
    """Refuse an index (from 0) behind the end of the list it points into."""
    if index >= count:
        raise UserError(
            _("The parameter “{name}” must be at most {bound}.").format(name=name, bound=count - 1)
        )
    return index


def _read(parameter: Parameter[T], given: Mapping[str, object], names: list[str]) -> T:
    if parameter.name in given:
        return parameter.read(given[parameter.name])
    if isinstance(parameter.default, Required):
        raise UserError(_("The parameter “{name}” is missing.").format(name=parameter.name), takes(names))
    return parameter.default


def _read_word(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise wrong(name, _("The parameter “{name}” must be a list of words."))
    return value


WEIGHT = number("W", at_least=0)
TARGET = number("T")
BASE_TARGET = base("T")
ACTUAL = number("A")
