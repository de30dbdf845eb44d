"""Reading a JSON file that a person or a script wrote, against its schema, with errors that name the place."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Never

from jsonschema import Draft202012Validator, ValidationError

from desktop.datafiles import RESOURCES
from desktop.errors import UserError, system_reason
from desktop.i18n import _

MAX_FILE_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class JsonFile:
    """A checked file. ``value`` is as its schema says, numbers with a point are Decimal."""

    path: Path
    value: Any


def read_json_file(path: Path, schema: str) -> JsonFile:
    """Read ``path`` and check it against ``resources/schemas/<schema>.schema.json``."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise UserError(_("{path} is too large for a file of this kind.").format(path=path.name))
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Check the name of the file and whether the medium is still there."),
        ) from None
    return check_json(path, _parse(path, data), schema)


def check_json(path: Path, value: object, schema: str) -> JsonFile:
    """Hold a value that is to become, or came from, ``path`` against a schema."""
    errors = sorted(
        _validator(schema).iter_errors(value), key=lambda error: list(map(str, error.absolute_path))
    )
    if errors:
        shown = [f"{_place(list(error.absolute_path))}: {_wrong(error)}"[:300] for error in errors[:8]]
        raise UserError(
            _("{path} is not as it should be: {errors}").format(path=path.name, errors=_("; ").join(shown)),
            _("The manual describes the file field by field."),
        )
    return JsonFile(path, value)


def _parse(path: Path, data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        problem = _("{path} is not written in UTF-8.").format(path=path.name)
        raise UserError(problem, _("Save it again as UTF-8.")) from None
    except json.JSONDecodeError as error:
        raise UserError(
            _("{path} is not a JSON file: it goes wrong in line {line}, column {column}.").format(
                path=path.name, line=error.lineno, column=error.colno
            ),
            _("Check the brackets, commas and quotation marks at this place and just before it."),
        ) from None
    except RecursionError:
        raise UserError(
            _("{path} is not a JSON file of this kind: its brackets are nested too deeply.").format(
                path=path.name
            ),
            _("The manual describes the file field by field."),
        ) from None
    except ValueError:
        # What JSON does not have (NaN, Infinity), and whole numbers of thousands of digits.
        raise UserError(
            _("{path} is not a JSON file of this kind: it has a number that cannot be used.").format(
                path=path.name
            ),
            _("Numbers are written in digits, as in 12 or 0.5."),
        ) from None


def _refuse_constant(text: str) -> Never:
    raise ValueError(text)


def _wrong(error: ValidationError) -> str:
    """What is wrong, in the language in use; the library itself only speaks English."""
    expected = error.validator_value
    match error.validator:
        case "required":
            missing = [name for name in expected if name not in error.instance]
            return _("{names} missing").format(names=", ".join(missing))
        case "additionalProperties":
            known = error.schema.get("properties", {})
            return _("unknown: {names}").format(names=", ".join(n for n in error.instance if n not in known))
        case "enum":
            return _("must be one of {choices}").format(choices=", ".join(map(str, expected)))
        case "type":
            return _("must be of type {type}").format(type=expected)
        case "minLength" | "minItems":
            return _("must not be empty")
        case "pattern":
            return _("is not written as it should be ({pattern})").format(pattern=expected)
    return _("has a value that is not allowed ({rule} {value})").format(rule=error.validator, value=expected)


def _place(path: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).lstrip(".") or "$"


@cache
def _validator(schema: str) -> Draft202012Validator:
    path = RESOURCES / "schemas" / f"{schema}.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
