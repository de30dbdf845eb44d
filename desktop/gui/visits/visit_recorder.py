"""Recording a visit: what is typed is scored and saved at once, taken back, submitted, signed, corrected."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer

from desktop.domain.answer import Answer
from desktop.domain.phrases import Phrase
from desktop.domain.visit_score import VisitScore
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.visits.change_history import State
from desktop.gui.visits.correction import Correction
from desktop.gui.visits.visit_keys import VisitKeys
from desktop.gui.visits.visit_saver import VisitSaver
from desktop.gui.visits.visit_sides import ITEM_SIDE, VisitSides
from desktop.gui.visits.visit_state import VisitState
from desktop.gui.visits.visit_words import VisitPageWords, identity_text, kept_words, score_text, stage_text
from desktop.gui.widgets.buttons import text_button
from desktop.i18n import _
from desktop.services.checklists.keep_phrases import read_phrases
from desktop.services.visits.edit_visit import EditedVisit, open_visit

_EVIDENCE_AFTER_MS = 400
Naming = Callable[[VisitState, int, Sequence[str]], Answer]


class VisitRecorder(Page):
    """The visit page without its dialogs."""

    def __init__(self, jobs: Jobs, words: VisitPageWords) -> None:
        super().__init__(jobs, words.title)
        self.icon_name = words.icon_name
        self.state: VisitState | None = None
        self.phrases: tuple[Phrase, ...] = ()
        self._shown_no = 0
        self.saver = VisitSaver(jobs, self)
        self.keys = VisitKeys(self)
        self.sides = VisitSides(jobs, self.texts, words.nothing_open)
        self.items, self.items_view = self.sides.items, self.sides.items_view
        self.editor, self.head_panel = self.sides.editor, self.sides.head_panel
        self.evidence = self.sides.evidence
        self.strip = self.evidence.strip
        self.correction = Correction(jobs, self.texts, self.sides.late_files, self)
        self.head_button = text_button(self.texts, lambda: _("Particulars (H)"), "clipboard-list")
        self.reopen_button = text_button(self.texts, lambda: _("Reopen"), "undo-2")
        self.sign_button = text_button(self.texts, lambda: _("Finish and sign …"), "check", is_primary=True)
        for button in (*self.correction.buttons, self.head_button, self.reopen_button, self.sign_button):
            self.action_row.addWidget(button)
        # Saving makes everything stale many times a second; the evidence is read when it has calmed down.
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_EVIDENCE_AFTER_MS)
        self._connect()
        self.body.addWidget(self.sides, 1)
        self._show_stage()

    @property
    def visit(self) -> EditedVisit | None:
        return self.state.visit if self.state else None

    def reload(self) -> None:
        """What is being typed is newer than anything on the disk; only the evidence is read again."""
        if not self.phrases:
            self.jobs.read(read_phrases, self.take_phrases, self.show_error, name="phrases")
        if self.state is not None:
            self._calm.start()

    def say_again(self) -> None:
        super().say_again()
        if self.state is not None:
            self._show_item(self.items_view.currentIndex())
            self._show_score()

    def open_item(self, item: object) -> None:
        """The id of a visit."""
        self.keep_typed()
        work = partial(open_visit, visit_id=str(item))
        self.jobs.read(work, self.show_visit, self.show_error, name="edited")

    def show_visit(self, visit: EditedVisit) -> None:
        is_other = self.visit is None or self.visit.id != visit.id
        row = 0 if is_other else self.items_view.currentIndex().row()
        self.state = VisitState(visit)
        self.saver.begin(visit)
        self.correction.end()
        if is_other:
            self.note.hide()
        self.sides.show_visit(visit)
        self._show_stage()
        self._show_score()
        self.items_view.setCurrentIndex(self.items.index(max(row, 0)))
        self._show_item(self.items_view.currentIndex())
        self.head_panel.show_head(visit, visit.head)
        self.sides.show_side(ITEM_SIDE)
        self.items_view.setFocus()

    def leave(self) -> None:
        self.evidence.leave()
        self.keep_typed()

    def keep_typed(self) -> None:
        """Nothing that was typed may be lost, a time in its field included."""
        self.items_view.setFocus()
        self.saver.flush()

    def add_files(self, files: Sequence[Path]) -> None:
        """Take files in as evidence of the item that is shown, or add them to its correction."""
        (self.correction.files if self.correction.is_under_way else self.evidence).add_files(files)

    def undo(self) -> None:
        if self.state is not None and self.state.visit.is_open:
            self._put_back(self.state.undo())

    def redo(self) -> None:
        if self.state is not None and self.state.visit.is_open:
            self._put_back(self.state.redo())

    def _take(self, changed: State | None) -> None:
        """What was typed just now: remembered, scored, and on its way to the disk."""
        if self.state is None:
            return
        if changed is None:
            self.sides.say_saved(lambda: _("Not saved: the deduction is not a number."))
            return
        if self.correction.is_under_way and isinstance(changed, Answer):
            self.correction.take(changed)
            self.state.put(changed)
        else:
            self.state.change(changed)
            self._save(changed)
        self._show_score()

    def _save(self, state: State) -> None:
        self.sides.say_saved(lambda: _("Saving …"))
        self.saver.put(state)

    def _put_back(self, state: State | None) -> None:
        if state is None or self.state is None:
            return
        self._save(state)
        self._show_score()
        if isinstance(state, Answer):
            self.sides.show_side(ITEM_SIDE)
            self.items_view.setCurrentIndex(self.items.index(state.item_no - 1))
            self._show_item(self.items_view.currentIndex())
        else:
            self.head_panel.show_head(self.state.visit, state)

    def _pass(self) -> None:
        """Full marks, and on to the next item."""
        if self.state is not None and not self.state.is_locked(self._number()):
            self.editor.give_full()
            self.step(1)

    def step(self, step: int) -> None:
        index = self.items.index(self.items_view.currentIndex().row() + step)
        if index.isValid():
            self.items_view.setCurrentIndex(index)

    def _show_saved(self, time: str) -> None:
        if self.note.property("tone") == "problem":
            self.note.hide()
        self.sides.say_saved(lambda: _("Saved at {time}").format(time=time))
        if self.state is not None and self.state.shows_identity(self.state.head):
            self._read_evidence()

    def _show_not_saved(self, error: UserError) -> None:
        self.sides.say_saved(lambda: _("Not saved"))
        self.show_error(error)

    def _name_evidence(self, naming: Naming, item_no: int, evidence_ids: Sequence[str]) -> None:
        """The answer names evidence that was taken in, or no longer names it, whatever is being typed."""
        if self.state is None or self.state.is_locked(item_no):
            return
        named = naming(self.state, item_no, evidence_ids)
        self.state.put(named)
        self.editor.name_evidence(named)
        self._save(named)
        self._read_evidence()

    def _show_correction(self) -> None:
        """Open the fields and go where one goes on: to the figures that make the deduction, or to the deduction."""
        self._show_stage()
        self.sides.show_side(ITEM_SIDE)
        self.editor.focus_figures()

    def _stay(self, item_no: int) -> None:
        """What was typed as a correction is saved or given up first."""
        self.items_view.setCurrentIndex(self.items.index(item_no - 1))
        self.note.show_warning(*kept_words())

    def _show_corrected(self) -> None:
        if self.state is not None:
            self.open_item(self.state.visit.id)
            self.note.show_done(_("The correction is saved; the earlier version stays readable."))

    def _read_evidence(self) -> None:
        if self.state is not None:
            work = partial(open_visit, visit_id=self.state.visit.id)
            self.jobs.read(work, self._take_evidence, self.show_error, name="evidence of the visit")

    def _take_evidence(self, visit: EditedVisit) -> None:
        if self.state is not None and visit.id == self.state.visit.id:
            shows_identity, was_signed = self.state.shows_identity(visit.head), self.state.visit.is_signed
            has_new_team = self.state.take_in(visit)
            self.head_panel.follow(visit, self.state.head, has_new_team=has_new_team)
            self._show_evidence()
            self._show_line(self.state.score())
            if shows_identity or visit.is_signed != was_signed:
                self._show_stage()
            if shows_identity:
                self.saver.begin(visit)
                self.note.show_warning(lambda: identity_text()[0], lambda: identity_text()[1])

    def _show_evidence(self) -> None:
        if self.state is not None:
            # A locked item names nothing more: what is taken in belongs to the visit as a whole.
            self.evidence.show_item(0 if self.state.is_locked(self._number()) else self._number())
            visit = self.state.visit
            self.evidence.show_visit(visit.id, visit.evidence, is_open=visit.is_open)

    def take_phrases(self, phrases: tuple[Phrase, ...]) -> None:
        self.phrases = phrases
        self.editor.facts_field.use_phrases(phrases)

    def _show_item(self, index: QModelIndex) -> None:
        if self.state is None or not index.isValid():
            return
        self.state.history.end_step()
        item = self.items.lines[index.row()].item
        if item.no != self._shown_no:
            self.note.leave()
        self._shown_no = item.no
        self.editor.show_item(item, self.state.answer(item.no))
        self._show_stage()
        self.keys.watch(self.editor.fields())
        self._show_line(self.state.score())

    def _show_stage(self) -> None:
        """What can be done now: record, sign, reopen, correct."""
        visit = self.visit
        is_open = visit is not None and visit.is_open
        is_submitted = visit is not None and visit.is_submitted and not visit.is_signed
        is_locked = self.state is not None and self.state.is_locked(self._number())
        self.sign_button.setEnabled(is_open or is_submitted)
        self.sign_button.setVisible(visit is None or not visit.is_signed)
        self.reopen_button.setVisible(is_submitted)
        self.head_button.setEnabled(visit is not None)
        self._show_evidence()
        item = visit.checklist.item(self._number()) if visit is not None and is_locked else None
        self.correction.offer(visit, item)
        self.editor.set_read_only(is_locked and not self.correction.is_under_way)
        if visit is not None and not visit.is_open:
            self.sides.say_saved(partial(stage_text, is_signed=visit.is_signed))

    def _show_score(self) -> None:
        if self.state is None:
            return
        score = self.state.score()
        self.items.show_lines(score.lines)
        self.sides.show_score(score_text(score.normalised), score.explanation, score.vetoes)
        self._show_line(score)

    def _show_line(self, score: VisitScore) -> None:
        row = self.items_view.currentIndex().row()
        if self.state is not None and 0 <= row < len(score.lines):
            added = self.correction.files.names
            self.sides.show_line(score.lines[row].text, self.state.reminders(row + 1, added))

    def _number(self) -> int:
        return self.items_view.currentIndex().row() + 1

    def _connect(self) -> None:
        self._calm.timeout.connect(self._read_evidence)
        self.saver.saved.connect(self._show_saved)
        self.saver.failed.connect(self._show_not_saved)
        self.items_view.selectionModel().currentChanged.connect(lambda now, _before: self._show_item(now))
        self.items_view.digit_typed.connect(self.editor.press_key)
        self.items_view.passed.connect(self._pass)
        self.editor.changed.connect(self._take)
        self.head_panel.changed.connect(self._take)
        self.correction.files.changed.connect(self._show_score)
        self.correction.begun.connect(self._show_correction)
        self.correction.saved.connect(self._show_corrected)
        self.correction.unsaved.connect(self._stay)
        self.correction.given_up.connect(lambda: self.open_item(self.item()))
        self.correction.failed.connect(self.show_error)
        self.evidence.evidence_linked.connect(partial(self._name_evidence, VisitState.naming))
        self.evidence.evidence_unlinked.connect(partial(self._name_evidence, VisitState.no_longer_naming))
        self.keys.next_wanted.connect(partial(self.step, 1))
        self.keys.previous_wanted.connect(partial(self.step, -1))
        self.keys.undo_wanted.connect(self.undo)
        self.keys.redo_wanted.connect(self.redo)
