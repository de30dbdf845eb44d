"""Beside the picture: what it was made from, what was made from it, before and after, and where else it is used."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.gui.widgets.buttons import unambiguous
from desktop.gui.widgets.chip import Chip
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.pictures.evidence_relations import Relations
from desktop.services.pictures.related import Related

_MOST_BUTTONS = 3


class RelationsView(QFrame):
    """Hidden where there is nothing to tell.

    ``evidence_wanted`` carries a ShownEvidence; ``pair_wanted`` the id of the photo of after.
    """

    evidence_wanted = Signal(object)
    pair_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 10, 12, 10)
        # Much can be told of one photo; what is known of the file keeps its room below.
        self._area = Scrolled(QWidget())
        self._column.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_relations(self, relations: Relations) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._add_derivation(column, relations)
        self._add(column, _("Made from it:"), relations.derivatives)
        self._add_pairs(column, relations)
        self._add(
            column,
            _("The same file is evidence of other visits, too. Check whether that is meant."),
            relations.same,
            look="warning",
            with_visit=True,
        )
        self._add(
            column,
            _("Perhaps the same scene as in other visits. This is only a hint; compare the photos."),
            relations.alike,
            with_visit=True,
        )
        self._area.setWidget(content)
        self.setVisible(column.count() > 0)

    def _add_derivation(self, column: QVBoxLayout, relations: Relations) -> None:
        if not relations.derivation:
            return
        row = QHBoxLayout()
        row.addWidget(Chip(_("Derived"), "primary"))
        row.addStretch(1)
        column.addLayout(row)
        text = _("No original: {how} with {tool} in {count} steps.").format(
            how=relations.derivation, tool=relations.tool or _("an unknown program"), count=relations.steps
        )
        column.addWidget(plain_label(text, wraps=True))
        if relations.parent is None:
            column.addWidget(plain_label(_("Its original is not in this workspace."), "warning", wraps=True))
        else:
            self._add_button(column, relations.parent, _("Original {number}"))

    def _add_pairs(self, column: QVBoxLayout, relations: Relations) -> None:
        pairs = [relations.evidence_id] if relations.before is not None else []
        pairs += [after.evidence.id for after in relations.afters[:_MOST_BUTTONS]]
        names = [relations.before] if relations.before is not None else []
        for after_id, other in zip(pairs, [*names, *relations.afters], strict=False):
            is_before = other is relations.before
            text = _("Before: {number} {visit}") if is_before else _("After: {number} {visit}")
            shown = text.format(number=other.evidence.number, visit=other.visit)
            column.addWidget(plain_label(shown, wraps=True))
            button = QPushButton(_("Compare before and after"))
            button.clicked.connect(partial(self.pair_wanted.emit, after_id))
            column.addWidget(button)

    def _add(
        self,
        column: QVBoxLayout,
        text: str,
        others: Sequence[Related],
        *,
        look: str = "muted",
        with_visit: bool = False,
    ) -> None:
        if not others:
            return
        column.addWidget(plain_label(text, look, wraps=True))
        for other in others[:_MOST_BUTTONS]:
            if with_visit:
                column.addWidget(plain_label(other.visit, wraps=True))
            self._add_button(column, other, _("Show {number}"))
        left = len(others) - _MOST_BUTTONS
        if left > 0:
            column.addWidget(plain_label(_("and {count} more").format(count=left), "muted"))

    def _add_button(self, column: QVBoxLayout, other: Related, text: str) -> None:
        button = QPushButton(unambiguous(text.format(number=other.evidence.number)))
        button.clicked.connect(partial(self.evidence_wanted.emit, other.evidence))
        column.addWidget(button)
