"""Checklists as the office keeps them in its records."""

from functools import lru_cache

from desktop.domain.canonical import decode_object, encode
from desktop.domain.checklist import Checklist, Item, read_checklist
from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.driver import Database
from desktop.storage.records import find_row, json_value

_TEXTS = ("code", "version", "name", "mode", "object", "category", "note")


def stored_checklist(db: Database, checklist_id: str) -> Checklist:
    """The checklist record ``checklist_id``; its content hash is computed anew from what is stored."""
    row = find_row(db, "checklist", checklist_id)
    if row is None or row["items"] is None:
        raise UserError(
            _("The checklist of this visit is not in this workspace."),
            _("Merge the newest package of the office, then try again."),
        )
    value = {name: row[name] for name in _TEXTS if row[name] is not None}
    return _read(encode({**value, "items": json_value(row, "items", [])}))


def find_item(checklist: Checklist, number: int) -> Item:
    item = checklist.item(number)
    if item is None:
        raise UserError(
            _("The checklist {code} has no item {number}.").format(code=checklist.code, number=number),
            _("Its items are numbered from 1 to {last}.").format(last=len(checklist.items)),
        )
    return item


@lru_cache(maxsize=64)
def _read(data: bytes) -> Checklist:
    # Keyed by content: reading the rules of a checklist again for every visit would cost more than scoring it.
    return read_checklist(decode_object(data))
