"""Reads a JSON object strictly: every field is asked for by name and kind, and one nobody asked for is refused."""

from fractions import Fraction

from desktop.domain.names import display_name
from desktop.domain.points import parse_number
from desktop.errors import UserError
from desktop.i18n import _


class Fields:
    """The fields of one object (``whole``); each reader raises UserError naming the field."""

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict):
            raise UserError(_("There should be an object with named fields."))
        self.whole: dict[str, object] = value
        self._asked: set[str] = set()

    def has(self, key: str) -> bool:
        self._asked.add(key)
        return key in self.whole

    def value(self, key: str) -> object:
        if not self.has(key):
            raise UserError(_("The field “{key}” is missing.").format(key=key))
        return self.whole[key]

    def text(self, key: str, default: str | None = None) -> str:
        """Text; never empty where it has no default."""
        if default is not None and not self.has(key):
            return default
        text = self.value(key)
        if not isinstance(text, str) or (default is None and not text):
            raise UserError(_("The field “{key}” must be text.").format(key=key))
        return text

    def flag(self, key: str, default: bool | None = None) -> bool:
        if default is not None and not self.has(key):
            return default
        flag = self.value(key)
        if not isinstance(flag, bool):
            raise UserError(_("The field “{key}” must be true or false.").format(key=key))
        return flag

    def number(self, key: str, at_least: int | None = None) -> Fraction:
        try:
            number = parse_number(self.value(key))
        except ValueError:
            raise UserError(_("The field “{key}” must be a decimal number.").format(key=key)) from None
        if at_least is not None and number < at_least:
            raise UserError(_("The field “{key}” must be at least {bound}.").format(key=key, bound=at_least))
        return number

    def integer(self, key: str, at_least: int) -> int:
        number = self.number(key, at_least)
        if number.denominator != 1:
            raise UserError(_("The field “{key}” must be a whole number.").format(key=key))
        return number.numerator

    def list(self, key: str) -> list[object]:
        """A list that is not empty."""
        values = self.value(key)
        if not isinstance(values, list) or not values:
            raise UserError(_("The field “{key}” must be a list.").format(key=key))
        return values

    def texts(self, key: str) -> tuple[str, ...]:
        """Different texts, at least one."""
        texts = [text for text in self.list(key) if isinstance(text, str) and text]
        if len(set(texts)) != len(self.list(key)):
            raise UserError(_("The field “{key}” must be a list of different texts.").format(key=key))
        return tuple(texts)

    def done(self) -> None:
        """Refuse what nobody asked for: a mistyped field would silently not count."""
        for key in self.whole:
            if key not in self._asked:
                raise UserError(_("The field “{key}” is unknown.").format(key=display_name(str(key), 40)))
