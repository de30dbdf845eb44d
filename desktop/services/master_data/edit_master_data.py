"""One unit, person, target or site at a time: shown in a form, saved by the rules of the sheet, deleted, moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.documents.read_sheet import SheetRow, SheetRows
from desktop.documents.sheet_columns import KINDS, Column
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.import_rows import RowImporter
from desktop.services.master_data.sheet_kinds import MAPPINGS
from desktop.services.master_data.sheet_rows import SheetNames, sheet_row
from desktop.services.records.record_versions import ChangedMeanwhileError, version_of
from desktop.services.records.typed_texts import FieldError, read_texts
from desktop.services.records.unit_groups import group_statements
from desktop.services.workspace.journal import write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row, all_rows, find_row

ANOTHER_PERSON = ""
"""For ``person_id``: the person is another one than those of this name."""
_STEP = 10
"""Between the places of two units, so that another fits in."""


@dataclass(frozen=True)
class Namesake:
    """A person of the name that was typed. ``posts``: “unit, title” of each."""

    person_id: str
    name: str
    posts: tuple[str, ...]


class NamesakeError(UserError):
    """There are persons of this name; whoever types must say which one is meant, or none of them."""

    def __init__(self, namesakes: Sequence[Namesake]) -> None:
        super().__init__(
            _("There is already a person called “{name}”.").format(name=namesakes[0].name),
            _("Say whether it is the same person with another post, or another person."),
        )
        self.namesakes = tuple(namesakes)


@dataclass(frozen=True)
class FormValues:
    """``texts``: {column: text} as an export writes them. ``seen``: the version that was read.

    ``record_id`` is empty for a person without a post, whose first post is made by saving.
    """

    record_id: str
    person_id: str
    texts: Mapping[str, str]
    seen: str


def form_columns(kind: str) -> Sequence[Column]:
    return KINDS[kind].columns


def new_form(workspace: Workspace, kind: str) -> FormValues:
    """What is proposed for a new record: for a unit the place behind the last one, with room between them."""
    if kind != "units":
        return FormValues("", "", {}, "")
    places = [
        int(str(row["sort_no"])) for row in all_rows(workspace.db, "unit") if row["sort_no"] is not None
    ]
    return FormValues("", "", {"sort_no": str(max(places, default=0) + _STEP)}, "")


def read_form(workspace: Workspace, kind: str, record_id: str) -> FormValues:
    """What stands in the form of a record; for people the id is that of a post, or of a person without one."""
    row = find_row(workspace.db, MAPPINGS[kind].record_type, record_id)
    if row is not None:
        values = sheet_row(kind, row, SheetNames(workspace)).values
        texts = {name: "" if value is None else str(value) for name, value in values.items()}
        person_id = _person_of(workspace, kind, record_id)
        return FormValues(record_id, person_id, texts, _seen(workspace, record_id, person_id))
    person = find_row(workspace.db, "person", record_id) if kind == "people" else None
    if person is None:
        raise ChangedMeanwhileError
    texts = {name: str(person[name] or "") for name in ("name", "gender", "phone")}
    return FormValues("", record_id, texts, _seen(workspace, "", record_id))


def save_form(
    workspace: Workspace,
    kind: str,
    texts: Mapping[str, str],
    *,
    record_id: str = "",
    seen: str = "",
    person_id: str | None = None,
) -> str:
    """Make a record, or change the one with this id; returns its id.

    Texts that are missing stay as they are. ``seen``: the version that is changed; not compared where it is empty.
    ``person_id``: whose post a new one is; without it NamesakeError asks where there are persons of that name.
    Raises FieldError for a text that is wrong.
    """
    check_office(workspace)
    columns = KINDS[kind].columns
    if not record_id:
        texts = {column.field: texts.get(column.field, "") for column in columns}
    values = read_texts(columns, texts)
    if seen and seen != _seen(workspace, record_id, person_id or _person_of(workspace, kind, record_id)):
        raise ChangedMeanwhileError
    row = SheetRow(values, record_id or None)
    importer = RowImporter(workspace, kind, SheetRows((row,), ()))
    if not record_id:
        _refuse_known(workspace, kind, importer.find(row))
        if kind == "people" and person_id is None:
            _ask_for_namesakes(workspace, str(values["name"]))
    importer.take(row, person_id)
    batch = importer.batch
    with workspace.db.atomic():
        write_entries(workspace, batch.statements)
        write_entries(workspace, group_statements(workspace, batch.groups))
    return batch.outcomes[0].record_id


def suggestions(workspace: Workspace, kind: str) -> dict[str, tuple[str, ...]]:
    """{column: names} for the columns that name another record, in official order."""
    units = tuple(str(row["name"]) for row in all_rows(workspace.db, "unit", "sort_no, id") if row["name"])
    year = int(local_time(workspace.clock_ms())[:4])
    groups = all_rows(workspace.db, "unit_group", "sort_no, id")
    categories = all_rows(workspace.db, "category", "sort_no, id")
    known = {
        "unit": units,
        "parent": units,
        "group": tuple(str(row["name"]) for row in groups if row["year"] == year),
        "category": tuple(str(row["name"]) for row in categories),
    }
    columns = {column.field for column in KINDS[kind].columns}
    return {name: names for name, names in known.items() if name in columns}


def check_office(workspace: Workspace) -> None:
    """Raise a UserError on a field node."""
    if not workspace.is_office:
        raise UserError(
            _("Master data is kept by the office; this workspace is a field node."),
            _("Change it at the office; it comes here with the next package."),
        )


def _seen(workspace: Workspace, record_id: str, person_id: str) -> str:
    return f"{version_of(workspace, record_id)}{version_of(workspace, person_id)}"


def _person_of(workspace: Workspace, kind: str, record_id: str) -> str:
    post = find_row(workspace.db, "post", record_id) if kind == "people" else None
    return str(post["person_id"] or "") if post else ""


def _refuse_known(workspace: Workspace, kind: str, known: Row | None) -> None:
    if known is not None:
        names = sheet_row(kind, known, SheetNames(workspace)).values
        raise FieldError(
            "name",
            _("“{name}” is in the list already.").format(name=names["name"]),
            _("Search for it in the list and change it there."),
        )


def _ask_for_namesakes(workspace: Workspace, name: str) -> None:
    people = [row for row in all_rows(workspace.db, "person") if row["name"] == name]
    if people:
        names = SheetNames(workspace)
        posts: dict[str, list[str]] = {}
        for post in all_rows(workspace.db, "post"):
            values = (names.of("unit", post["unit_id"]), post["title"])
            text = " ".join(str(value) for value in values if value)
            posts.setdefault(str(post["person_id"]), []).append(text)
        raise NamesakeError(
            [Namesake(str(p["id"]), name, tuple(posts.get(str(p["id"]), ()))) for p in people]
        )
