"""The two tables of the export page: their columns, and what stands in their place while they are empty."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.gui.field.handover_words import HANDOVER_TONES, handover_text
from desktop.gui.merging.merge_words import PACKAGE_STATE_TONES, package_state_text
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.cards import EmptyState
from desktop.gui.widgets.rows_model import Column
from desktop.i18n import _
from desktop.services.packages.merge_view import PackageLine
from desktop.services.packages.show_handover import VisitOnItsWay


def visit_columns() -> tuple[Column[VisitOnItsWay], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.unit or _("sealed")),
        Column(lambda: _("Day"), lambda row: row.day, 100),
        Column(
            lambda: _("Evidence"), lambda row: str(row.evidence or "—"), 84, is_number=True, gives_way=True
        ),
        Column(
            lambda: _("Status"),
            lambda row: handover_text(row.state),
            168,
            chip=lambda row: HANDOVER_TONES[row.state],
        ),
    )


def package_columns() -> tuple[Column[PackageLine], ...]:
    return (
        Column(lambda: _("Time"), lambda row: minute_text(row.at), 138),
        Column(lambda: _("No."), lambda row: str(row.seq), 52, is_number=True, gives_way=True),
        Column(lambda: _("File"), _file_text),
        Column(
            lambda: _("Status"),
            lambda row: package_state_text(row.state),
            168,
            chip=lambda row: PACKAGE_STATE_TONES.get(row.state, "muted"),
        ),
    )


def _file_text(line: PackageLine) -> str:
    if len(line.files) < 2:
        return line.file
    return _("{file} ({count} files)").format(file=line.file, count=len(line.files))


def visits_or_nothing(texts: Texts, view: QWidget) -> QStackedWidget:
    return _sides(
        view,
        EmptyState(
            texts,
            "clipboard-check",
            lambda: _("No visit has been recorded on this computer"),
            lambda: _("What is recorded on the page “Visit on site” stands here with its way to the office."),
        ),
    )


def packages_or_nothing(texts: Texts, view: QWidget) -> QStackedWidget:
    return _sides(
        view,
        EmptyState(
            texts,
            "upload",
            lambda: _("Nothing has been exported yet"),
            lambda: _(
                "Put a stick in and press “Export results …”; what was typed is exported as it is saved."
            ),
        ),
    )


def _sides(view: QWidget, empty: EmptyState) -> QStackedWidget:
    sides = QStackedWidget()
    sides.addWidget(view)
    sides.addWidget(empty)
    return sides
