"""The desk for conflicts: both versions beside each other, a reason, and which one counts."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, split
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.conflict_view import ConflictView, FieldPair, Version
from desktop.services.resolve_conflict import resolve_conflict


class ConflictsPanel(QStackedWidget):
    """Both versions are kept for ever, whichever counts."""

    def __init__(self, jobs: Jobs, texts: Texts, note: NoteBar) -> None:
        super().__init__()
        self._jobs = jobs
        self._note = note
        self.conflicts: RowsModel[ConflictView] = RowsModel(_conflict_columns(), self)
        self.conflicts_view = RowsView(self.conflicts)
        self.fields: RowsModel[FieldPair] = RowsModel(_field_columns(), self)
        self.fields_view = RowsView(self.fields)
        self.reason_field = QPlainTextEdit()
        self.reason_field.setTabChangesFocus(True)
        self.reason_field.setFixedHeight(76)
        self.left_button = text_button(texts, lambda: _("Take the left version"), is_primary=True)
        self.right_button = text_button(texts, lambda: _("Take the right version"), is_primary=True)
        self._left_label = plain_label("", "muted", wraps=True)
        self._right_label = plain_label("", "muted", wraps=True)
        self._what_label = plain_label("", "heading", wraps=True)
        texts.say(self.conflicts_view.setAccessibleName, lambda: _("Open conflicts"))
        texts.say(self.fields_view.setAccessibleName, lambda: _("Both versions"))
        texts.say(self.reason_field.setAccessibleName, lambda: _("Reason"))
        texts.say(
            self.reason_field.setPlaceholderText,
            lambda: _("Why this version counts; it is kept beside both."),
        )
        self.conflicts_view.row_chosen.connect(self.show_conflict)
        self.left_button.clicked.connect(lambda: self.take(0))
        self.right_button.clicked.connect(lambda: self.take(1))
        self.reason_field.textChanged.connect(self._allow)
        self._lay_out(texts)

    def show_conflicts(self, conflicts: tuple[ConflictView, ...]) -> None:
        chosen = self.conflicts_view.chosen_row()
        self.conflicts.show_rows(conflicts)
        self.setCurrentIndex(0 if conflicts else 1)
        ids = [each.id for each in conflicts]
        if conflicts:
            self.conflicts_view.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)

    def show_conflict(self, conflict: ConflictView) -> None:
        self._what_label.setText(f"{conflict.what} · {conflict.part}")
        self._left_label.setText(_("Left: {version}").format(version=_version_text(conflict.left)))
        self._right_label.setText(_("Right: {version}").format(version=_version_text(conflict.right)))
        self.fields.show_rows(sorted(conflict.fields, key=lambda pair: not pair.differs))
        self._allow()

    def take(self, side: int) -> None:
        """Let the left (0) or right (1) version count."""
        conflict = self.conflicts_view.chosen_row()
        work = partial(
            resolve_conflict,
            conflict_id=conflict.id,
            take=[conflict.takes[side]],
            reason=self.reason_field.toPlainText(),
        )
        self.left_button.setEnabled(False)
        self.right_button.setEnabled(False)
        self._jobs.write(work, lambda _none: self._show_settled(conflict), self._show_error)

    def _show_settled(self, conflict: ConflictView) -> None:
        self.reason_field.clear()
        self._note.show_done(_("Settled: {what}").format(what=f"{conflict.what} · {conflict.part}"))

    def _show_error(self, error: UserError) -> None:
        self._allow()
        self._note.show_problem(error)

    def _allow(self) -> None:
        is_ready = (
            bool(self.reason_field.toPlainText().strip()) and self.conflicts_view.chosen_row() is not None
        )
        self.left_button.setEnabled(is_ready)
        self.right_button.setEnabled(is_ready)

    def _lay_out(self, texts: Texts) -> None:
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self.conflicts_view)
        right = Card()
        sides = QHBoxLayout()
        sides.addWidget(self._left_label, 1)
        sides.addWidget(self._right_label, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.left_button)
        buttons.addWidget(self.right_button)
        right.content.addWidget(self._what_label)
        right.content.addLayout(sides)
        right.content.addWidget(self.fields_view, 1)
        right.content.addWidget(self.reason_field)
        right.content.addLayout(buttons)
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(split(left, right, (380, 720)))
        self.addWidget(desk)
        empty = EmptyState(
            texts,
            "circle-check",
            lambda: _("There is no conflict"),
            lambda: _(
                "Two people who answer the same item differently make one; it is settled here, with a reason."
            ),
        )
        self.addWidget(empty)


def _version_text(version: Version) -> str:
    return " · ".join(word for word in (version.who, version.node, version.at) if word)


def _conflict_columns() -> tuple[Column[ConflictView], ...]:
    return (
        Column(lambda: _("Visit"), lambda row: row.what),
        Column(lambda: _("Part"), lambda row: row.part, 110),
    )


def _field_columns() -> tuple[Column[FieldPair], ...]:
    return (
        Column(lambda: _("Field"), lambda row: row.name, 120, chip=lambda row: "bad" if row.differs else ""),
        Column(lambda: _("Left version"), lambda row: row.left),
        Column(lambda: _("Right version"), lambda row: row.right),
    )
