"""What a form can be printed for: visits by name, packages by file."""

from dataclasses import dataclass

from desktop.i18n import _
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.packages import packages
from desktop.storage.records import all_rows
from desktop.storage.visit_search import search_visits


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


def find_printable(workspace: Workspace, kind: str, text: str = "", offset: int = 0) -> PrintablePage:
    """One page of records of a ``kind`` (visit, package, or blank), newest first.

    Blank forms are for visits that are planned, and before them for each checklist, named by its code.
    """
    if kind == "blank":
        return _blanks(workspace, text, offset)
    return _visits(workspace, text, offset) if kind == "visit" else _packages(workspace, text)


def _blanks(workspace: Workspace, text: str, offset: int) -> PrintablePage:
    checklists = tuple(
        PrintableRecord(str(row["code"]), _("any visit"), f"{row['name']} · {row['code']}")
        for row in all_rows(workspace.db, "checklist")
        if row["code"] and text.lower() in f"{row['name']} {row['code']}".lower()
    )
    visits = _visits(workspace, text, max(0, offset - len(checklists)))
    rows = visits.rows if offset else checklists + visits.rows
    return PrintablePage(rows, len(checklists) + visits.total)


def _visits(workspace: Workspace, text: str, offset: int) -> PrintablePage:
    found = search_visits(workspace.db, text, offset=offset, is_open=True)
    rows = tuple(
        PrintableRecord(
            str(row["id"]),
            str(row["started_at"] or row["planned_on"] or "")[:10],
            " · ".join(str(row[name]) for name in ("unit", "site", "checklist") if row[name]),
        )
        for row in found.rows
    )
    return PrintablePage(rows, found.total)


def _packages(workspace: Workspace, text: str) -> PrintablePage:
    """Packages are few: one a journey and node."""
    rows = tuple(
        PrintableRecord(
            row.manifest_sha256, local_time(row.at_ms)[:10], row.file_name or row.manifest_sha256[:12]
        )
        for row in reversed(packages(workspace.db))
        if row.is_whole and row.direction != "relayed" and text.lower() in (row.file_name or "").lower()
    )
    return PrintablePage(rows, len(rows))
