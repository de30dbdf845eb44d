"""Receipts that go back to the laptops: which packages came, which are answered, which are still owed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.gui.merging.clock_text import clock_text
from desktop.gui.merging.merge_words import package_state_text
from desktop.gui.texts import Texts
from desktop.gui.visits.visit_words import minute_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import EmptyState, table_card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.window_fit import PageStack
from desktop.i18n import _
from desktop.services.packages.receipt_lines import ReceiptLine, ReceiptStanding
from desktop.services.packages.sender_clocks import SenderClock


class ReceiptsPanel(PageStack):
    """``write_wanted``: the receipts shall be written to a medium."""

    write_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.lines: RowsModel[ReceiptLine] = RowsModel(_columns(), self)
        self.lines_view = RowsView(self.lines)
        self.write_button = text_button(
            texts, lambda: _("Write receipts …"), "package-check", is_primary=True
        )
        self._state_label = plain_label("", "muted", wraps=True)
        self.clocks_label = plain_label("", "warning", wraps=True)
        self.clocks_label.setContentsMargins(2, 0, 2, 0)
        self.clocks_label.hide()
        texts.say(self.lines_view.setAccessibleName, lambda: _("Receipts"))
        self.write_button.clicked.connect(self.write_wanted)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.clocks_label)
        column.addWidget(table_card(self.lines_view, self._state_label, self.write_button), 1)
        self.addWidget(filled)
        self.addWidget(
            EmptyState(
                texts,
                "package-check",
                lambda: _("No package has come yet"),
                lambda: _(
                    "Each package that is merged is answered by a receipt; until then its laptop keeps all."
                ),
            )
        )

    def show_lines(self, lines: tuple[ReceiptLine, ...]) -> None:
        self.lines.show_rows(lines)
        self.setCurrentIndex(0 if lines else 1)
        nodes = sorted({line.node for line in lines if line.standing is ReceiptStanding.DUE})
        if nodes:
            self._state_label.setText(
                _("Receipts are due for: {nodes}. Carry them to the laptops and read them in there.").format(
                    nodes=_(", ").join(nodes)
                )
            )
        else:
            self._state_label.setText(_("Every package that came has been answered."))

    def show_clocks(self, clocks: tuple[SenderClock, ...]) -> None:
        """Computers whose clocks are odd, above the list of their packages."""
        self.clocks_label.setText("\n".join(map(clock_text, clocks)))
        self.clocks_label.setVisible(bool(clocks))

    @property
    def due(self) -> int:
        """How many packages wait for a receipt."""
        rows = [self.lines.row(number) for number in range(self.lines.rowCount())]
        return sum(1 for row in rows if row.standing is ReceiptStanding.DUE)


def _columns() -> tuple[Column[ReceiptLine], ...]:
    return (
        Column(lambda: _("Node"), lambda row: row.node, 100),
        Column(lambda: _("No."), lambda row: str(row.seq or "—"), 56, is_number=True),
        Column(lambda: _("Package"), lambda row: row.file, least_px=150),
        Column(lambda: _("Came on"), lambda row: minute_text(row.came_at), 140, gives_way=True),
        Column(lambda: _("Outcome"), lambda row: _state_text(row.what_became), 92),
        Column(lambda: _("Receipt"), lambda row: row.receipt or "—", 200),
        Column(
            lambda: _("Status"),
            lambda row: _standing_text(row),
            150,
            chip=lambda row: _TONES[row.standing],
        ),
    )


_TONES = {ReceiptStanding.WRITTEN: "ok", ReceiptStanding.DUE: "warn", ReceiptStanding.NOBODY: "muted"}


def _state_text(state: str) -> str:
    return _("in quarantine") if state == "quarantined" else package_state_text(state)


def _standing_text(line: ReceiptLine) -> str:
    match line.standing:
        case ReceiptStanding.WRITTEN:
            return _("written on {day}").format(day=line.written_at[:10])
        case ReceiptStanding.DUE:
            return _("due")
    return _("sender not enrolled")
