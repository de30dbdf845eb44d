"""What a form can be printed for: visits by name, missions by title, packages by file."""

from dataclasses import dataclass

from desktop.documents.registry import FORMS
from desktop.i18n import _
from desktop.services.missions.mission_draws import known_objects
from desktop.services.printing.blank_form import ANY_VISIT
from desktop.services.records.open_secret import mission_objects
from desktop.services.records.package_words import kind_text
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import all_nodes
from desktop.storage.packages import packages
from desktop.storage.records import all_rows
from desktop.storage.visit_search import search_visits

_HAVING = {"F02": "observation", "F02b": "observation", "F04": "interview"}
"""The table a visit must have a row in, for the form to say anything."""


@dataclass(frozen=True)
class PrintableRecord:
    """``day`` is local; ``name`` says what it is in one line."""

    id: str
    day: str
    name: str


@dataclass(frozen=True)
class PrintablePage:
    rows: tuple[PrintableRecord, ...]
    total: int


def find_printable(
    workspace: Workspace, code: str, text: str = "", offset: int = 0, *, is_blank: bool = False
) -> PrintablePage:
    """One page of records that a form can be printed for, newest first.

    A blank form is for planned visits, and before them for any visit: F01 for each checklist, named by its code.
    """
    match FORMS[code].record_kind:
        case "package":
            return _packages(workspace, text)
        case "mission":
            return _missions(workspace, code, text)
    if is_blank:
        return _blanks(workspace, code, text, offset)
    return _visits(workspace, text, offset, _HAVING.get(code, ""))


def _blanks(workspace: Workspace, code: str, text: str, offset: int) -> PrintablePage:
    if code == "F01":
        any_visit = tuple(
            PrintableRecord(str(row["code"]), _("any visit"), f"{row['name']} · {row['code']}")
            for row in all_rows(workspace.db, "checklist")
            if row["code"] and text.lower() in f"{row['name']} {row['code']}".lower()
        )
    else:
        any_visit = (PrintableRecord(ANY_VISIT, _("any visit"), FORMS[code].title()),)
    visits = _visits(workspace, text, max(0, offset - len(any_visit)))
    rows = visits.rows if offset else any_visit + visits.rows
    return PrintablePage(rows, len(any_visit) + visits.total)


def _visits(workspace: Workspace, text: str, offset: int, having: str = "") -> PrintablePage:
    found = search_visits(workspace.db, text, offset=offset, is_open=True, having=having)
    rows = tuple(
        PrintableRecord(
            str(row["id"]),
            str(row["started_at"] or row["planned_on"] or "")[:10],
            " · ".join(str(row[name]) for name in ("unit", "site", "checklist") if row[name]),
        )
        for row in found.rows
    )
    return PrintablePage(rows, found.total)


def _missions(workspace: Workspace, code: str, text: str) -> PrintablePage:
    """Those whose visits may be known here: announced, or opened on this computer.

    The record of a draw is signed on paper when it is made, so it is also there for one that is being planned.
    """
    rows = []
    for row in all_rows(workspace.db, "mission", "starts_on DESC, id"):
        is_draw = code == "F14"
        known = (known_objects if is_draw else mission_objects)(workspace, str(row["id"]))
        title = str(known.get("title") or row["title"] or row["cover_name"] or "")
        name = " · ".join(part for part in (str(row["no"] or ""), title) if part)
        if known.get("draws" if is_draw else "visits") and text.lower() in name.lower():
            rows.append(PrintableRecord(str(row["id"]), str(row["starts_on"] or ""), name))
    return PrintablePage(tuple(rows), len(rows))


def _packages(workspace: Workspace, text: str) -> PrintablePage:
    """Packages are few: one a journey and node."""
    names = {node.id: node.name for node in all_nodes(workspace.db)}
    rows = []
    for row in reversed(packages(workspace.db)):
        partner = row.sender if row.direction == "in" else row.dest
        file = row.file_name or row.manifest_sha256[:12]
        name = " · ".join(part for part in (kind_text(row.kind), names.get(partner, ""), file) if part)
        if row.is_whole and row.direction != "relayed" and text.lower() in name.lower():
            rows.append(PrintableRecord(row.manifest_sha256, local_time(row.at_ms)[:10], name))
    return PrintablePage(tuple(rows), len(rows))
