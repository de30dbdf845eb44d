"""The particulars of a visit: times, who was there, what the unit said, who inspected."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.visits.time_field import TimeField
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.scrolled import Scrolled
from desktop.i18n import _
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.visit_head import VisitHead

_MODES = ("", "明查", "暗访")
OPINIONS = ("", "属实", "有异议")
_BETWEEN_NAMES = "、,，;；"


class HeadPanel(QWidget):
    """``changed`` carries the VisitHead as typed; ``team_wanted``: somebody is to be added or replaced."""

    changed = Signal(object)
    team_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._head = VisitHead()
        self._is_filling = self._is_identity_fixed = False
        self.mode_field = ChoiceField()
        self.opinion_field = ChoiceField()
        self.started_field, self.identity_field, self.ended_field = (
            TimeField(texts, lambda: round(time.time() * 1000)) for _each in range(3)
        )
        self.leader_field, self.team_field, self.unit_rep_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.phone_field, self.accompany_field = QLineEdit(), QLineEdit()
        self.refused_field, self.witness_field, self.remark_field = QLineEdit(), QLineEdit(), QLineEdit()
        self.team_button = text_button(texts, lambda: _("Change the team …"), "users")
        self._form = FieldForm(texts)
        # Beside the items and the evidence there is not always room for label and field in one row.
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._identity_hint = plain_label("", "muted", wraps=True)
        self._add_rows(texts)
        self._lay_out(texts)
        self._connect()

    def show_head(self, visit: EditedVisit, head: VisitHead) -> None:
        """Put another head in the place of the one before; nothing is reported as changed by it."""
        self._is_filling = True
        self._head = head
        self.opinion_field.setCurrentIndex(
            OPINIONS.index(head.unit_opinion) if head.unit_opinion in OPINIONS else 0
        )
        for times, stored in (
            (self.started_field, head.started_at),
            (self.ended_field, head.ended_at),
        ):
            times.show_time(stored)
        for name, field in self._texts_by_name():
            value = _(", ").join(head.team) if name == "team" else str(getattr(head, name))
            if field.text() != value:
                field.setText(value)
        self._form.setRowVisible(self.mode_field, not visit.is_mode_planned)
        self._show_covert(is_covert=head.is_covert)
        self.leader_field.setReadOnly(bool(visit.settled.leader))
        self.team_field.setReadOnly(bool(visit.settled.members))
        self._show_identity(visit, head)
        self.setEnabled(visit.is_open)
        self._is_filling = False

    def follow(self, visit: EditedVisit, head: VisitHead, *, has_new_team: bool) -> None:
        """The visit was read anew; what is being typed stays, except where nobody may type any more."""
        if has_new_team:
            self.show_head(visit, head)
        elif visit.is_identity_fixed != self._is_identity_fixed:
            self._head = head
            self._show_identity(visit, head)

    def fields(self) -> Iterable[QWidget]:
        """Every field in the order of the Tab key."""
        times = (self.started_field.edit, self.identity_field.edit, self.ended_field.edit)
        return (
            self.mode_field,
            *times,
            self.opinion_field,
            *(field for _name, field in self._texts_by_name()),
            self.team_button,
        )

    def focus_first(self) -> None:
        field = self.mode_field if self.mode_field.isVisible() else self.started_field
        field.setFocus()

    def _texts_by_name(self) -> tuple[tuple[str, QLineEdit], ...]:
        return (
            ("leader", self.leader_field),
            ("team", self.team_field),
            ("unit_rep", self.unit_rep_field),
            ("unit_rep_phone", self.phone_field),
            ("accompany", self.accompany_field),
            ("refused_reason", self.refused_field),
            ("witness", self.witness_field),
            ("remark", self.remark_field),
        )

    def _typed(self) -> VisitHead:
        texts = {name: field.text().strip() for name, field in self._texts_by_name() if name != "team"}
        return VisitHead(
            mode=_MODES[self.mode_field.currentIndex()],
            check_type=self._head.check_type,
            started_at=self.started_field.time(),
            ended_at=self.ended_field.time(),
            identity_shown_at=self.identity_field.time(),
            unit_opinion=OPINIONS[self.opinion_field.currentIndex()],
            team=names_in(self.team_field.text()),
            conclusion=self._head.conclusion,
            **texts,
        )

    def _report(self) -> None:
        if self._is_filling:
            return
        typed = self._typed()
        if typed != self._head:
            self._head = typed
            self._show_covert(is_covert=typed.is_covert)
            self.changed.emit(typed)

    def _show_covert(self, *, is_covert: bool) -> None:
        """A covert visit has nobody who escorts it; an open one shows identity at the door."""
        self._form.setRowVisible(self.accompany_field, not is_covert)
        self._form.setRowVisible(self.identity_field, is_covert)
        self._identity_hint.setVisible(is_covert)

    def _show_identity(self, visit: EditedVisit, head: VisitHead) -> None:
        self._is_identity_fixed = visit.is_identity_fixed
        self.mode_field.setCurrentIndex(_MODES.index(head.mode) if head.mode in _MODES else 0)
        self.mode_field.setEnabled(not visit.is_identity_fixed)
        self.identity_field.show_time(head.identity_shown_at)
        self.identity_field.set_read_only(visit.is_identity_fixed)
        self._identity_hint.setText(self._identity_text())

    def _identity_text(self) -> str:
        if self._is_identity_fixed:
            return _("What was recorded until identity was shown is locked, and the time stays as it is.")
        return _("What was recorded until identity is shown is locked then, and changes by corrections only.")

    def _connect(self) -> None:
        for box in (self.mode_field, self.opinion_field):
            box.activated.connect(lambda _number: self._report())
        for times in (self.started_field, self.identity_field, self.ended_field):
            times.changed.connect(self._report)
        self.team_button.clicked.connect(self.team_wanted)
        for _name, field in self._texts_by_name():
            field.textEdited.connect(lambda _text: self._report())

    def _add_rows(self, texts: Texts) -> None:
        for box, values in ((self.mode_field, _mode_texts), (self.opinion_field, opinion_texts)):
            texts.say(_filler(box), values)
        rows: tuple[tuple[Callable[[], str], QWidget], ...] = (
            (lambda: _("Open or covert"), self.mode_field),
            (lambda: _("Begun at"), self.started_field),
            (lambda: _("Identity shown at"), self.identity_field),
            (lambda: _("Ended at"), self.ended_field),
            (lambda: _("Team leader"), self.leader_field),
            (lambda: _("Members of the team"), self.team_field),
            (lambda: _("Present for the unit, post"), self.unit_rep_field),
            (lambda: _("Telephone"), self.phone_field),
            (lambda: _("Accompanied by"), self.accompany_field),
            (lambda: _("Opinion of the unit"), self.opinion_field),
            (lambda: _("Reason of a refusal to sign"), self.refused_field),
            (lambda: _("Witness of the refusal"), self.witness_field),
            (lambda: _("Remark on the visit"), self.remark_field),
        )
        for label, field in rows:
            self._form.add_field(label, field)
            if field is self.team_field:
                self._form.addRow("", self.team_button)
        texts.say(self.team_field.setPlaceholderText, lambda: _("names, separated by commas"))
        texts.say(self.refused_field.setPlaceholderText, lambda: _("empty where the unit signs"))
        texts.say(self._identity_hint.setText, self._identity_text)

    def _lay_out(self, texts: Texts) -> None:
        title_label = plain_label("", "heading")
        texts.say(title_label.setText, lambda: _("Particulars of the visit"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(10)
        column.addLayout(self._form)
        column.addWidget(self._identity_hint)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(10)
        outer.addWidget(title_label)
        outer.addWidget(Scrolled(column), 1)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a list that a person typed, each once."""
    for sign in _BETWEEN_NAMES:
        text = text.replace(sign, "\n")
    return tuple(dict.fromkeys(name.strip() for name in text.split("\n") if name.strip()))


def _mode_texts() -> tuple[str, ...]:
    return ("", _("Open"), _("Covert"))


def opinion_texts() -> tuple[str, ...]:
    return ("", _("confirms the facts"), _("objects"))


def _filler(box: QComboBox) -> Callable[[tuple[str, ...]], None]:
    def fill(texts: tuple[str, ...]) -> None:
        chosen = box.currentIndex()
        box.clear()
        box.addItems(list(texts))
        box.setCurrentIndex(max(chosen, 0))

    return fill
