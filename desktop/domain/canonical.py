"""Canonical JSON: the one byte form of everything that is hashed or signed (docs/FORMAT.md, chapter 2).

Keys are ASCII and sorted by byte; values are strings, null, booleans, integers of at most 53 bits, arrays and
objects; UTF-8, nothing escaped that JSON does not require, no white space, no normalisation of text.
"""

import json
from typing import Never

MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 64

Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


class NotCanonicalError(ValueError):
    """The value or the bytes are not canonical JSON; the message says why, for the log of a refusal."""


def encode(value: object) -> bytes:
    """Return the canonical bytes of ``value``; raises NotCanonicalError for what has none."""
    check(value)
    return _dump(value)


def decode(data: bytes) -> Json:
    """Return the value whose canonical bytes are exactly ``data``; anything else is refused.

    Comparing with the bytes written back finds duplicate keys, white space, needless escapes and key order.
    """
    try:
        value: Json = _DECODER.decode(data.decode("utf-8"))
        _check_read(value, 0)
        written = _dump(value)
    except NotCanonicalError:
        raise
    except UnicodeEncodeError:
        raise NotCanonicalError("text with a lone surrogate") from None
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(f"not JSON: {error}") from None
    if written != data:
        raise NotCanonicalError("not in canonical form")
    return value


def decode_object(data: bytes) -> dict[str, Json]:
    """``decode`` for what has to be a JSON object."""
    value = decode(data)
    if not isinstance(value, dict):
        raise NotCanonicalError("not an object")
    return value


def check(value: object, depth: int = 0) -> None:
    """Raise NotCanonicalError unless ``value`` can be written canonically."""
    if depth > MAX_DEPTH:
        raise NotCanonicalError("nested too deeply")
    if isinstance(value, str):
        _check_text(value)
    elif value is None or isinstance(value, bool):
        return
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise NotCanonicalError("integer out of range")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str) or not key.isascii():
                raise NotCanonicalError("a key is not ASCII text")
            check(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            check(inner, depth + 1)
    else:
        raise NotCanonicalError(f"a {type(value).__name__} has no canonical form")


def _check_read(value: Json, depth: int) -> None:
    """What is left to check of what the decoder returned: it bounds integers, and writing back finds the rest."""
    if not value or not isinstance(value, dict | list):
        return
    if depth == MAX_DEPTH:
        raise NotCanonicalError("nested too deeply")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.isascii():
                raise NotCanonicalError("a key is not ASCII text")
            if isinstance(inner, dict | list):
                _check_read(inner, depth + 1)
        return
    for inner in value:
        if isinstance(inner, dict | list):
            _check_read(inner, depth + 1)


def _check_text(text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonicalError("text with a lone surrogate") from None


def _dump(value: object) -> bytes:
    return _ENCODER.encode(value).encode("utf-8")


def _refuse_number(text: str) -> Never:
    raise NotCanonicalError(f"number {text[:20]} is not an integer")


def _integer(text: str) -> int:
    # Checked before int(), which takes quadratic time on long digit strings.
    if len(text) > 17 or abs(value := int(text)) > MAX_INTEGER:
        raise NotCanonicalError("integer out of range")
    return value


# Made once: with these settings json.dumps and json.loads would make a new one each time.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number, parse_int=_integer)
