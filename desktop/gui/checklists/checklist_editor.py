"""A checklist being written: its head, its items in order with the sum of their points, and the item in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.domain.checklist_problems import ChecklistProblem, checklist_problems, total_points
from desktop.domain.points import show
from desktop.gui.checklists.item_form import NEW_ITEM, ItemForm
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, Split
from desktop.gui.widgets.checked_form import CheckedForm
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.checklists.save_checklist import ChecklistChoices, next_code

MODES = ("明查", "暗访", "明暗结合")
_ITEMS_PX = 280
_HEAD = ("name", "mode", "object", "category", "note")


@dataclass(frozen=True)
class ItemRow:
    number: int
    title: str
    points: str
    is_veto: bool
    is_right: bool


class ChecklistEditor(QWidget):
    """``changed``: by the user. ``replaces``: the id of the version this one follows, else empty."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.replaces = ""
        self.problems: Sequence[ChecklistProblem] = ()
        self._choices = ChecklistChoices((), frozenset(), 2026)
        self._items: list[dict[str, Any]] = []
        self._is_showing = self._is_saying_all = False
        self.code_field, self.name_field, self.object_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.note_field = QLineEdit()
        self.mode_field, self.category_field = ChoiceField(), ChoiceField()
        for combo in (self.mode_field, self.category_field):
            combo.setEditable(True)
            combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.mode_field.addItems(MODES)
        self.code_field.setPlaceholderText("ZDXM-2026-V1")
        self.head = CheckedForm(texts, 3)
        self.rows: RowsModel[ItemRow] = RowsModel(_columns(), self)
        self.view = RowsView(self.rows)
        self.item_form = ItemForm(texts)
        self.total_label = plain_label("", "heading")
        self.items_problem_label = plain_label("", "warning", wraps=True)
        self.add_button = text_button(texts, lambda: _("Add an item"), "plus")
        self.remove_button = text_button(texts, lambda: _("Remove"), "x")
        self.up_button = text_button(texts, lambda: _("Up"), "arrow-up")
        self.down_button = text_button(texts, lambda: _("Down"), "arrow-down")
        self._lay_out(texts)
        self._connect()

    def value(self) -> dict[str, Any]:
        """The checklist as its file would say it."""
        code = self.code_field.text().strip()
        return {
            "code": code,
            "version": code.partition("-")[2],
            "name": self.name_field.text().strip(),
            "mode": self.mode_field.currentText().strip(),
            "object": self.object_field.text().strip(),
            "category": self.category_field.currentText().strip(),
            "note": self.note_field.text().strip(),
            "items": [{"no": number, **item} for number, item in enumerate(self._items, start=1)],
        }

    def show_value(self, value: Mapping[str, Any], choices: ChecklistChoices, replaces: str = "") -> None:
        """Put a checklist into the fields; as a follower of ``replaces`` it gets the next free code."""
        self._is_showing, self._is_saying_all = True, False
        self._choices, self.replaces = choices, replaces
        self.category_field.clear()
        self.category_field.addItems(choices.categories)
        code = value["code"]
        self.code_field.setText(next_code(code, choices.codes) if code in choices.codes else code)
        self.name_field.setText(value["name"])
        self.mode_field.setEditText(value["mode"])
        self.object_field.setText(value["object"])
        self.category_field.setEditText(value["category"])
        self.note_field.setText(value.get("note", ""))
        self._items = [
            {**NEW_ITEM, **{key: part for key, part in item.items() if key != "no"}}
            for item in value["items"]
        ]
        self._is_showing = False
        self._show_rows(0)
        self.check()

    def check(self) -> None:
        value = self.value()
        self.problems = (*checklist_problems(value), *self._code_problems(value["code"]))
        said = {p.field: p.text for p in self.problems if p.item == 0 and self._is_said(value.get(p.field))}
        self.head.show_problems(said)
        self.items_problem_label.setText(said.get("items", ""))
        self.items_problem_label.setVisible(bool(said.get("items")))
        self.total_label.setText(
            _("Items: {count} · points: {points}").format(
                count=len(self._items), points=show(total_points(self._items))
            )
        )
        wrong = {problem.item for problem in self.problems}
        for number, item in enumerate(self._items):
            row = _row(number, item, is_right=number + 1 not in wrong)
            if row != self.rows.row(number):
                self.rows.put_row(number, row)
        current = self._current()
        item = self._items[current] if current >= 0 else {}
        self.item_form.show_problems(
            {
                p.field: p.text
                for p in self.problems
                if p.item == current + 1 and self._is_said(item.get(p.field))
            }
        )

    def may_save(self) -> bool:
        """Whether everything is right; else all that is wrong is said and the first field gets the focus."""
        self._is_saying_all = True
        self.check()
        if not self.problems:
            return True
        first = self.problems[0]
        if first.item:
            self.view.selectRow(first.item - 1)
            form = self.item_form.form
            target: QWidget = self.item_form.rule_form.kind_field
            if form.has_field(first.field):
                target = form.field(first.field)
            elif first.field == "veto_text":
                target = self.item_form.veto_text_field
        else:
            target = self.head.field(first.field) if self.head.has_field(first.field) else self.view
        target.setFocus()
        self.check()
        return False

    def _code_problems(self, code: str) -> list[ChecklistProblem]:
        if next_code(code, frozenset()) == code:
            text = _("Write capital letters, a year and a version, as in the example.")
            return [ChecklistProblem("code", text)]
        if code in self._choices.codes:
            text = _("There is already a checklist with the code {code}.").format(code=code)
            return [ChecklistProblem("code", text)]
        return []

    def _is_said(self, value: object) -> bool:
        """An empty field of a new checklist is not yet a mistake."""
        return self._is_saying_all or value not in ("", [], None)

    def _current(self) -> int:
        return self.view.currentIndex().row()

    def _show_rows(self, current: int) -> None:
        self.rows.show_rows([_row(number, item, is_right=True) for number, item in enumerate(self._items)])
        if self._items:
            self.view.selectRow(min(current, len(self._items) - 1))
        self._show_item()

    def _show_item(self) -> None:
        current = self._current()
        self.item_form.setEnabled(current >= 0)
        self.item_form.show_item(self._items[current] if current >= 0 else NEW_ITEM)
        for button in (self.remove_button, self.up_button, self.down_button):
            button.setEnabled(current >= 0)

    def _take_item(self) -> None:
        current = self._current()
        if current >= 0:
            self._items[current] = self.item_form.item()
            self._tell()

    def _add(self) -> None:
        number = self._current() + 1
        self._items.insert(number, dict(NEW_ITEM))
        self._show_rows(number)
        self._tell()
        self.item_form.title_field.setFocus()

    def _remove(self) -> None:
        current = self._current()
        if current >= 0:
            del self._items[current]
            self._show_rows(current)
            self._tell()

    def _move(self, by: int) -> None:
        current = self._current()
        if current >= 0 and 0 <= current + by < len(self._items):
            self._items[current], self._items[current + by] = self._items[current + by], self._items[current]
            self._show_rows(current + by)
            self._tell()

    def _choose(self) -> None:
        self._show_item()
        self.check()

    def _tell(self) -> None:
        if not self._is_showing:
            self.check()
            self.changed.emit()

    def _connect(self) -> None:
        for line in (self.code_field, self.name_field, self.object_field, self.note_field):
            line.textChanged.connect(lambda _text: self._tell())
        for combo in (self.mode_field, self.category_field):
            combo.editTextChanged.connect(lambda _text: self._tell())
        self.item_form.changed.connect(self._take_item)
        self.view.row_chosen.connect(lambda _row: self._choose())
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))

    def _lay_out(self, texts: Texts) -> None:
        for key, label, field in (
            ("name", lambda: _("Name"), self.name_field),
            ("code", lambda: _("Code and version"), self.code_field),
            ("category", lambda: _("Category"), self.category_field),
            ("mode", lambda: _("Mode"), self.mode_field),
            ("object", lambda: _("Applies to"), self.object_field),
            ("note", lambda: _("Notes on it"), self.note_field),
        ):
            self.head.add_field(key, label, field)
        texts.say(self.view.setAccessibleName, lambda: _("Items of the checklist"))
        top, left, right = Card(), Card(), Card()
        top.content.addWidget(self.head)
        left.content.setContentsMargins(1, 1, 1, 12)
        left.content.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 0, 14, 0)
        foot.addWidget(self.total_label)
        foot.addWidget(self.items_problem_label)
        buttons = QGridLayout()
        for number, button in enumerate(
            (self.add_button, self.remove_button, self.up_button, self.down_button)
        ):
            buttons.addWidget(button, number // 2, number % 2)
        foot.addLayout(buttons)
        left.content.addLayout(foot)
        right.content.addWidget(Scrolled(self.item_form))
        lower = Split(left, right, (400, 720))
        lower.setMinimumHeight(_ITEMS_PX)
        parts = QVBoxLayout()
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(14)
        parts.addWidget(top)
        parts.addWidget(lower, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        # Where much is wrong, what is said about it takes the room of a low window.
        column.addWidget(Scrolled(parts))


def _row(number: int, item: Mapping[str, Any], *, is_right: bool) -> ItemRow:
    return ItemRow(number + 1, item["title"], str(item["points"]), bool(item["veto"]), is_right)


def _columns() -> tuple[Column[ItemRow], ...]:
    return (
        Column(lambda: _("No."), lambda row: str(row.number), 48, is_number=True),
        Column(lambda: _("What is checked"), lambda row: f"★ {row.title}" if row.is_veto else row.title),
        Column(lambda: _("Points"), lambda row: row.points, 62, is_number=True, gives_way=True),
        Column(
            lambda: _("State"),
            lambda row: "" if row.is_right else _("unfinished"),
            96,
            chip=lambda _row: "bad",
        ),
    )
