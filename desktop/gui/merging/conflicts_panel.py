"""The desk for conflicts: what stood there before, both versions beside each other, a reason, and what counts."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.evidence_strip import EvidenceStrip
from desktop.gui.jobs import Jobs
from desktop.gui.merging.typed_value import TypedValue
from desktop.gui.merging.version_pane import VersionPane
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.cards import Card, EmptyState, Split
from desktop.gui.widgets.labels import CutLabel
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.text_fields import TextArea
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.packages.conflict_view import ConflictView, FieldPair, typed_values
from desktop.services.packages.resolve_conflict import resolve_conflict

_STRIP_PX = 112
_REASON_PX = 54


class ConflictsPanel(PageStack):
    """Both versions are kept for ever, whichever counts."""

    def __init__(self, jobs: Jobs, texts: Texts, note: NoteBar) -> None:
        super().__init__()
        self._jobs = jobs
        self._note = note
        self._shown: ConflictView | None = None
        self.conflicts: RowsModel[ConflictView] = RowsModel(_conflict_columns(), self)
        self.conflicts_view = RowsView(self.conflicts)
        self.fields: RowsModel[FieldPair] = RowsModel(_field_columns(), self)
        self.fields_view = RowsView(self.fields)
        self.base_pane = VersionPane(texts, lambda: _("Before"))
        self.left_pane = VersionPane(texts, lambda: _("Left version"))
        self.right_pane = VersionPane(texts, lambda: _("Right version"))
        self.strip = EvidenceStrip(jobs)
        self.strip.setFixedHeight(_STRIP_PX)
        self.typed = TypedValue(texts)
        self.reason_field = TextArea()
        self.reason_field.setTabChangesFocus(True)
        self.reason_field.setFixedHeight(_REASON_PX)
        self.left_button = text_button(texts, lambda: self._button_text(0), is_primary=True)
        self.right_button = text_button(texts, lambda: self._button_text(1), is_primary=True)
        self._what_label = CutLabel("", "heading")
        self._say(texts)
        self._connect()
        self._lay_out(texts)

    def show_conflicts(self, conflicts: tuple[ConflictView, ...]) -> None:
        chosen = self.conflicts_view.chosen_row()
        self.conflicts.show_rows(conflicts)
        self.setCurrentIndex(0 if conflicts else 1)
        ids = [each.id for each in conflicts]
        if conflicts:
            self.conflicts_view.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)

    def show_conflict(self, conflict: ConflictView) -> None:
        """Put a conflict on the desk; the same one again, read anew, keeps what was typed."""
        if conflict == self._shown:
            return
        is_same = self._shown is not None and self._shown.id == conflict.id
        self._shown = conflict
        self._what_label.setText(" · ".join(filter(None, (conflict.what, conflict.part, conflict.title))))
        self.base_pane.show_version(conflict.base)
        self.left_pane.show_version(conflict.left)
        self.right_pane.show_version(conflict.right)
        pairs = sorted(conflict.fields, key=lambda pair: not pair.differs)
        self.fields.show_rows(pairs)
        if pairs:
            self.fields_view.selectRow(0)
        self.strip.show_evidence(conflict.evidence)
        self.strip.setVisible(bool(conflict.evidence))
        if not is_same:
            self.typed.show_fields(pairs)
        self.typed.setVisible(not conflict.is_about_deletion)
        self.left_button.setText(self._button_text(0))
        self.right_button.setText(self._button_text(1))
        self._allow()

    def take(self, side: int) -> None:
        """Let the left (0) or right (1) version count, with the values typed in its place."""
        conflict = self.conflicts_view.chosen_row()
        try:
            typed = typed_values(self.typed.typed)
        except UserError as error:
            self._note.show_problem(error)
            self.typed.value_field.setFocus()
            return
        work = partial(
            resolve_conflict,
            conflict_id=conflict.id,
            take=[conflict.takes[side]],
            reason=self.reason_field.toPlainText(),
            typed=typed,
        )
        self.left_button.setEnabled(False)
        self.right_button.setEnabled(False)
        self._jobs.write(work, lambda _none: self._show_settled(conflict), self._show_error)

    def _show_field(self, pair: FieldPair) -> None:
        self.base_pane.show_text(pair.base)
        self.left_pane.show_text(pair.left)
        self.right_pane.show_text(pair.right)

    def _show_settled(self, conflict: ConflictView) -> None:
        self.reason_field.clear()
        self.typed.show_fields(())
        self._note.show_done(_("Settled: {what}").format(what=f"{conflict.what} · {conflict.part}"))
        self.conflicts_view.setFocus()

    def _show_error(self, error: UserError) -> None:
        self._allow()
        self._note.show_problem(error)

    def _button_text(self, side: int) -> str:
        if self._shown is not None and self._shown.is_about_deletion:
            return (_("Let it be deleted"), _("Keep it"))[side]
        return (_("Take the left version"), _("Take the right version"))[side]

    def _allow(self) -> None:
        is_ready = (
            bool(self.reason_field.toPlainText().strip()) and self.conflicts_view.chosen_row() is not None
        )
        self.left_button.setEnabled(is_ready)
        self.right_button.setEnabled(is_ready)

    def _say(self, texts: Texts) -> None:
        texts.say(self.conflicts_view.setAccessibleName, lambda: _("Open conflicts"))
        texts.say(self.fields_view.setAccessibleName, lambda: _("Both versions"))
        texts.say(self.strip.setAccessibleName, lambda: _("Evidence"))
        texts.say(self.strip.recolor, lambda: None)
        texts.say(self.reason_field.setAccessibleName, lambda: _("Reason"))
        texts.say(
            self.reason_field.setPlaceholderText,
            lambda: _("Why this version counts; it is kept beside both."),
        )
        texts.say(self.left_button.setToolTip, lambda: "Alt+←")
        texts.say(self.right_button.setToolTip, lambda: "Alt+→")

    def _connect(self) -> None:
        self.conflicts_view.row_chosen.connect(self.show_conflict)
        self.conflicts_view.turned.connect(self._note.leave)
        self.fields_view.row_chosen.connect(self._show_field)
        self.strip.evidence_opened.connect(lambda shown: EvidenceDialog(self._jobs, shown, self).open())
        self.left_button.clicked.connect(lambda: self.take(0))
        self.right_button.clicked.connect(lambda: self.take(1))
        self.reason_field.textChanged.connect(self._allow)
        for keys, act in (
            ("Alt+Left", self.left_button.click),
            ("Alt+Right", self.right_button.click),
            ("Alt+Down", self.reason_field.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _lay_out(self, texts: Texts) -> None:
        left = Card()
        left.content.setContentsMargins(1, 1, 1, 1)
        left.content.addWidget(self.conflicts_view)
        right = Card()
        right.content.setSpacing(8)
        panes = QHBoxLayout()
        panes.setSpacing(10)
        for pane in (self.base_pane, self.left_pane, self.right_pane):
            panes.addWidget(pane, 1)
        right.content.addWidget(self._what_label)
        right.content.addWidget(self.fields_view, 1)
        right.content.addLayout(panes)
        right.content.addWidget(self.strip)
        right.content.addWidget(self.typed)
        right.content.addWidget(self.reason_field)
        right.content.addLayout(button_row(self.left_button, self.right_button))
        desk = QWidget()
        column = QVBoxLayout(desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Split(left, right, (330, 780)))
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


def _conflict_columns() -> tuple[Column[ConflictView], ...]:
    return (
        Column(lambda: _("Visit"), lambda row: row.what),
        Column(lambda: _("Part"), lambda row: row.part, 96),
    )


def _field_columns() -> tuple[Column[FieldPair], ...]:
    return (
        Column(lambda: _("Field"), lambda row: row.name, 110, chip=lambda row: "bad" if row.differs else ""),
        Column(lambda: _("Before"), lambda row: row.base),
        Column(lambda: _("Left version"), lambda row: row.left),
        Column(lambda: _("Right version"), lambda row: row.right),
    )
