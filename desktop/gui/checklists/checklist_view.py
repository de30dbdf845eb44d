"""One version of a checklist to read: its items, and the criteria and the rule of the one that is chosen."""

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.domain.checklist import Checklist, Item
from desktop.domain.points import show
from desktop.gui.checklists.rule_shapes import SHAPES
from desktop.gui.texts import Texts
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _

_DETAILS_PX = 190


class ChecklistView(Card):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.checklist: Checklist | None = None
        self._title_label = plain_label("", "heading", wraps=True)
        self._facts_label = plain_label("", "muted", wraps=True)
        self.items: RowsModel[Item] = RowsModel(_columns(), self)
        self.items_view = RowsView(self.items)
        self.item_label = plain_label("", wraps=True)
        texts.say(self.items_view.setAccessibleName, lambda: _("Items of the checklist"))
        self.items_view.row_chosen.connect(self.show_item)
        details = QWidget()
        inner = QVBoxLayout(details)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addWidget(self.item_label)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFixedHeight(_DETAILS_PX)
        scroll.setWidget(details)
        texts.say(scroll.setAccessibleName, lambda: _("The item that is chosen"))
        for label in (self._title_label, self._facts_label):
            self.content.addWidget(label)
        self.content.addWidget(self.items_view, 1)
        self.content.addWidget(scroll)

    def show_checklist(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self._title_label.setText(checklist.name)
        facts = (checklist.code, checklist.mode, checklist.object, checklist.category, checklist.note)
        self._facts_label.setText(" · ".join(fact for fact in facts if fact))
        self.items.show_rows(checklist.items)
        self.items_view.selectRow(0)

    def show_item(self, item: Item) -> None:
        lines = [item.criteria, _("How it is checked: {method}").format(method=item.method)]
        lines.append(_("Scoring rule: {rule}").format(rule=rule_text(item)))
        if item.veto:
            lines.append(_("Vetoed: {text}").format(text=item.veto_text))
        marks = [
            _("may be not applicable") if item.allow_na else "",
            _("at least {count} pieces of evidence").format(count=item.evidence_min)
            if item.evidence_min
            else "",
            _("a deduction needs a photo") if item.photo_on_fail else "",
        ]
        lines.append(_("; ").join(mark for mark in marks if mark))
        self.item_label.setText("\n".join(line for line in lines if line))

    def say_again(self) -> None:
        self.items.say_again()
        chosen = self.items_view.chosen_row()
        if chosen is not None:
            self.show_item(chosen)


def rule_text(item: Item) -> str:
    """The type of the rule, as the editor calls it."""
    kind = type(item.rule).__name__
    names = {
        "DeductRule": "deduct",
        "TierRule": "tiers",
        "YesNoRule": "yes_no",
        "RatioRule": "ratio",
        "ShareRule": "share",
        "GradeRule": "grade",
    }
    return SHAPES[names[kind]].text()


def _columns() -> tuple[Column[Item], ...]:
    return (
        Column(lambda: _("No."), lambda row: str(row.no), 48, is_number=True),
        Column(lambda: _("What is checked"), lambda row: f"★ {row.title}" if row.veto else row.title),
        Column(lambda: _("Points"), lambda row: show(row.points), 62, is_number=True),
        Column(lambda: _("Scoring rule"), rule_text, 140, gives_way=True),
    )
