"""Writing the log, or what a filter lets through, into a spreadsheet."""

from pathlib import Path

from desktop.documents.log_workbook import LoggedAct, log_workbook
from desktop.i18n import _
from desktop.services.records.log_words import event_text
from desktop.services.upkeep.find_log_lines import LogFilter, LogLine, find_log_lines
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import find_node

MOST_LINES = 1_000_000
"""A sheet of Excel holds 1,048,576 rows."""


def export_log(workspace: Workspace, wanted: LogFilter, target: Path) -> int:
    """Write the lines, newest first, and note that it was done; returns how many there are."""
    lines = find_log_lines(workspace, wanted, limit=MOST_LINES).rows
    own = find_node(workspace.db, workspace.node)
    title = _("Log of {name}").format(name=own.name if own else workspace.node)
    log_workbook(title, map(_act, lines), target)
    with workspace.db.atomic():
        log_event(workspace, {"event": "exported_sheet", "sheet": "log", "rows": len(lines)})
    return len(lines)


def _act(line: LogLine) -> LoggedAct:
    return LoggedAct(
        at=line.at[:19].replace("T", " "),
        by=line.by,
        computer=line.node,
        what=event_text(line.event),
        about=line.about,
        other=line.other,
        reason=line.reason,
    )
