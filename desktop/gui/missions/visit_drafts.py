"""The visits of a mission being planned: one row for each, and what is chosen for the rows that are marked."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.checked_form import CheckedForm
from desktop.gui.widgets.day_field import DayField
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.quiet_wheel import ChoiceField
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.missions.check_plan import Remark, Weight
from desktop.services.missions.mission_choices import MissionChoices

_WEIGHTS = (Weight.WRONG, Weight.NEEDED, Weight.ADVICE)
_TONES = {Weight.WRONG: "bad", Weight.NEEDED: "warn", Weight.ADVICE: "muted"}
_FIELDS = ("site", "checklist", "planned_on", "node")
_NAME_CHARACTERS = 8


@dataclass(frozen=True)
class VisitDraft:
    """One object of a mission, all by ids."""

    unit: str
    site: str = ""
    checklist: str = ""
    planned_on: str = ""
    node: str = ""


@dataclass(frozen=True)
class _Row:
    draft: VisitDraft
    names: Mapping[str, str]
    weight: Weight | None = None


class VisitDrafts(QWidget):
    """``changed``: a visit is another one, or one more, or gone."""

    changed = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._choices = MissionChoices()
        self._remarks: Sequence[Remark] = []
        self._weights: Mapping[int, Weight] = {}
        self._names: Mapping[str, Mapping[str, str]] = {"checklist": {}, "node": {}}
        self.rows: RowsModel[_Row] = RowsModel(_columns(), self)
        self.view = RowsView(self.rows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setMinimumHeight(190)
        self.form = CheckedForm(texts, 2)
        self.site_field, self.checklist_field, self.node_field = ChoiceField(), ChoiceField(), ChoiceField()
        self.day_field = DayField()
        for key, label, field in (
            ("site", lambda: _("Site"), self.site_field),
            ("checklist", lambda: _("Checklist used"), self.checklist_field),
            ("planned_on", lambda: _("Day"), self.day_field),
            ("node", lambda: _("Goes to"), self.node_field),
        ):
            self.form.add_field(key, label, field)
        for combo in (self.site_field, self.checklist_field, self.node_field):
            combo.ask_for(_NAME_CHARACTERS)
        self.again_button = text_button(texts, lambda: _("Another visit there"), "plus")
        self.remove_button = text_button(texts, lambda: _("Remove"), "x")
        self._hint_label = plain_label("", "muted", wraps=True)
        texts.say(
            self._hint_label.setText,
            lambda: _(
                "What is chosen here goes for every marked row; mark more with Shift, all with Ctrl+A."
            ),
        )
        self._connect()
        self._lay_out(texts)

    def visits(self) -> list[VisitDraft]:
        return [self.rows.row(number).draft for number in range(self.rows.rowCount())]

    def objects(self) -> list[dict[str, str]]:
        """As a form holds them."""
        return [asdict(draft) for draft in self.visits()]

    def show_choices(self, choices: MissionChoices) -> None:
        self._choices = choices
        self._names = {
            "checklist": {checklist.id: checklist.name for checklist in choices.checklists},
            "node": {node.id: node.name for node in choices.nodes},
        }
        self.checklist_field.clear()
        self.node_field.clear()
        for checklist in choices.checklists:
            self.checklist_field.addItem(checklist.name, checklist.id)
        for node in choices.nodes:
            own = _("{name} (this computer)").format(name=node.name)
            self.node_field.addItem(own if node.is_own else node.name, node.id)
        self.show_visits(self.visits())

    def show_visits(self, visits: Sequence[VisitDraft], marked: Sequence[int] = ()) -> None:
        """Put these in the place of those before, with these rows marked, else the first."""
        self.rows.show_rows([self._row(number, draft) for number, draft in enumerate(visits)])
        numbers = [number for number in marked if number < len(visits)] or ([0] if visits else [])
        selection = self.view.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for number in numbers:
            selection.select(self.rows.index(number, 0), flags.Select | flags.Rows)
        if numbers:
            selection.setCurrentIndex(self.rows.index(numbers[0], 0), flags.NoUpdate)
        self._show_marked()

    def add_unit(self, unit: str, day: str = "") -> None:
        self.add_places([(unit, "")], day)

    def add_places(self, places: Sequence[tuple[str, str]], day: str = "") -> None:
        """One more visit for each unit and site, with the checklist and the node of the one before."""
        visits = self.visits()
        count = len(visits)
        for unit, site in places:
            last = visits[-1] if visits else VisitDraft(unit, planned_on=day, node=self._usual_node())
            visits.append(replace(last, unit=unit, site=site))
        self.show_visits(visits, range(count, len(visits)))
        self.changed.emit()

    def move_days(self, before: str, day: str) -> None:
        """Visits of the first day of the mission stay on it when that is typed or corrected."""
        visits = self.visits()
        if not any(draft.planned_on == before for draft in visits):
            return
        marked = self._marked()
        moved = [replace(draft, planned_on=day) if draft.planned_on == before else draft for draft in visits]
        self.show_visits(moved, marked)
        self.changed.emit()

    def remove_unit(self, unit: str) -> None:
        self.show_visits([draft for draft in self.visits() if draft.unit != unit])
        self.changed.emit()

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """What the check of the whole plan says of its visits."""
        self._remarks = [remark for remark in remarks if remark.visit is not None]
        self._weights = _heaviest(self._remarks)
        for number in range(self.rows.rowCount()):
            row = self.rows.row(number)
            if row.weight is not self._weights.get(number):
                self.rows.put_row(number, self._row(number, row.draft))
        self._show_marked()

    def _marked(self) -> list[int]:
        return sorted(index.row() for index in self.view.selectionModel().selectedRows())

    def _row(self, number: int, draft: VisitDraft) -> _Row:
        unit = self._choices.unit(draft.unit)
        sites = {site.id: site.name for site in unit.sites} if unit else {}
        names = {
            "unit": unit.name if unit else _("no longer there"),
            "site": sites.get(draft.site, ""),
            "checklist": self._names["checklist"].get(draft.checklist, ""),
            "node": self._names["node"].get(draft.node, ""),
        }
        return _Row(draft, names, self._weights.get(number))

    def _usual_node(self) -> str:
        laptops = [node for node in self._choices.nodes if not node.is_own] or self._choices.nodes
        return laptops[0].id if len(laptops) == 1 else ""

    def _change(self, **values: str) -> None:
        marked, visits = self._marked(), self.visits()
        for number in marked:
            visits[number] = replace(visits[number], **values)
            self.rows.put_row(number, self._row(number, visits[number]))
        if marked:
            self.changed.emit()

    def _again(self) -> None:
        marked, visits = self._marked(), self.visits()
        if marked:
            last = marked[-1]
            self.show_visits(
                [*visits[: last + 1], replace(visits[last], site=""), *visits[last + 1 :]], [last + 1]
            )
            self.changed.emit()
            self.site_field.setFocus()

    def _remove(self) -> None:
        marked = self._marked()
        if marked:
            left = [draft for number, draft in enumerate(self.visits()) if number not in marked]
            self.show_visits(left, [min(marked[0], max(0, len(left) - 1))])
            self.changed.emit()

    def _show_marked(self) -> None:
        marked = [self.rows.row(number).draft for number in self._marked()]
        for widget in (self.form, self.again_button, self.remove_button):
            widget.setEnabled(bool(marked))
        self._show_sites({draft.unit for draft in marked})
        for field, values in (
            (self.site_field, {draft.site for draft in marked}),
            (self.checklist_field, {draft.checklist for draft in marked}),
            (self.node_field, {draft.node for draft in marked}),
        ):
            field.setCurrentIndex(field.findData(values.pop()) if len(values) == 1 else -1)
        days = {draft.planned_on for draft in marked}
        day = days.pop() if len(days) == 1 else ""
        if self.day_field.text() != day:
            self.day_field.setText(day)
        numbers = set(self._marked())
        said = [r for r in self._remarks if r.visit in numbers and r.field in _FIELDS]
        advice = {r.field: r.text for r in said if r.weight is Weight.ADVICE}
        self.form.show_problems({r.field: r.text for r in said if r.weight is not Weight.ADVICE}, advice)

    def _show_sites(self, units: set[str]) -> None:
        self.site_field.clear()
        unit = self._choices.unit(next(iter(units))) if len(units) == 1 else None
        self.site_field.setEnabled(unit is not None and bool(unit.sites))
        if unit is not None:
            self.site_field.addItem(_("the unit as a whole"), "")
            for site in unit.sites:
                self.site_field.addItem(site.name, site.id)

    def _connect(self) -> None:
        self.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._show_marked())
        for field, name in (
            (self.site_field, "site"),
            (self.checklist_field, "checklist"),
            (self.node_field, "node"),
        ):
            field.activated.connect(partial(self._take_choice, field, name))
        self.day_field.textEdited.connect(lambda text: self._change(planned_on=text.strip()))
        self.again_button.clicked.connect(self._again)
        self.remove_button.clicked.connect(self._remove)

    def _take_choice(self, field: QComboBox, name: str, _number: int) -> None:
        self._change(**{name: field.currentData() or ""})

    def _lay_out(self, texts: Texts) -> None:
        texts.say(self.view.setAccessibleName, lambda: _("Visits of the mission"))
        buttons = QHBoxLayout()
        buttons.addWidget(self._hint_label, 1)
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.view, 1)
        column.addWidget(self.form)
        column.addLayout(buttons)


def _heaviest(remarks: Sequence[Remark]) -> Mapping[int, Weight]:
    """{row: the worst that is said of it}."""
    found: dict[int, Weight] = {}
    for remark in sorted(remarks, key=lambda remark: _WEIGHTS.index(remark.weight), reverse=True):
        if remark.visit is not None:
            found[remark.visit] = remark.weight
    return found


def _columns() -> tuple[Column[_Row], ...]:
    return (
        Column(lambda: _("Unit"), lambda row: row.names["unit"], 118),
        Column(lambda: _("Site"), lambda row: row.names["site"], 88),
        Column(lambda: _("Checklist used"), lambda row: row.names["checklist"]),
        Column(lambda: _("Day"), lambda row: row.draft.planned_on, 96),
        Column(lambda: _("Goes to"), lambda row: row.names["node"], 88),
        Column(
            lambda: _("State"),
            lambda row: _weight_text(row.weight),
            84,
            chip=lambda row: _TONES[row.weight] if row.weight else "ok",
        ),
    )


def _weight_text(weight: Weight | None) -> str:
    if weight is None:
        return _("complete")
    return {
        Weight.WRONG: _("unfinished"),
        Weight.NEEDED: _("lacking"),
        Weight.ADVICE: _("look again"),
    }[weight]
