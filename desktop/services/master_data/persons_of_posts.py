"""Whose post it is: a sheet or a form has one row a post, and a person may have several posts and namesakes."""

from collections.abc import Iterable, Mapping

from desktop.documents.read_sheet import SheetRow
from desktop.domain.author import Statement
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.journal import birth, change
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows

_PARTS = {"facts": ("name", "gender"), "contact": ("phone",)}
"""What a row of the people's sheet says about the person and not about the post."""


class PersonsOfPosts:
    """The persons behind the posts, those that are there and those that are being made."""

    def __init__(self, workspace: Workspace, posts: Iterable[Row]) -> None:
        self._workspace = workspace
        self._people = {str(row["id"]): row for row in all_rows(workspace.db, "person")}
        self._in_unit: dict[tuple[str, object], set[str]] = {}
        for post in posts:
            key = (str(post["unit_id"]), self.name_of(post))
            self._in_unit.setdefault(key, set()).add(str(post["person_id"]))
        self._named: dict[object, set[str]] = {}
        for person_id, person in self._people.items():
            self._named.setdefault(person["name"], set()).add(person_id)
        self._said: dict[str, tuple[int, Mapping[str, Mapping[str, object]]]] = {}

    def name_of(self, post: Row) -> object:
        person = self._people.get(str(post["person_id"]))
        return (person["name"] if person else None) or ""

    def person_for(
        self, row: SheetRow, unit_id: str, chosen: str | None, statements: list[Statement]
    ) -> tuple[str, str]:
        """The id of the person of a new post, and a remark where that makes a namesake.

        ``chosen`` as in ``RowImporter.take``.
        """
        name = row.values["name"]
        known = {chosen} if chosen else self._in_unit.get((unit_id, name), set())
        if chosen != "" and len(known) == 1:
            person_id = next(iter(known))
            if chosen:
                self.change(person_id, row, statements)
            return person_id, ""
        remark = ""
        if self._named.get(name):
            remark = _("There is already a person of this name; this row makes another one.")
        person_id = self._workspace.new_id()
        facts = {"name": name, "gender": row.values.get("gender") or ""}
        parts: dict[str, object] = {"facts": facts}
        if row.values.get("phone"):
            parts["contact"] = {"phone": row.values["phone"]}
        statements.append(birth(self._workspace, person_id, "person", parts))
        self._named.setdefault(name, set()).add(person_id)
        return person_id, remark

    def change(self, person_id: str, row: SheetRow, statements: list[Statement]) -> bool:
        """Bring what the row says about the person into the record of the person; whether anything is new."""
        known = self._people.get(person_id)
        if known is None:
            return False
        changed = {
            part: {name: row.values.get(name, known[name]) or "" for name in fields}
            for part, fields in _PARTS.items()
            if any(name in row.values and (row.values[name] or "") != (known[name] or "") for name in fields)
        }
        if not changed:
            return False
        number, said_before = self._said.setdefault(person_id, (row.number, changed))
        if said_before != changed:
            raise UserError(
                _("This row means the same record as row {number}.").format(number=number),
                _("Leave one of the two out."),
            )
        if number == row.number:
            statements.append(change(self._workspace, person_id, "person", changed))
        return True
