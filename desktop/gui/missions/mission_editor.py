"""One mission on one page: what it is, whom it visits, who goes, and how it is sealed; beside it what it comes to."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.draw_record import DrawRecord, encode_draw
from desktop.gui.missions.draw_bar import DrawBar
from desktop.gui.missions.plan_form import BasicsForm, SecrecyForm, TeamForm
from desktop.gui.missions.plan_summary import PlanSummary
from desktop.gui.missions.visit_drafts import VisitDraft, VisitDrafts
from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.check_list import CheckLine, CheckList
from desktop.gui.widgets.fitting import ANY_PX
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.missions.check_plan import Remark, Weight, check_plan
from desktop.services.missions.keep_form import NEW
from desktop.services.missions.mission_choices import MissionChoices, UnitChoice
from desktop.services.missions.plan_mission import DRAWS, is_covert
from desktop.services.missions.save_mission import EMPTY_FORM, Form

_PAUSE_MS = 500
_SUMMARY_PX = 268
_UNITS_PX = 200
_BESIDE_FROM_PX = 900


class MissionEditor(QWidget):
    """``edited``: what is typed should be kept. ``seal_wanted``: save and seal, but do not issue yet."""

    edited = Signal()
    seal_wanted = Signal()
    fresh_wanted = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.mission_id = NEW
        self.choices = MissionChoices()
        self.opening = 0
        """Grows with every form that is shown: what was asked for one is not put into the next."""
        self.remarks: Sequence[Remark] = ()
        self._is_showing_all, self._is_narrow = False, False
        self._base: Form = EMPTY_FORM
        self._first_day = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.basics, self.team, self.secrecy = BasicsForm(texts), TeamForm(texts), SecrecyForm(texts)
        self.units = CheckList(texts, lambda: _("Search units"), lambda: _("All groups"))
        self.draw_bar = DrawBar(texts)
        self.visits = VisitDrafts(texts)
        self.summary = PlanSummary(texts)
        self.seal_button = text_button(texts, lambda: _("Save and seal now"), "lock")
        self.fresh_button = text_button(texts, lambda: _("Clear everything"))
        self._objects_label = plain_label("", "warning", wraps=True)
        self._connect()
        self._lay_out(texts)

    def form(self) -> dict[str, Any]:
        """Everything as it is typed now; the pass phrase is no part of it."""
        values = {**self.basics.values(), **self.secrecy.values(), **self.team.values()}
        return {**self._base, **values, "objects": self.visits.objects()}

    def show_form(self, mission_id: str, form: Mapping[str, Any], choices: MissionChoices) -> None:
        self.mission_id, self.choices = mission_id, choices
        self.opening += 1
        self._is_showing_all = False
        shown = {**EMPTY_FORM, **form}
        self._base = {key: shown[key] for key in EMPTY_FORM}
        self.draw_bar.show_result(str)
        self.draw_bar.show_people(choices.people)
        self.basics.show_values(shown)
        self._first_day = str(shown["starts_on"])
        self.secrecy.show_values(shown)
        self.team.show_values(shown, choices)
        self.visits.show_choices(choices)
        known = set(VisitDraft.__dataclass_fields__)
        drafts = [
            VisitDraft(**{key: str(value) for key, value in visit.items() if key in known})
            for visit in shown["objects"]
        ]
        self.visits.show_visits(drafts)
        self.units.show_lines([CheckLine(unit.id, unit.name, "", unit.group) for unit in choices.units])
        # What was searched for another mission would narrow what is drawn from for this one.
        self.units.show_all()
        self.fresh_button.setVisible(mission_id == NEW)
        self.basics.mode_field.setEnabled(mission_id == NEW or is_covert(shown))
        self.check()
        self._pause.stop()

    def begin_at_top(self) -> None:
        """From the first field on, wherever the form was left."""
        self._scroll.verticalScrollBar().setValue(0)
        self.basics.title_field.setFocus()

    def say_again(self) -> None:
        """After a switch of language: what was said about the plan."""
        self.visits.show_choices(self.choices)
        self.check()

    def check(self) -> None:
        form = self.form()
        self.remarks = check_plan(form, self.choices)
        self.visits.show_remarks(self.remarks)
        self.units.model.check({visit["unit"] for visit in form["objects"]})
        self._allow_drawing()
        self._secrecy_card.setVisible(is_covert(form))
        head = [remark for remark in reversed(self.remarks) if remark.visit is None]
        said = {r.field: r.text for r in head if r.weight is not Weight.ADVICE and self._is_said(r, form)}
        advice = {r.field: r.text for r in head if r.weight is Weight.ADVICE}
        for part in (self.basics, self.team):
            part.show_problems(said, advice)
        self.secrecy.show_problems({**said, **self._passphrase_problem(form)}, advice)
        self._objects_label.setText(said.get("objects", ""))
        self._objects_label.setVisible(bool(said.get("objects")))
        self.summary.show_plan(form, self.choices, self.remarks)

    def may_save(self) -> bool:
        """Whether it can be saved; else everything that is wrong is said at its field."""
        return self._holds(Weight.WRONG)

    def may_issue(self) -> bool:
        form = self.form()
        if not self._holds(Weight.WRONG, Weight.NEEDED):
            return False
        return not is_covert(form) or self.may_seal()

    def may_seal(self) -> bool:
        if self.secrecy.passphrase_problem():
            self._is_showing_all = True
            self.check()
            self.secrecy.passphrase_field.setFocus()
            return False
        return self._holds(Weight.WRONG)

    def stop_waiting(self) -> bool:
        """Whether something was typed that has not been kept yet; the caller keeps it now."""
        was_waiting = self._pause.isActive()
        self._pause.stop()
        return was_waiting

    def _holds(self, *weights: Weight) -> bool:
        self.check()
        found = next((remark for remark in self.remarks if remark.weight in weights), None)
        if found is None:
            return True
        self._is_showing_all = True
        self.check()
        self._lead_to(found)
        return False

    def _lead_to(self, remark: Remark) -> None:
        if remark.visit is not None:
            self.visits.show_visits(self.visits.visits(), [remark.visit])
            self.check()
            target = self.visits.form.field(remark.field) if remark.field != "objects" else self.visits.view
        elif remark.field == "objects":
            target = self.units.search_field
        else:
            parts = (self.basics, self.team, self.secrecy)
            target = next(part.field(remark.field) for part in parts if part.has_field(remark.field))
        target.setFocus()
        self._scroll.ensureWidgetVisible(target)

    def _is_said(self, remark: Remark, form: Mapping[str, Any]) -> bool:
        """An empty field is not yet a mistake while the form is being filled in."""
        return self._is_showing_all or (remark.weight is Weight.WRONG and bool(form.get(remark.field)))

    def _passphrase_problem(self, form: Mapping[str, Any]) -> dict[str, str]:
        typed = self.secrecy.passphrase_field.text()
        problem = self.secrecy.passphrase_problem() if self._is_showing_all and is_covert(form) else ""
        return {"again" if typed else "passphrase": problem}

    def _take(self) -> None:
        self.check()
        self._pause.start()

    def _move_first_day(self) -> None:
        before, self._first_day = self._first_day, self.basics.begin_field.text().strip()
        if self._first_day != before:
            self.visits.move_days(before, self._first_day)

    def _toggle_unit(self, unit: str, is_chosen: bool) -> None:
        if is_chosen:
            self.visits.add_unit(unit, self.basics.begin_field.text().strip())
        else:
            self.visits.remove_unit(unit)

    def units_to_draw_from(self) -> list[UnitChoice]:
        """Those that are listed now and not marked yet."""
        pool = [self.choices.unit(unit) for unit in self.units.model.unchecked()]
        return [unit for unit in pool if unit is not None]

    def take_draw(self, record: DrawRecord) -> None:
        """Visits in places that nobody has chosen, in the order in which the units are listed."""
        self._base = {**self._base, DRAWS: [*self._base[DRAWS], encode_draw(record)]}
        sites = {place.unit: place.site for place in record.result}
        drawn = [unit for unit in self.choices.units if unit.id in sites]
        day = self.basics.begin_field.text().strip()
        self.visits.add_places([(unit.id, sites[unit.id]) for unit in drawn], day)
        self.draw_bar.show_result(
            lambda: _("Drawn at random from {count} units: {names}").format(
                count=len(record.population), names=_(", ").join(unit.name for unit in drawn)
            )
        )

    def _allow_drawing(self) -> None:
        self.draw_bar.allow(len(self.units.model.unchecked()))

    def _connect(self) -> None:
        for part in (self.basics, self.team, self.secrecy, self.visits):
            part.changed.connect(self._take)
        self.basics.begin_field.editingFinished.connect(self._move_first_day)
        self.units.toggled.connect(self._toggle_unit)
        self.units.model.modelReset.connect(self._allow_drawing)
        self._pause.timeout.connect(self.edited)
        self.seal_button.clicked.connect(self.seal_wanted)
        self.fresh_button.clicked.connect(self.fresh_wanted)

    def _lay_out(self, texts: Texts) -> None:
        cards = QWidget()
        cards.setObjectName("pageBody")
        column = QVBoxLayout(cards)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(14)
        column.addWidget(_titled(texts, lambda: _("The mission"), self.basics))
        visits = _titled(texts, lambda: _("Units and visits"), self._objects_label)
        sides = QHBoxLayout()
        sides.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(8)
        for widget in (self.units, self.draw_bar):
            widget.setFixedWidth(_UNITS_PX)
            left.addWidget(widget)
        sides.addLayout(left)
        sides.addWidget(self.visits, 1)
        visits.content.addLayout(sides)
        column.addWidget(visits)
        column.addWidget(_titled(texts, lambda: _("The team"), self.team))
        self._secrecy_card = _titled(texts, lambda: _("How it is sealed"), self.secrecy)
        self._secrecy_card.content.addWidget(self.seal_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._secrecy_card)
        column.addWidget(self.fresh_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self._cards = column
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(cards)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(14)
        self._row.addWidget(self._scroll, 1)
        self._put_summary()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  Qt's spelling
        super().resizeEvent(event)
        is_narrow = self.width() < _BESIDE_FROM_PX
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._put_summary()

    def _put_summary(self) -> None:
        """Beside the form, always in sight; where the form needs the width, below it."""
        if self._is_narrow:
            self._row.removeWidget(self.summary)
            self._cards.insertWidget(self._cards.indexOf(self.fresh_button), self.summary)
            self.summary.setMinimumWidth(0)
            self.summary.setMaximumWidth(ANY_PX)
        else:
            self._cards.removeWidget(self.summary)
            self._row.addWidget(self.summary)
            self.summary.setFixedWidth(_SUMMARY_PX)


def _titled(texts: Texts, title: Callable[[], str], content: QWidget) -> Card:
    card = Card()
    heading = plain_label("", "heading")
    texts.say(heading.setText, title)
    card.content.addWidget(heading)
    card.content.addWidget(content)
    return card
