"""Looks at an xlsx file before anything parses it: is it one, and does it stay small when unpacked?

The reader lays a sheet out as a full rectangle, so that one cell at XFD1048576 would ask for gigabytes; such cells
are found in the text of the sheet first. So are cells the reader would silently give as empty: formula errors, and
formulas without a stored result.
"""

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import normpath
from xml.etree import ElementTree

from desktop.documents.sheet_columns import MOST_COLUMNS, MOST_ROWS
from desktop.errors import UserError
from desktop.i18n import _

MOST_UNPACKED_BYTES = 256 * 1024 * 1024

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# Only what can be far away is looked at: two letters or six digits. Group 2 and 3 tell an empty cell.
_FAR_CELL = re.compile(
    rb"""<(?:[^\s<>/:]+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{2,}\d+|[A-Za-z]\d{6,})["']([^>]*)>(\s*</)?"""
)
_CELL = re.compile(rb"""<(?:[^\s<>/:]+:)?c\s([^>]*[^/>]|)>(.*?)</(?:[^\s<>/:]+:)?c\s*>""", re.DOTALL)
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+\d+)["']""")
_ERROR_TYPE = re.compile(rb"""\bt\s*=\s*["']e["']""")
_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s>/]")
_RESULT = re.compile(rb"<(?:[^\s<>/:]+:)?v(?:\s[^>]*)?>[^<]")
# A formula whose result is an empty text is stored as text without characters.
_TEXT_TYPE = re.compile(rb"""\bt\s*=\s*["']str["']""")


class NotAWorkbookError(UserError):
    """The file cannot be read as xlsx."""


@dataclass(frozen=True)
class HiddenFaults:
    """Cells (as B7) that hold something the reader cannot show."""

    errors: frozenset[str]
    formulas: frozenset[str]


def check_workbook(content: bytes) -> Mapping[str, HiddenFaults]:
    """Return the faults by sheet name, or refuse the file."""
    if content.startswith(_OLE):
        raise _refuse_ole(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise _too_large()
            # All parts are unpacked here, also those nobody asks for: one whose size lies would be unpacked
            # without end by the parser, and which of two parts of one name it takes is not known.
            parts = {info.filename: _faults(archive.read(info)) for info in archive.infolist()}
            return {name: parts[part] for name, part in _sheet_parts(archive).items()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        ElementTree.ParseError,
    ) as error:
        raise damaged() from error


def damaged() -> NotAWorkbookError:
    return NotAWorkbookError(
        _("This file is not an Excel workbook (.xlsx), or it is damaged."),
        _("Open it in Excel or WPS, save it as .xlsx, and try again."),
    )


def _refuse_ole(content: bytes) -> NotAWorkbookError:
    if _ENCRYPTED in content:
        return NotAWorkbookError(
            _("This workbook is protected with a password."),
            _("Open it in Excel or WPS, remove the password, save it, and try again."),
        )
    return NotAWorkbookError(
        _("This is a workbook of the old format (.xls)."),
        _("Open it in Excel or WPS, save it as .xlsx, and try again."),
    )


def _too_large() -> NotAWorkbookError:
    return NotAWorkbookError(
        _("This workbook is too large: unpacked it is more than {size} MB.").format(
            size=MOST_UNPACKED_BYTES >> 20
        ),
        _("Remove pictures and sheets that are not needed, or split it into several files."),
    )


def _sheet_parts(archive: zipfile.ZipFile) -> Mapping[str, str]:
    """{sheet name: path in the archive}."""
    relations = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    workbook = _parse(archive, "xl/workbook.xml")
    sheets = [one for one in workbook.iter() if one.tag.rpartition("}")[2] == "sheet"]
    return {
        sheet.get("name", ""): _part_path(targets[sheet.get(_RELATION)])
        for sheet in sheets
        if targets.get(sheet.get(_RELATION))
    }


def _part_path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")


def _parse(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    content = archive.read(name)
    if b"<!DOCTYPE" in content:
        raise ValueError("a document type in a workbook")
    return ElementTree.fromstring(content)  # noqa: S314 - without a document type there are no entities


def _faults(sheet: bytes) -> HiddenFaults:
    """The faults of one part; parts that are no sheet have none."""
    for match in _FAR_CELL.finditer(sheet):
        reference, attributes, is_empty = match.groups()
        if not attributes.endswith(b"/") and not is_empty:
            _check_place(reference.decode("ascii"))
    errors, formulas = set(), set()
    if _ERROR_TYPE.search(sheet) or _FORMULA.search(sheet):
        for match in _CELL.finditer(sheet):
            attributes, inside = match.groups()
            place = _REFERENCE.search(attributes)
            name = place.group(1).decode("ascii").upper() if place else ""
            if _ERROR_TYPE.search(attributes):
                errors.add(name)
            elif _FORMULA.search(inside) and not (_RESULT.search(inside) or _TEXT_TYPE.search(attributes)):
                formulas.add(name)
    return HiddenFaults(frozenset(errors), frozenset(formulas))


def _check_place(reference: str) -> None:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    # One row more for the heads, some for titles above them.
    if column <= MOST_COLUMNS and int(reference[len(letters) :]) <= MOST_ROWS + 10:
        return
    raise NotAWorkbookError(
        _("This sheet reaches to cell {cell}; at most {rows} rows and {columns} columns can be read.").format(
            cell=reference.upper(), rows=f"{MOST_ROWS:,}", columns=MOST_COLUMNS
        ),
        _("Delete what stands outside the table, or split the table into several files."),
    )
