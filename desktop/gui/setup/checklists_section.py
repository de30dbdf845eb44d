"""检查表: every version of every checklist, readable for ever, and the editor that makes the next one."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.gui.checklists.checklist_editor import ChecklistEditor
from desktop.gui.checklists.checklist_view import ChecklistView
from desktop.gui.jobs import Jobs
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.file_dialogs import choose_file, choose_target
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.checklists.keep_checklist import drop_checklist, keep_checklist
from desktop.services.checklists.open_checklist import OpenedChecklist, open_checklist, open_checklist_file
from desktop.services.checklists.save_checklist import (
    ChecklistLine,
    list_checklists,
    save_checklist,
    show_checklist,
    use_checklist,
    write_checklist_file,
)

_PAUSE_MS = 800


class ChecklistsSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Checklists"))
        self._wanted = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.lines: RowsModel[ChecklistLine] = RowsModel(_columns(), self)
        self.lines_view = RowsView(self.lines)
        self.view = ChecklistView(self.texts)
        self.editor = ChecklistEditor(self.texts)
        self.new_button = text_button(self.texts, lambda: _("New checklist"), "plus", is_primary=True)
        self.import_button = text_button(self.texts, lambda: _("From a file …"), "download")
        self.version_button = text_button(self.texts, lambda: _("New version"), "pencil")
        self.export_button = text_button(self.texts, lambda: _("As a file …"), "upload")
        self.use_button = text_button(self.texts, lambda: _("In use or not"))
        self.back_button = text_button(self.texts, lambda: _("Back to the list"), "arrow-left")
        self.drop_button = text_button(self.texts, lambda: _("Throw these changes away"), "undo-2")
        self.save_button = text_button(self.texts, lambda: _("Save checklist"), "save", is_primary=True)
        self._sides, self._lists = PageStack(), QStackedWidget()
        self._lay_out()
        self._connect()

    def reload(self) -> None:
        self.lines.say_again()
        self.view.say_again()
        self.jobs.read(list_checklists, self._show_lines, self.show_error, name="checklists")

    def leave(self) -> None:
        if self._pause.isActive():
            self._keep()

    def edit(self, checklist_id: str = "") -> None:
        """The next version of a checklist, or a new one."""
        work = partial(open_checklist, checklist_id=checklist_id)
        self.jobs.read(work, self._show_editor, self.show_error, name="opened checklist")

    def import_file(self, path: Path) -> None:
        """Show a checklist from a file in the editor; it is stored when it is saved."""
        work = partial(open_checklist_file, path=path)
        self.jobs.read(work, self._show_editor, self.show_error, name="opened checklist")

    def export_to(self, path: Path) -> None:
        line = self.lines_view.chosen_row()
        work = partial(write_checklist_file, checklist_id=line.id, path=path)
        self.jobs.read(work, self._show_exported, self.show_error)

    def save(self) -> None:
        if self.editor.may_save():
            self._pause.stop()
            work = partial(save_checklist, value=self.editor.value(), replaces=self.editor.replaces)
            self.jobs.write(work, self._show_saved, self.show_error)

    def show_list(self) -> None:
        """Back from the editor; what was typed there is kept."""
        self.leave()
        self._sides.setCurrentIndex(0)
        self.lines_view.setFocus()

    def _toggle_use(self) -> None:
        line = self.lines_view.chosen_row()
        work = partial(use_checklist, checklist=line.id, is_in_use=not line.is_in_use)
        self.jobs.write(work, None, self.show_error)

    def _keep(self) -> None:
        self._pause.stop()
        work = partial(keep_checklist, value=self.editor.value(), replaces=self.editor.replaces)
        self.jobs.write(work, None, self.show_error)

    def _drop(self) -> None:
        self._pause.stop()
        self._sides.setCurrentIndex(0)
        self.jobs.write(drop_checklist, None, self.show_error)

    def _show_lines(self, lines: tuple[ChecklistLine, ...]) -> None:
        chosen = self.lines_view.chosen_row()
        wanted = self._wanted or (chosen.id if chosen else "")
        self.lines.show_rows(lines)
        self._lists.setCurrentIndex(0 if lines else 1)
        numbers = [number for number, line in enumerate(lines) if line.id == wanted]
        if numbers:
            self._wanted = ""
        if lines:
            self.lines_view.selectRow(numbers[0] if numbers else 0)
        for button in (self.version_button, self.export_button, self.use_button):
            button.setEnabled(bool(lines))

    def _show_line(self, line: ChecklistLine) -> None:
        self.use_button.setText(_("Take out of use") if line.is_in_use else _("Use again"))
        self.jobs.read(
            partial(show_checklist, checklist_id=line.id),
            self.view.show_checklist,
            self.show_error,
            name="shown checklist",
        )

    def _show_editor(self, opened: OpenedChecklist) -> None:
        self.editor.show_value(opened.value, opened.choices, opened.replaces)
        self._sides.setCurrentIndex(1)
        self.editor.name_field.setFocus()
        if opened.was_kept:
            self.done.emit(_("This is the checklist you were writing; it has not been saved yet."))

    def _show_saved(self, checklist_id: str) -> None:
        self._wanted = checklist_id
        self._sides.setCurrentIndex(0)
        self.jobs.write(drop_checklist, None, self.show_error)
        self.done.emit(
            _("The checklist is saved; new missions can use it, and visits keep the version they have.")
        )

    def _show_exported(self, path: Path) -> None:
        self.done.emit(_("The checklist is written to {name}.").format(name=path.name))

    def _ask_file(self) -> None:
        path = choose_file(self, _("Checklist file"), "JSON (*.json)")
        if path is not None:
            self.import_file(path)

    def _ask_target(self) -> None:
        line = self.lines_view.chosen_row()
        path = choose_target(self, _("Checklist file"), f"{line.code}.json", "JSON (*.json)")
        if path is not None:
            self.export_to(path)

    def _connect(self) -> None:
        self.lines_view.row_chosen.connect(self._show_line)
        self.lines_view.turned.connect(self.turned)
        self.lines_view.row_opened.connect(lambda line: self.edit(line.id))
        self.new_button.clicked.connect(lambda: self.edit())
        self.version_button.clicked.connect(lambda: self.edit(self.lines_view.chosen_row().id))
        self.import_button.clicked.connect(self._ask_file)
        self.export_button.clicked.connect(self._ask_target)
        self.use_button.clicked.connect(self._toggle_use)
        self.back_button.clicked.connect(self.show_list)
        self.drop_button.clicked.connect(self._drop)
        self.save_button.clicked.connect(self.save)
        self.editor.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._keep)

    def _lay_out(self) -> None:
        self.texts.say(self.lines_view.setAccessibleName, lambda: _("Checklists"))
        self._lists.addWidget(self.lines_view)
        self._lists.addWidget(
            EmptyState(
                self.texts,
                "clipboard-check",
                lambda: _("There is no checklist yet"),
                lambda: _("Make a new one, or take one in from a file."),
            )
        )
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self._lists)
        # The button says what it will do with the checklist that is chosen.
        self.texts.say(lambda _line: self._say_use(), lambda: None)
        lists = (
            self.new_button,
            self.import_button,
            self.version_button,
            self.export_button,
            self.use_button,
        )
        listing = _with_buttons(lists, Split(left, self.view, (620, 480)))
        editing = _with_buttons((self.back_button, self.drop_button, self.save_button), self.editor)
        self._sides.addWidget(listing)
        self._sides.addWidget(editing)
        self.body.addWidget(self._sides, 1)

    def _say_use(self) -> None:
        line: Any = self.lines_view.chosen_row()
        if line is not None:
            self.use_button.setText(_("Take out of use") if line.is_in_use else _("Use again"))


def _with_buttons(buttons: tuple[QWidget, ...], content: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout()
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addLayout(row)
    column.addWidget(content, 1)
    return holder


def _columns() -> tuple[Column[ChecklistLine], ...]:
    return (
        Column(lambda: _("Name"), lambda row: row.name, least_px=190),
        Column(lambda: _("Code"), lambda row: row.code, 136),
        Column(lambda: _("Items"), lambda row: str(row.items), 60, is_number=True, gives_way=True),
        Column(lambda: _("Points"), lambda row: row.points, 62, is_number=True, gives_way=True),
        Column(lambda: _("Visits"), lambda row: str(row.visits), 72, is_number=True),
        Column(
            lambda: _("Status"),
            lambda row: _("in use") if row.is_in_use else _("out of use"),
            84,
            chip=lambda row: "ok" if row.is_in_use else "muted",
        ),
    )
