"""Finding the record that a person means by a name: in files of missions and visits, sheets and commands."""

from collections.abc import Sequence

from desktop.domain.ids import RECORD_ID
from desktop.errors import UserError
from desktop.i18n import _
from desktop.storage.driver import Database
from desktop.storage.records import Row, all_rows, find_row

OUT_OF_USE = "停用"
"""The status of a checklist that is no longer offered."""

_SEARCHED: dict[str, Sequence[str]] = {
    "unit": ("uscc", "short", "name"),
    "site": ("name",),
    "checklist": ("code", "name"),
    "mission": ("no", "title", "cover_name"),
    "person": ("name",),
    "category": ("code", "name", "alias"),
    "unit_group": ("name",),
    "target": ("code", "name"),
}


class NotFoundError(UserError):
    """Nothing, or more than one thing, answers to a name."""


def find_by_name(db: Database, table: str, text: str) -> Row:
    """The one record of a type whose id, id beginning (≥ 8 characters) or name is ``text``."""
    if RECORD_ID.fullmatch(text):
        row = find_row(db, table, text)
        found = [row] if row else []
    else:
        rows = all_rows(db, table)
        found = next(
            (
                matches
                for column in _SEARCHED.get(table, ())
                if (matches := [row for row in rows if row[column] == text])
            ),
            [],
        ) or [row for row in rows if len(text) >= 8 and str(row["id"]).startswith(text)]
    if table == "checklist" and len(found) > 1:
        # The name is that of every version; who says it means the one that is in use.
        found = [row for row in found if row["status"] != OUT_OF_USE] or found
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFoundError(
            _("“{text}” means {count} different records.").format(text=text, count=len(found)),
            _("Name the one you mean by its id; “mingcha list” shows the ids."),
        )
    raise NotFoundError(
        _("There is nothing called “{text}” in this workspace.").format(text=text),
        _("Check the spelling; “mingcha list” shows what there is."),
    )
