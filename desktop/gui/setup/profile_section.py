"""机关概况: the names that stand on the papers, and what this workspace is."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.setup.record_form import RecordForm
from desktop.gui.setup.section import Section
from desktop.gui.widgets.buttons import button_row, text_button
from desktop.gui.widgets.cards import Card
from desktop.gui.widgets.field_form import FieldForm
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.i18n import _
from desktop.services.master_data.office_profile import (
    PROFILE_COLUMNS,
    WorkspaceProfile,
    edit_profile,
    read_profile,
)
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.records.typed_texts import FieldError

_WIDEST = 760
_FACTS: Mapping[str, Callable[[], str]] = {
    "kind": lambda: _("Kind of node"),
    "node": lambda: _("Name on the card"),
    "fingerprint": lambda: _("Fingerprint"),
    "person": lambda: _("Working now"),
    "logins": lambda: _("Can unlock it"),
    "year": lambda: _("Assessment year"),
    "made_on": lambda: _("Made on"),
    "folder": lambda: _("Folder"),
}


class ProfileSection(Section):
    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Profile"))
        self.profile: WorkspaceProfile | None = None
        self.form = RecordForm(self.texts, PROFILE_COLUMNS)
        self.save_button = text_button(self.texts, lambda: _("Save"), "save", is_primary=True)
        self.undo_button = text_button(self.texts, lambda: _("Discard"), "undo-2")
        self.hint_label = plain_label("", "muted", wraps=True)
        self.texts.say(self.hint_label.setText, self._hint)
        self.facts = {name: CutLabel() for name in _FACTS}
        self.form.changed.connect(self._mark_changed)
        self.form.submitted.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.undo_button.clicked.connect(self._discard)
        self._lay_out()
        self._mark_changed()

    def reload(self) -> None:
        self.jobs.read(read_profile, self._show, self.show_error, name="profile")

    def leave(self) -> None:
        self.save()

    def has_unsaved(self) -> bool:
        return bool(self.form.changes())

    def save(self) -> None:
        """Write what was typed; nothing happens where nothing was."""
        changes = self.form.changes()
        if self.profile is not None and changes:
            work = partial(edit_profile, texts=changes, seen=self.profile.seen)
            self.jobs.write(work, lambda _none: self._show_saved(), self._show_refusal)

    def _show(self, profile: WorkspaceProfile) -> None:
        is_same = self.profile is not None and self.profile.seen == profile.seen
        (self.form.refresh_texts if is_same else self.form.show_texts)(profile.texts)
        self.profile = profile
        self.form.set_read_only(not profile.is_editable)
        for button in (self.undo_button, self.save_button):
            button.setVisible(profile.is_editable)
        for name, text in _fact_texts(profile).items():
            self.facts[name].setText(text)
        self.hint_label.setText(self._hint())
        self._recovery.setVisible(profile.kind == "office")
        self._mark_changed()

    def _show_saved(self) -> None:
        self.profile = None
        self.reload()
        self.done.emit(_("The profile has been saved; it stands on what is printed from now on."))

    def _show_refusal(self, error: UserError) -> None:
        if isinstance(error, FieldError):
            self.form.focus_field(error.field)
        if isinstance(error, ChangedMeanwhileError):
            self.profile = None
            self.reload()
        self.show_error(error)

    def _discard(self) -> None:
        if self.profile is not None:
            self.form.show_texts(self.profile.texts)
            self._mark_changed()

    def _mark_changed(self) -> None:
        is_changed = bool(self.form.changes())
        self.save_button.setEnabled(is_changed)
        self.undo_button.setEnabled(is_changed)

    def _hint(self) -> str:
        if self.profile is None or self.profile.is_editable:
            return _("These names stand on printed forms and lists. The card of this computer keeps its own.")
        if self.profile.office_id:
            return _("The profile is kept by the office; this workspace is a field node.")
        return _("The profile of the office comes with the first mission package.")

    def _lay_out(self) -> None:
        papers = self._card(lambda: _("The office on its papers"))
        papers.content.addWidget(self.hint_label)
        papers.content.addWidget(self.form)
        papers.content.addLayout(button_row(self.undo_button, self.save_button))
        workspace = self._card(lambda: _("This workspace"))
        rows = FieldForm(self.texts)
        rows.setVerticalSpacing(0)
        for name, label in _FACTS.items():
            self.facts[name].setMinimumHeight(32)
            rows.add_field(label, self.facts[name])
        workspace.content.addLayout(rows)
        self._recovery = self._card(lambda: _("Recovery sheet"))
        self._recovery.content.addWidget(self._recovery_label())
        shown = QWidget()
        shown.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for card in (papers, workspace, self._recovery):
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(shown)
        self.body.addWidget(area, 1)

    def _card(self, title: Callable[[], str]) -> Card:
        card = Card()
        heading = plain_label("", "heading")
        self.texts.say(heading.setText, title)
        card.content.addWidget(heading)
        return card

    def _recovery_label(self) -> QLabel:
        label = plain_label("", "muted", wraps=True)
        self.texts.say(
            label.setText,
            lambda: _(
                "The sheet was printed when the office was made. Its key is kept nowhere on a computer, so it "
                "cannot be printed again: keep the paper in a safe."
            ),
        )
        return label


def _fact_texts(profile: WorkspaceProfile) -> dict[str, str]:
    return {
        "kind": _("Office") if profile.kind == "office" else _("Field node"),
        "node": profile.node,
        "fingerprint": profile.fingerprint,
        "person": profile.person,
        "logins": _("{count} in all").format(count=profile.logins),
        "year": str(profile.year),
        "made_on": profile.made_on,
        "folder": str(profile.folder),
    }
