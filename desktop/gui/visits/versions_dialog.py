"""Every version of one answer, newest first: nothing that was ever signed disappears."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.checklist import Item
from desktop.domain.points import show
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.fitting import FittingDialog, resize_on_screen
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.window_title import name_window
from desktop.i18n import _
from desktop.services.visits.correct_visit import AnswerVersion


class VersionsDialog(FittingDialog):
    def __init__(self, item: Item, versions: Sequence[AnswerVersion], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name_window(self, _("Versions of item {no}").format(no=item.no))
        resize_on_screen(self, 860, 380)
        self.versions: RowsModel[AnswerVersion] = RowsModel(_columns(), self)
        self.versions.show_rows(versions)
        view = RowsView(self.versions)
        view.setAccessibleName(_("Versions of item {no}").format(no=item.no))
        self._facts_label = plain_label("", "muted", wraps=True)
        view.row_chosen.connect(self._show_version)
        close_button = text_button(Texts(), lambda: _("Close"), is_primary=True)
        close_button.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(plain_label(f"{item.no}. {item.title}", "heading", wraps=True))
        column.addWidget(view, 1)
        column.addWidget(self._facts_label)
        column.addLayout(button_row(close_button))
        view.choose_first()

    def _show_version(self, version: AnswerVersion) -> None:
        self._facts_label.setText("\n".join(filter(None, (version.answer.facts, version.reason))))


def _columns() -> tuple[Column[AnswerVersion], ...]:
    return (
        Column(lambda: _("Written at"), lambda row: row.at, 150),
        Column(lambda: _("By"), lambda row: row.by, 110),
        Column(lambda: _("Deduction"), _deduction, 90, is_number=True),
        Column(lambda: _("Facts"), lambda row: row.answer.facts),
        Column(lambda: _("Evidence"), lambda row: _(", ").join(row.evidence) or "—", 110),
        Column(lambda: _("Reason of the correction"), lambda row: row.reason or "—", 220),
    )


def _deduction(version: AnswerVersion) -> str:
    answer = version.answer
    if not answer.is_applicable:
        return _("not applicable")
    return "—" if answer.deduct is None else show(answer.deduct)
