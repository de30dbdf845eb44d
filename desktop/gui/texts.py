"""Texts and icons that are put again when the language or the theme is switched."""

from collections.abc import Callable
from typing import Any


class Texts:
    """What a page has said, and how to say it again in the language and colours of the moment."""

    def __init__(self) -> None:
        self._sayings: list[Callable[[], object]] = []

    def say(self, put: Callable[[Any], object], what: Callable[[], object]) -> None:
        """Call ``put(what())`` now and at every switch; ``put`` belongs to a widget that lives as long as this."""

        def saying() -> object:
            return put(what())

        saying()
        self._sayings.append(saying)

    def say_again(self) -> None:
        for saying in self._sayings:
            saying()
