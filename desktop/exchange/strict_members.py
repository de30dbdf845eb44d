"""Strict reading of the members of a foreign JSON object; every fault names the member."""

import re
from collections.abc import Mapping
from typing import NoReturn

from desktop.domain.canonical import MAX_INTEGER, Json, NotCanonicalError
from desktop.domain.entry import STREAM_ID
from desktop.exchange.base64_text import decode_base64

_ANY_TEXT = re.compile(".*")


class Members:
    """The members of one object. Each method returns one member or raises NotCanonicalError."""

    def __init__(self, value: Json, name: str = "") -> None:
        if not isinstance(value, dict):
            raise NotCanonicalError(f"{name} is not an object")
        self._body: Mapping[str, Json] = value
        self._name = name
        self._prefix = f"{name}." if name else ""

    def text(self, key: str, pattern: re.Pattern[str]) -> str:
        value = self._body.get(key)
        if not isinstance(value, str) or not pattern.fullmatch(value):
            self.refuse(key, "is missing or not well formed")
        return value

    def optional_text(self, key: str, pattern: re.Pattern[str]) -> str | None:
        """A text or null; the member has to be there."""
        return None if self.is_null(key) else self.text(key, pattern)

    def integer(self, key: str, least: int, most: int = MAX_INTEGER) -> int:
        value = self._body.get(key)
        if type(value) is not int or not least <= value <= most:
            self.refuse(key, "is missing or out of range")
        return value

    def texts(self, key: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """A list of texts in ascending order without repetition."""
        texts: list[str] = []
        for value in self.values(key):
            if not isinstance(value, str) or not pattern.fullmatch(value) or (texts and value <= texts[-1]):
                self.refuse(key, "is not a sorted list of well-formed texts")
            texts.append(value)
        return tuple(texts)

    def integers(self, key: str, least: int, most: int) -> tuple[int, ...]:
        """A list of integers in ascending order without repetition."""
        integers: list[int] = []
        for value in self.values(key):
            if type(value) is not int or not least <= value <= most or (integers and value <= integers[-1]):
                self.refuse(key, "is not a sorted list of integers in range")
            integers.append(value)
        return tuple(integers)

    def values(self, key: str) -> list[Json]:
        value = self._body.get(key)
        if not isinstance(value, list):
            self.refuse(key, "is not a list")
        return value

    def object(self, key: str) -> "Members":
        return Members(self._body.get(key), self._prefix + key)

    def keys(self, pattern: re.Pattern[str]) -> list[str]:
        """The names of all members, for an object that maps names to values."""
        for key in self._body:
            if not pattern.fullmatch(key):
                self.refuse(ascii(key[:40]), "is not well formed")
        return list(self._body)

    def seqs(self, key: str) -> dict[str, int]:
        """An object that maps streams to positive seqs."""
        inner = self.object(key)
        return {stream: inner.integer(stream, 1) for stream in inner.keys(STREAM_ID)}

    def optional_seqs(self, key: str) -> dict[str, int] | None:
        return None if self.is_null(key) else self.seqs(key)

    def only(self, *keys: str) -> None:
        """Refuse members that have no meaning, and any that is missing."""
        if self._body.keys() != set(keys):
            raise NotCanonicalError(f"{self._name} does not have exactly the members it should")

    def base64(self, key: str) -> bytes:
        return decode_base64(self.text(key, _ANY_TEXT))

    def base64_pair(self, key: str) -> tuple[bytes, bytes]:
        pair = self.values(key)
        if len(pair) != 2:
            self.refuse(key, "is not a pair")
        inner = Members({"first": pair[0], "second": pair[1]}, self._prefix + key)
        return inner.base64("first"), inner.base64("second")

    def refuse(self, key: str, problem: str) -> NoReturn:
        raise NotCanonicalError(f"{self._prefix}{key} {problem}")

    def is_null(self, key: str) -> bool:
        """Whether the member is there and null."""
        return key in self._body and self._body[key] is None
