"""日志: when who did what, as the signed log of the workspace tells it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget

from desktop.gui.jobs import Jobs
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState
from desktop.gui.widgets.file_dialogs import choose_target
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.search_bar import SearchBar
from desktop.i18n import _
from desktop.services.records.log_words import LogGroup, event_text, group_text
from desktop.services.upkeep.export_log import export_log
from desktop.services.upkeep.find_log_lines import (
    LogFilter,
    LogLine,
    LogPage,
    Period,
    find_log_lines,
    log_authors,
)


class LogSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Log"))
        self.search = SearchBar(self.texts, lambda: _("Who, what, or about what"))
        self.group_field = self.search.add_choice(
            lambda: _("Kind"),
            (("", lambda: _("Any kind")), *((group, partial(group_text, group)) for group in LogGroup)),
        )
        self.person_field = self.search.add_choice(lambda: _("Person"), (("", lambda: _("Anybody")),))
        self.period_field = self.search.add_choice(
            lambda: _("Time"),
            (
                (Period.EVER, lambda: _("Any time")),
                (Period.TODAY, lambda: _("Today")),
                (Period.WEEK, lambda: _("The last 7 days")),
                (Period.MONTH, lambda: _("The last 31 days")),
                (Period.YEAR, lambda: _("The last 12 months")),
            ),
        )
        self.own_box = QCheckBox()
        self.texts.say(self.own_box.setText, lambda: _("This computer only"))
        self.lines: RowsModel[LogLine] = RowsModel(_columns(), self)
        self.lines_view = RowsView(self.lines)
        self.count_label = plain_label("", "muted")
        self.export_button = text_button(self.texts, lambda: _("Write as a spreadsheet …"), "download")
        self.sides = QStackedWidget()
        self._total = 0
        self._lay_out()
        self.search.changed.connect(self.read)
        self.own_box.toggled.connect(lambda _is_on: self.read())
        self.lines.more_wanted.connect(self._read_more)
        self.export_button.clicked.connect(self._ask_target)

    def reload(self) -> None:
        self.lines.say_again()
        self.jobs.read(log_authors, self._show_authors, self.show_error, name="log authors")
        self.read()

    def read(self) -> None:
        """Ask for the first page of what the filters let through."""
        self.jobs.read(partial(find_log_lines, wanted=self.wanted()), self._show, self.show_error, name="log")

    def wanted(self) -> LogFilter:
        group = self.group_field.currentData()
        return LogFilter(
            text=self.search.text,
            group=LogGroup(group) if group else None,
            person=str(self.person_field.currentData()),
            period=Period(self.period_field.currentData()),
            is_own_only=self.own_box.isChecked(),
        )

    def export_to(self, path: Path) -> None:
        work = partial(export_log, wanted=self.wanted(), target=path)
        self.jobs.write(work, partial(self._show_exported, path), self.show_error)

    def _show(self, page: LogPage) -> None:
        self._total = page.total
        self.lines.show_rows(page.rows, page.total)
        self.lines_view.scrollToTop()
        self.sides.setCurrentIndex(0 if page.rows else 1)
        self.export_button.setEnabled(page.total > 0)
        self._say_count()

    def _say_count(self) -> None:
        self.count_label.setText(_("{count} lines").format(count=self._total))

    def _show_authors(self, authors: Sequence[tuple[str, str]]) -> None:
        chosen = self.person_field.currentData()
        while self.person_field.count() > 1:
            self.person_field.removeItem(1)
        for person, name in authors:
            self.person_field.addItem(name, person)
        self.person_field.setCurrentIndex(max(0, self.person_field.findData(chosen)))

    def _read_more(self, offset: int) -> None:
        work = partial(find_log_lines, wanted=self.wanted(), offset=offset)
        self.jobs.read(work, lambda page: self.lines.append_rows(page.rows), self.show_error, name="log")

    def _show_exported(self, path: Path, count: int) -> None:
        self.done.emit(_("{count} lines are written to {name}.").format(count=count, name=path.name))

    def _ask_target(self) -> None:
        path = choose_target(self, _("Write the log as a spreadsheet"), _("Log") + ".xlsx", "Excel (*.xlsx)")
        if path is not None:
            self.export_to(path)

    def _lay_out(self) -> None:
        self.texts.say(self.lines_view.setAccessibleName, self.title)
        card = Card()
        card.content.setContentsMargins(1, 1, 1, 1)
        card.content.addWidget(self.lines_view)
        self.sides.addWidget(card)
        self.sides.addWidget(
            EmptyState(
                self.texts,
                "scroll-text",
                lambda: _("Nothing is found in the log"),
                lambda: _("With other words or filters more may be found."),
            )
        )
        filters = QHBoxLayout()
        filters.setSpacing(12)
        filters.addWidget(self.search, 1)
        filters.addWidget(self.own_box)
        below = QHBoxLayout()
        below.addWidget(self.count_label)
        below.addStretch(1)
        below.addWidget(self.export_button)
        self.body.addLayout(filters)
        self.body.addWidget(self.sides, 1)
        self.body.addLayout(below)


def _about(line: LogLine) -> str:
    return " · ".join(text for text in (line.about, line.other, line.reason) if text)


def _columns() -> tuple[Column[LogLine], ...]:
    return (
        Column(lambda: _("Time"), lambda line: line.at[:19].replace("T", " "), 166),
        Column(lambda: _("Person"), lambda line: line.by or "—", 90),
        Column(lambda: _("Computer"), lambda line: line.node or "—", 170),
        Column(lambda: _("What was done"), lambda line: event_text(line.event), 200),
        Column(lambda: _("About"), _about),
    )
