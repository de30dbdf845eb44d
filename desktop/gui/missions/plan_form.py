"""The fields of a mission that are not its visits: what it is, who goes, and how a covert one is kept secret."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from desktop.gui.missions.mission_columns import period_text
from desktop.gui.texts import Texts
from desktop.gui.widgets.check_list import CheckLine, CheckList
from desktop.gui.widgets.checked_form import CheckedForm
from desktop.gui.widgets.day_field import DayField
from desktop.gui.widgets.field_form import secret_field
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.search_bar import MODE_CHOICES
from desktop.gui.widgets.text_fields import TextArea
from desktop.i18n import _
from desktop.services.missions.mission_choices import MissionChoices

PERIODS = ("月检查", "季分析", "半年", "抽样", "专项", "回头看", "年终")


class BasicsForm(CheckedForm):
    """Title, number, kind and days."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, 3)
        self.title_field, self.number_field = QLineEdit(), QLineEdit()
        self.mode_field, self.period_field = ChoiceField(), ChoiceField()
        self.begin_field, self.end_field = DayField(), DayField()
        self.regular_box = QCheckBox()
        texts.say(self.regular_box.setText, lambda: _("comes round regularly"))
        for value, _text in MODE_CHOICES[1:]:
            self.mode_field.addItem("", value)
        for period in ("", *PERIODS):
            self.period_field.addItem("", period)
        texts.say(_put_texts(self.mode_field), lambda: [text() for _value, text in MODE_CHOICES[1:]])
        texts.say(_put_texts(self.period_field), lambda: [_("not stated"), *map(period_text, PERIODS)])
        self.add_field("title", lambda: _("Title"), self.title_field, 2)
        self.add_field("no", lambda: _("Number"), self.number_field)
        self.add_field("mode", lambda: _("Mode"), self.mode_field)
        self.add_field("period_type", lambda: _("Kind of check"), self.period_field)
        self.add_field("is_regular", lambda: _("Rhythm"), self.regular_box)
        self.add_field("starts_on", lambda: _("Begins on"), self.begin_field)
        self.add_field("ends_on", lambda: _("Ends on"), self.end_field)
        for line in (self.title_field, self.number_field, self.begin_field, self.end_field):
            line.textChanged.connect(lambda _text: self.changed.emit())
        for combo in (self.mode_field, self.period_field):
            combo.currentIndexChanged.connect(lambda _number: self.changed.emit())
        self.regular_box.toggled.connect(lambda _on: self.changed.emit())

    def values(self) -> dict[str, Any]:
        return {
            "title": self.title_field.text(),
            "no": self.number_field.text().strip(),
            "mode": self.mode_field.currentData(),
            "period_type": self.period_field.currentData(),
            "is_regular": self.regular_box.isChecked(),
            "starts_on": self.begin_field.text().strip(),
            "ends_on": self.end_field.text().strip(),
        }

    def show_values(self, values: Mapping[str, Any]) -> None:
        with QSignalBlocker(self):
            self.title_field.setText(values["title"])
            self.number_field.setText(values["no"])
            self.mode_field.setCurrentIndex(max(0, self.mode_field.findData(values["mode"])))
            self.period_field.setCurrentIndex(max(0, self.period_field.findData(values["period_type"])))
            self.regular_box.setChecked(bool(values["is_regular"]))
            self.begin_field.setText(values["starts_on"])
            self.end_field.setText(values["ends_on"])


class TeamForm(CheckedForm):
    """Leader, members and route."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, 2)
        self.leader_field = ChoiceField()
        self.leader_field.setEditable(True)
        self.leader_field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.route_field = TextArea()
        self.route_field.setTabChangesFocus(True)
        self.route_field.setFixedHeight(96)
        self.members = CheckList(texts, lambda: _("Search people"), None)
        self.members.setFixedHeight(190)
        self._team: list[str] = []
        self.put_field("leader", lambda: _("Team leader"), self.leader_field, (0, 0, 1, 1))
        self.put_field("route", lambda: _("Route"), self.route_field, (1, 0, 1, 1))
        self.put_field("team", lambda: _("Team members"), self.members, (0, 1, 2, 1))
        self.leader_field.editTextChanged.connect(lambda _text: self.changed.emit())
        self.route_field.textChanged.connect(self.changed)
        self.members.toggled.connect(self._tick)

    def show_choices(self, choices: MissionChoices) -> None:
        with QSignalBlocker(self):
            leader = self.leader_field.currentText()
            self.leader_field.clear()
            for person in choices.people:
                self.leader_field.addItem(person.name)
            self.leader_field.setEditText(leader)
        lines = [CheckLine(person.name, person.name, person.posts) for person in choices.people]
        known = {person.name for person in choices.people}
        strangers = [CheckLine(name, name, _("not on the list")) for name in self._team if name not in known]
        self.members.show_lines([*strangers, *lines])
        self.members.show_all()

    def values(self) -> dict[str, Any]:
        return {
            "leader": self.leader_field.currentText().strip(),
            "team": list(self._team),
            "route": self.route_field.toPlainText(),
        }

    def show_values(self, values: Mapping[str, Any], choices: MissionChoices) -> None:
        with QSignalBlocker(self):
            self.leader_field.setEditText(values["leader"])
            self.route_field.setPlainText(values["route"])
            self._team = list(values["team"])
            self.members.model.check(set(self._team))
            self.show_choices(choices)

    def _tick(self, name: str, is_member: bool) -> None:
        self._team = [*(each for each in self._team if each != name), *([name] if is_member else [])]
        self.changed.emit()


class SecrecyForm(CheckedForm):
    """Cover name, departure time and the leader's pass phrase, which is kept nowhere."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, 2)
        self.cover_field, self.depart_field = QLineEdit(), QLineEdit()
        self.depart_field.setPlaceholderText("2026-03-17 08:30")
        self.passphrase_field, self.again_field = secret_field(), secret_field()
        self.add_field("cover_name", lambda: _("Cover name"), self.cover_field)
        self.add_field("depart_at", lambda: _("Departure time"), self.depart_field)
        self.add_field("passphrase", lambda: _("Leader's pass phrase"), self.passphrase_field)
        self.add_field("again", lambda: _("The same once more"), self.again_field)
        for line in (self.cover_field, self.depart_field, self.passphrase_field, self.again_field):
            line.textChanged.connect(lambda _text: self.changed.emit())

    def values(self) -> dict[str, Any]:
        depart_at = self.depart_field.text().strip()
        return {"cover_name": self.cover_field.text().strip(), "depart_at": depart_at.replace(" ", "T", 1)}

    def show_values(self, values: Mapping[str, Any]) -> None:
        with QSignalBlocker(self):
            self.cover_field.setText(values["cover_name"])
            self.depart_field.setText(values["depart_at"][:16].replace("T", " "))
            self.forget()

    def forget(self) -> None:
        for field in (self.passphrase_field, self.again_field):
            field.clear()

    def passphrase_problem(self) -> str:
        """Why it cannot be sealed with what is typed; empty where it can."""
        if not self.passphrase_field.text():
            return _("The leader sets the pass phrase; without it nobody can unseal the mission.")
        if self.passphrase_field.text() != self.again_field.text():
            return _("The two pass phrases differ.")
        return ""


def _put_texts(field: QComboBox) -> Any:  # noqa: ANN401  a function for ``Texts.say``
    def put(texts: list[str]) -> None:
        for number, text in enumerate(texts):
            field.setItemText(number, text)

    return put
