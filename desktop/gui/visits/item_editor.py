"""One item being answered: its criterion, one key for each usual deduction, figures, facts."""

from dataclasses import replace
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.answer import Answer
from desktop.domain.checklist import Item
from desktop.domain.points import show
from desktop.gui.texts import Texts
from desktop.gui.widgets.figures_form import FiguresForm
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _

_MOST_KEYS = 6


class ItemEditor(QWidget):
    """``changed`` carries the Answer as typed; one whose deduction is no number yet carries None."""

    changed = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._item: Item | None = None
        self._answer = Answer(0)
        self._is_filling = False
        self._keys = [QPushButton() for _each in range(1 + _MOST_KEYS)]
        self._title_label = plain_label("", "heading", wraps=True)
        self._criteria_label = plain_label("", wraps=True)
        self._method_label = plain_label("", "muted", wraps=True)
        self._veto_label = plain_label("", "warning", wraps=True)
        self._key_row = QHBoxLayout()
        self._key_row.setSpacing(8)
        self.figures = FiguresForm()
        self.deduct_field = QLineEdit()
        self.deduct_field.setMaximumWidth(110)
        self.not_applicable_field = QCheckBox()
        self.veto_field = QCheckBox()
        self.fixed_field = QCheckBox()
        self.facts_field = QPlainTextEdit()
        self.facts_field.setTabChangesFocus(True)
        self._say(texts)
        self._connect()
        self._lay_out(texts)

    def show_item(self, item: Item, answer: Answer) -> None:
        """Put another item in the place of the one before; nothing is reported as changed by it."""
        self._item, self._answer = item, answer
        self._is_filling = True
        self._title_label.setText(f"{item.no}. {item.title}（{show(item.points)}）")
        self._criteria_label.setText(item.criteria)
        self._method_label.setText(item.method)
        self._veto_label.setText(f"★ {item.veto_text}" if item.veto else "")
        self._veto_label.setVisible(item.veto)
        self.veto_field.setVisible(item.veto)
        self.veto_field.setChecked(answer.veto_hit)
        self.not_applicable_field.setEnabled(item.allow_na or not answer.is_applicable)
        self.not_applicable_field.setChecked(not answer.is_applicable)
        self.fixed_field.setChecked(answer.fixed_on_site)
        self.deduct_field.setText("" if answer.deduct is None else show(answer.deduct))
        self.facts_field.setPlainText(answer.facts)
        self.figures.ask(item.rule.inputs, answer.inputs)
        self._show_keys(item)
        self._is_filling = False

    def choose_suggestion(self, number: int) -> None:
        """Press key ``number``, from 1; a number without a key does nothing."""
        if self._item is None or number > len(self._item.rule.suggestions):
            return
        suggestion = self._item.rule.suggestions[number - 1]
        # Where the key fills in figures, the deduction follows them when they are changed.
        deduct = suggestion.deduct if suggestion.inputs is None else None
        self._put(replace(self._typed(), deduct=deduct, inputs=dict(suggestion.inputs or {})))

    def give_full(self) -> None:
        """Nothing off."""
        self._put(replace(self._typed(), deduct=Decimal(0), inputs={}, veto_hit=False))

    def choose_not_applicable(self) -> None:
        if self.not_applicable_field.isEnabled():
            self.not_applicable_field.toggle()

    def name_evidence(self, answer: Answer) -> None:
        """Evidence has been added to the item that is shown: keep its ids with what is typed."""
        if answer.item_no == self._answer.item_no:
            self._answer = replace(self._answer, evidence_ids=answer.evidence_ids)

    def set_read_only(self, is_read_only: bool) -> None:
        for field in (self.figures, self.deduct_field, self.veto_field, self.fixed_field, *self._keys):
            field.setEnabled(not is_read_only)
        self.facts_field.setReadOnly(is_read_only)
        if is_read_only:
            self.not_applicable_field.setEnabled(False)

    def _put(self, answer: Answer) -> None:
        if self._item is not None:
            put = replace(answer, is_applicable=True)
            self.show_item(self._item, put)
            self.changed.emit(put)

    def _press(self, number: int, _is_down: bool) -> None:
        self.choose_suggestion(number)

    def _typed(self) -> Answer:
        """What stands in the fields, without the deduction."""
        is_applicable = not self.not_applicable_field.isChecked()
        return replace(
            self._answer,
            is_applicable=is_applicable,
            deduct=None,
            inputs=self.figures.values(),
            facts=self.facts_field.toPlainText(),
            veto_hit=self.veto_field.isChecked() and is_applicable and bool(self._item and self._item.veto),
            fixed_on_site=self.fixed_field.isChecked(),
        )

    def _report(self) -> None:
        if self._is_filling or self._item is None:
            return
        text = self.deduct_field.text().strip()
        try:
            self._answer = replace(self._typed(), deduct=Decimal(text) if text else None)
        except InvalidOperation:
            self.changed.emit(None)
            return
        self.changed.emit(self._answer)

    def _show_keys(self, item: Item) -> None:
        self._keys[0].setText(_("0  Nothing off"))
        suggestions = item.rule.suggestions
        for number, key in enumerate(self._keys[1:], 1):
            key.setVisible(number <= len(suggestions))
            if number <= len(suggestions):
                key.setText(f"{number}  −{show(suggestions[number - 1].deduct)}")
                key.setAccessibleName(suggestions[number - 1].text)

    def _connect(self) -> None:
        self._keys[0].clicked.connect(self.give_full)
        for number, key in enumerate(self._keys[1:], 1):
            key.clicked.connect(partial(self._press, number))
        self.figures.changed.connect(self._report)
        self.deduct_field.textEdited.connect(lambda _text: self._report())
        for box in (self.not_applicable_field, self.veto_field, self.fixed_field):
            box.toggled.connect(lambda _on: self._report())
        self.facts_field.textChanged.connect(self._report)

    def _say(self, texts: Texts) -> None:
        texts.say(self.not_applicable_field.setText, lambda: _("Not applicable (N)"))
        texts.say(self.veto_field.setText, lambda: _("The veto is met"))
        texts.say(self.fixed_field.setText, lambda: _("Mended on site"))
        texts.say(self.deduct_field.setAccessibleName, lambda: _("Deduction"))
        texts.say(self.deduct_field.setPlaceholderText, lambda: _("points off"))
        texts.say(self.facts_field.setAccessibleName, lambda: _("Facts"))
        texts.say(
            self.facts_field.setPlaceholderText,
            lambda: _("What was found: where, what, how many. It is saved while you type."),
        )

    def _lay_out(self, texts: Texts) -> None:
        deduct_label = plain_label()
        texts.say(deduct_label.setText, lambda: _("Deduction"))
        for key in self._keys:
            self._key_row.addWidget(key)
        self._key_row.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(deduct_label)
        row.addWidget(self.deduct_field)
        row.addWidget(self.not_applicable_field)
        row.addWidget(self.fixed_field)
        row.addWidget(self.veto_field)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for label in (self._title_label, self._criteria_label, self._method_label, self._veto_label):
            column.addWidget(label)
        column.addLayout(self._key_row)
        column.addWidget(self.figures)
        column.addLayout(row)
        column.addWidget(self.facts_field, 1)
