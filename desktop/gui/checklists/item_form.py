"""One item of a checklist being written: its text, its points, its marks and its scoring rule."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.gui.checklists.rule_form import RuleForm
from desktop.gui.texts import Texts
from desktop.gui.widgets.checked_form import CheckedForm
from desktop.gui.widgets.text_fields import TextArea
from desktop.i18n import _

NEW_RULE: Mapping[str, Any] = {"type": "deduct", "manual": True, "findings": []}
NEW_ITEM: Mapping[str, Any] = {
    "title": "",
    "points": "",
    "criteria": "",
    "method": "",
    "veto": False,
    "veto_text": "",
    "allow_na": False,
    "evidence_min": 0,
    "photo_on_fail": False,
    "rule": NEW_RULE,
}
_AREA_PX = 60


class ItemForm(QWidget):
    """``changed``: by the user."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._is_showing = False
        self.title_field, self.points_field, self.evidence_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.criteria_field, self.method_field = _area(), _area()
        self.veto_text_field = QLineEdit()
        self.veto_box, self.na_box, self.photo_box = QCheckBox(), QCheckBox(), QCheckBox()
        texts.say(self.veto_box.setText, lambda: _("veto item"))
        texts.say(self.na_box.setText, lambda: _("may be not applicable"))
        texts.say(self.photo_box.setText, lambda: _("a deduction needs a photo"))
        self.form = CheckedForm(texts, 4)
        self.form.add_field("title", lambda: _("What is checked"), self.title_field, 2)
        self.form.add_field("points", lambda: _("Points"), self.points_field)
        self.form.add_field("evidence_min", lambda: _("Evidence at least"), self.evidence_field)
        self.form.add_field("criteria", lambda: _("Criteria"), self.criteria_field, 4)
        self.form.add_field("method", lambda: _("How it is checked"), self.method_field, 4)
        marks = QWidget()
        row = QHBoxLayout(marks)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for box in (self.na_box, self.photo_box, self.veto_box):
            row.addWidget(box)
        row.addStretch(1)
        self.veto_form = CheckedForm(texts)
        self.veto_form.add_field("veto_text", lambda: _("What is vetoed"), self.veto_text_field)
        self.rule_form = RuleForm(texts)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for widget in (self.form, marks, self.veto_form, self.rule_form):
            column.addWidget(widget)
        column.addStretch(1)
        self._connect()

    def show_item(self, item: Mapping[str, Any]) -> None:
        self._is_showing = True
        self.title_field.setText(item["title"])
        self.points_field.setText(str(item["points"]))
        self.evidence_field.setText(str(item["evidence_min"]))
        self.criteria_field.setPlainText(item["criteria"])
        self.method_field.setPlainText(item["method"])
        self.veto_text_field.setText(item["veto_text"])
        self.veto_box.setChecked(item["veto"])
        self.na_box.setChecked(item["allow_na"])
        self.photo_box.setChecked(item["photo_on_fail"])
        self.veto_form.setVisible(item["veto"])
        self.rule_form.show_rule(item["rule"])
        self._is_showing = False

    def item(self) -> dict[str, Any]:
        """As a checklist file says it, without its number."""
        is_veto = self.veto_box.isChecked()
        return {
            "title": self.title_field.text().strip(),
            "points": _number(self.points_field.text()),
            "criteria": self.criteria_field.toPlainText().strip(),
            "method": self.method_field.toPlainText().strip(),
            "veto": is_veto,
            "veto_text": self.veto_text_field.text().strip() if is_veto else "",
            "allow_na": self.na_box.isChecked(),
            "evidence_min": _number(self.evidence_field.text()),
            "photo_on_fail": self.photo_box.isChecked(),
            "rule": self.rule_form.rule(),
        }

    def show_problems(self, problems: Mapping[str, str]) -> None:
        self.form.show_problems(problems)
        self.veto_form.show_problems(problems)
        self.rule_form.show_problem(problems.get("rule", ""))

    def _tell(self) -> None:
        if not self._is_showing:
            self.changed.emit()

    def _toggle_veto(self, is_veto: bool) -> None:
        self.veto_form.setVisible(is_veto)
        self._tell()

    def _connect(self) -> None:
        for line in (self.title_field, self.points_field, self.evidence_field, self.veto_text_field):
            line.textChanged.connect(lambda _text: self._tell())
        for area in (self.criteria_field, self.method_field):
            area.textChanged.connect(self._tell)
        for box in (self.na_box, self.photo_box):
            box.toggled.connect(lambda _on: self._tell())
        self.veto_box.toggled.connect(self._toggle_veto)
        self.rule_form.changed.connect(self._tell)


def _area() -> TextArea:
    area = TextArea()
    area.setTabChangesFocus(True)
    area.setFixedHeight(_AREA_PX)
    return area


def _number(text: str) -> int | str:
    """A whole number as such, everything else as it was typed."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
