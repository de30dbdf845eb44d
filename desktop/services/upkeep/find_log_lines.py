"""The log of a workspace as it is read by people: when, who, what, about what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.documents.registry import FORMS
from desktop.domain.canonical import Json
from desktop.services.records.log_words import EVENTS, EVENTS_OF_GROUP, LogGroup, event_text
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.journal_search import LOG_ROWS, JournalQuery, authors_in_journal, search_journal
from desktop.storage.records import Row


class Period(StrEnum):
    """Days counted back from today; EVER is no limit."""

    EVER = ""
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


_DAYS = {Period.TODAY: 1, Period.WEEK: 7, Period.MONTH: 31, Period.YEAR: 366}


@dataclass(frozen=True)
class LogLine:
    """``at`` is local time; ``about`` what it was done to, ``other`` the node or person on the other side."""

    id: int
    at: str
    by: str
    node: str
    event: str
    about: str
    other: str
    reason: str


@dataclass(frozen=True)
class LogPage:
    """One page of lines, newest first, and how many there are in all."""

    rows: Sequence[LogLine]
    total: int


@dataclass(frozen=True)
class LogFilter:
    """``text``: words that all have to be found; ``person`` a record id."""

    text: str = ""
    group: LogGroup | None = None
    person: str = ""
    period: Period = Period.EVER
    is_own_only: bool = False


def find_log_lines(
    workspace: Workspace, wanted: LogFilter, offset: int = 0, limit: int = LOG_ROWS
) -> LogPage:
    """The words are looked for in names, reasons and in what an event is called in the language in use."""
    words = wanted.text.split()
    query = JournalQuery(
        words=words,
        named={
            word: [event for event in EVENTS if word.lower() in event_text(event).lower()] for word in words
        },
        events=EVENTS_OF_GROUP[wanted.group] if wanted.group else (),
        by_id=wanted.person,
        node=workspace.node if wanted.is_own_only else "",
        since_ms=_since_ms(wanted.period, workspace.clock_ms()),
    )
    rows, total = search_journal(workspace.db, query, offset, limit)
    return LogPage(tuple(_line(row) for row in rows), total)


def log_authors(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """(id, name) of everybody who did something."""
    return tuple(authors_in_journal(workspace.db))


def _since_ms(period: Period, now_ms: int) -> int | None:
    """The local midnight with which a period begins."""
    if period is Period.EVER:
        return None
    today = date.fromisoformat(local_time(now_ms)[:10])
    first = today - timedelta(days=_DAYS[period] - 1)
    return round(datetime(first.year, first.month, first.day).astimezone().timestamp() * 1000)


def _line(row: Row) -> LogLine:
    return LogLine(
        id=int(str(row["id"])),
        at=local_time(int(str(row["at_ms"]))),
        by=_text(row["by_name"]),
        node=_text(row["node_name"]),
        event=_text(row["event"]),
        about=_form_title(_text(row["about"])),
        other=_text(row["other"]),
        reason=_text(row["reason"]),
    )


def _form_title(about: str) -> str:
    """A printed form is noted by its code; people know it by its title."""
    form = FORMS.get(about)
    return f"{form.code} {form.title()}" if form else about


def _text(value: Json) -> str:
    return value if isinstance(value, str) else ""
