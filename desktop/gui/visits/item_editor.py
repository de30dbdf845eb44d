"""One item being answered: its criterion, one key for each usual deduction, figures, facts."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.answer import Answer
from desktop.domain.checklist import Item
from desktop.domain.key_steps import press
from desktop.domain.points import show
from desktop.gui.texts import Texts
from desktop.gui.visits.facts_field import FactsField
from desktop.gui.visits.key_buttons import KeyButtons
from desktop.gui.widgets.figures_form import FiguresForm
from desktop.gui.widgets.flow_row import FlowRow
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.scrolled import FollowingArea
from desktop.i18n import _

_GAP_PX = 12
_LEAST_ASKED_PX = 176
"""How much of what is asked is seen at least: what is demanded, and the first keys."""


class _AskedArea(FollowingArea):
    """``resized``: what lies in it has got another width, and so perhaps another height."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self.resized.emit()
        # On a low screen less is left for the fields when a correction begins: the one that is typed in stays seen.
        typed_in = self.focusWidget()
        if typed_in is not None and typed_in.hasFocus() and typed_in is not self:
            self.ensureWidgetVisible(typed_in)


class ItemEditor(QWidget):
    """``changed`` carries the Answer as typed; one whose deduction is no number yet carries None."""

    changed = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._item: Item | None = None
        self._answer = Answer(0)
        self._is_filling = False
        self._is_read_only = False
        self._title_label = plain_label("", "heading", wraps=True)
        self._criteria_label = plain_label("", wraps=True)
        self._method_label = plain_label("", "muted", wraps=True)
        self._veto_label = plain_label("", "warning", wraps=True)
        self._asked, self._scroll = QWidget(), _AskedArea()
        # New rows, and a new width, have their heights only when the layouts within have been told.
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit)
        self._scroll.resized.connect(self._fit_soon.start)
        self.keys = KeyButtons()
        self.figures = FiguresForm()
        self.deduct_field = QLineEdit()
        self.deduct_field.setFixedWidth(96)
        self.not_applicable_field = QCheckBox()
        self.veto_field = QCheckBox()
        self.fixed_field = QCheckBox()
        self._boxes = (self.not_applicable_field, self.fixed_field, self.veto_field)
        self.facts_field = FactsField()
        self._say(texts)
        self._connect()
        self._lay_out(texts)

    def show_item(self, item: Item, answer: Answer) -> None:
        """Put another item in the place of the one before; nothing is reported as changed by it."""
        if item is not self._item:
            self._scroll.verticalScrollBar().setValue(0)
        self._item, self._answer = item, answer
        self._is_filling = True
        self._title_label.setText(f"{item.no}. {item.title}（{show(item.points)}）")
        self._criteria_label.setText(item.criteria)
        self._method_label.setText(_("How it is checked: {method}").format(method=item.method))
        self._method_label.setVisible(bool(item.method))
        self._veto_label.setText(f"★ {item.veto_text}" if item.veto else "")
        self._veto_label.setVisible(item.veto)
        self.veto_field.setVisible(item.veto)
        self.veto_field.setChecked(answer.veto_hit)
        self.not_applicable_field.setChecked(not answer.is_applicable)
        self.fixed_field.setChecked(answer.fixed_on_site)
        self.deduct_field.setText("" if answer.deduct is None else show(answer.deduct))
        self.facts_field.show_text(answer.facts)
        self.figures.ask(item.rule.inputs, answer.inputs)
        self.figures.setVisible(bool(item.rule.inputs))
        # New fields stand last in the order of the Tab key until they are put behind the keys.
        for before, field in pairwise((self.keys.last_button, *self.figures.fields())):
            QWidget.setTabOrder(before, field)
        self.keys.show_answer(item.rule, answer)
        self._is_filling = False
        self.set_read_only(self._is_read_only)
        self._fit_soon.start()

    def press_key(self, number: int) -> None:
        """A digit: 0 for nothing off, else the usual finding of this number."""
        if self._item is None or self._is_read_only:
            return
        if number == 0:
            self.give_full()
            return
        typed = self._typed()
        pressed = press(self._item.rule, number, typed)
        if pressed is not typed:
            self._put(pressed)

    def give_full(self) -> None:
        """Nothing off."""
        if self._item is not None and not self._is_read_only:
            full = replace(self._typed(), deduct=Decimal(0), inputs={}, veto_hit=False, is_applicable=True)
            self._put(full)

    def toggle_not_applicable(self) -> None:
        self._toggle(self.not_applicable_field)

    def toggle_veto(self) -> None:
        """A veto that was found marks the item and ends nothing."""
        if self._item is not None and self._item.veto:
            self._toggle(self.veto_field)

    def toggle_fixed(self) -> None:
        self._toggle(self.fixed_field)

    def focus_figures(self) -> None:
        if not self.figures.focus_first():
            self.deduct_field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fields(self) -> Iterable[QWidget]:
        """Every field in which something can be typed now; the figures change with the item."""
        return (*self.figures.fields(), self.deduct_field, *self._boxes, self.facts_field)

    def name_evidence(self, answer: Answer) -> None:
        """Evidence has been added to the item that is shown: keep its ids with what is typed."""
        if answer.item_no == self._answer.item_no:
            self._answer = replace(self._answer, evidence_ids=answer.evidence_ids)

    def set_read_only(self, is_read_only: bool) -> None:
        self._is_read_only = is_read_only
        for field in (self.keys, self.figures, self.deduct_field, self.veto_field, self.fixed_field):
            field.setEnabled(not is_read_only)
        self.facts_field.setReadOnly(is_read_only)
        allows_na = self._item is not None and (self._item.allow_na or not self._answer.is_applicable)
        self.not_applicable_field.setEnabled(allows_na and not is_read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        self._fit_soon.start()

    def _fit(self) -> None:
        """What is asked gets the height it needs, the facts the rest."""
        layout = self._asked.layout()
        if layout is not None:
            layout.activate()
            height = layout.totalHeightForWidth(self._scroll.viewport().width())
            self._scroll.setMaximumHeight(height + 10 if height > 0 else layout.totalSizeHint().height())

    def _toggle(self, box: QCheckBox) -> None:
        if box.isEnabled() and not self._is_read_only:
            box.toggle()

    def _put(self, answer: Answer) -> None:
        if self._item is not None:
            self.show_item(self._item, answer)
            self.changed.emit(answer)

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

    def _report_figures(self) -> None:
        """What was measured decides, also over a deduction that stood there before."""
        self.deduct_field.clear()
        self._report()

    def _report(self) -> None:
        if self._is_filling or self._item is None:
            return
        text = self.deduct_field.text().strip()
        try:
            self._answer = replace(self._typed(), deduct=Decimal(text) if text else None)
        except InvalidOperation:
            self.changed.emit(None)
            return
        self.keys.show_answer(self._item.rule, self._answer)
        self.changed.emit(self._answer)

    def _connect(self) -> None:
        self.keys.pressed.connect(self.press_key)
        self.figures.changed.connect(self._report_figures)
        self.deduct_field.textEdited.connect(lambda _text: self._report())
        for box in (self.not_applicable_field, self.veto_field, self.fixed_field):
            box.toggled.connect(lambda _on: self._report())
        self.facts_field.textChanged.connect(self._report)

    def _say(self, texts: Texts) -> None:
        texts.say(self.not_applicable_field.setText, lambda: _("N/A (N)"))
        texts.say(self.veto_field.setText, lambda: _("Veto met (V)"))
        texts.say(self.fixed_field.setText, lambda: _("Mended (L)"))
        texts.say(self.deduct_field.setAccessibleName, lambda: _("Deduction"))
        texts.say(self.deduct_field.setPlaceholderText, lambda: _("points off"))
        texts.say(self.facts_field.setAccessibleName, lambda: _("Facts"))
        texts.say(
            self.facts_field.setPlaceholderText,
            lambda: _("Where, what, how many. A short code and Tab puts a phrase."),
        )

    def _lay_out(self, texts: Texts) -> None:
        deduct_label = plain_label()
        texts.say(deduct_label.setText, lambda: _("Deduction (D)"))
        deduction = QWidget()
        row = QHBoxLayout(deduction)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.addWidget(deduct_label)
        row.addWidget(self.deduct_field)
        upper = QVBoxLayout(self._asked)
        upper.setContentsMargins(0, 0, 6, 0)
        upper.setSpacing(8)
        for label in (self._criteria_label, self._method_label, self._veto_label):
            upper.addWidget(label)
        upper.addWidget(self.keys)
        upper.addWidget(self.figures)
        upper.addStretch(1)
        scroll = self._scroll
        scroll.setWidget(self._asked)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumHeight(_LEAST_ASKED_PX)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title_label)
        column.addWidget(scroll, 100)
        column.addWidget(FlowRow(deduction, *self._boxes, gap_px=_GAP_PX))
        column.addWidget(self.facts_field, 1)
