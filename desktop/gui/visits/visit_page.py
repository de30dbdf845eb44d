"""现场检查: items left, the item in the middle, evidence right; every change is on the disk a moment later."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.answer import Answer, reminders
from desktop.domain.visit_score import VisitScore, score_visit
from desktop.errors import UserError
from desktop.gui.jobs import Jobs
from desktop.gui.page import Page
from desktop.gui.visits.evidence_dialog import EvidenceDialog
from desktop.gui.visits.evidence_strip import EvidenceStrip
from desktop.gui.visits.item_editor import ItemEditor
from desktop.gui.visits.items_list import ItemsModel, ItemsView
from desktop.gui.visits.visit_words import score_text
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.cards import Card, EmptyState, split
from desktop.gui.widgets.drop_zone import DropZone
from desktop.gui.widgets.file_dialogs import choose_files
from desktop.gui.widgets.labels import plain_label
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.edit_visit import EditedVisit, add_to_item, finish_visit, open_visit, save_answer
from desktop.services.sign_visit import SignedVisit

_PAUSE_MS = 250


class VisitPage(Page):
    icon_name = "clipboard-check"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs, lambda: _("Visit on site"))
        self.visit: EditedVisit | None = None
        self.answers: dict[int, Answer] = {}
        self._unsaved: Answer | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self.items = ItemsModel(self)
        self.items_view = ItemsView()
        self.items_view.setModel(self.items)
        self.editor = ItemEditor(self.texts)
        self.add_button = text_button(self.texts, lambda: _("Add …"), "image")
        self.drop_zone = DropZone(
            self.texts, lambda: _("Drop photos and files here"), self.add_button, is_narrow=True
        )
        self.strip = EvidenceStrip(jobs)
        self.sign_button = text_button(self.texts, lambda: _("Finish and sign …"), "check", is_primary=True)
        self.action_row.addWidget(self.sign_button)
        self._score_label = plain_label("—", "huge")
        self._explanation_label = plain_label("", "muted", wraps=True)
        self._line_label = plain_label("", "muted", wraps=True)
        self._reminder_label = plain_label("", "warning", wraps=True)
        self._saved_label = plain_label("", "muted")
        self._place_label = plain_label("", "muted", wraps=True)
        self._sides = QStackedWidget()
        self._connect()
        self._lay_out()
        self._sides.setCurrentIndex(1)
        self.sign_button.setEnabled(False)

    def reload(self) -> None:
        """What is being typed is newer than anything on the disk; only the evidence is read again."""
        if self.visit is not None:
            self._show_score()
            work = partial(open_visit, visit_id=self.visit.id)
            self.jobs.read(work, self._show_evidence, self.show_error, name="evidence of the visit")

    def open_item(self, item: object) -> None:
        """The id of a visit."""
        self.flush()
        self.jobs.read(
            partial(open_visit, visit_id=str(item)), self.show_visit, self.show_error, name="edited"
        )

    def show_visit(self, visit: EditedVisit) -> None:
        self.visit = visit
        self.answers = dict(visit.answers)
        self._sides.setCurrentIndex(0)
        self.note.hide()
        self._place_label.setText(
            " · ".join(name for name in (visit.unit, visit.site, visit.checklist.name) if name)
        )
        self._saved_label.setText(_("Signed; it is changed by corrections only.") if visit.is_signed else "")
        self._show_score()
        self._show_evidence(visit)
        self.items_view.setCurrentIndex(self.items.index(0))
        self._show_item(self.items.index(0))
        self.items_view.setFocus()

    def flush(self) -> None:
        """Save at once what the pause in typing would have saved."""
        self._pause.stop()
        answer, self._unsaved = self._unsaved, None
        if answer is None or self.visit is None:
            return
        work = partial(save_answer, visit_id=self.visit.id, answer=answer, base_ctx=self.visit.base_ctx)
        self.jobs.write(work, self._show_saved, self._show_not_saved)

    def leave(self) -> None:
        self.flush()

    def add_files(self, files: Sequence[Path]) -> None:
        """Take files in as evidence of the item that is shown."""
        if self.visit is None or self.visit.is_signed:
            return
        self.flush()
        answer = self.answers.get(self._number(), Answer(self._number()))
        self._saved_label.setText(_("Taking {count} files in …").format(count=len(files)))
        work = partial(
            add_to_item, visit_id=self.visit.id, answer=answer, files=files, base_ctx=self.visit.base_ctx
        )
        self.jobs.write(work, self._show_added, self._show_not_saved)

    def finish(self, conclusion: str) -> None:
        if self.visit is not None:
            self.flush()
            work = partial(finish_visit, visit_id=self.visit.id, conclusion=conclusion)
            self.jobs.write(work, self._show_signed, self.show_error)

    def _take(self, answer: Answer | None) -> None:
        if answer is None:
            self._saved_label.setText(_("Not saved: the deduction is not a number."))
            return
        self.answers[answer.item_no] = answer
        self._unsaved = answer
        self._saved_label.setText(_("Saving …"))
        self._pause.start()
        self._show_score()

    def _show_saved(self, time: str) -> None:
        if self.note.property("tone") == "problem":
            self.note.hide()
        if self._unsaved is None:
            self._saved_label.setText(_("Saved at {time}").format(time=time))

    def _show_not_saved(self, error: UserError) -> None:
        self._saved_label.setText(_("Not saved"))
        self.show_error(error)

    def _show_added(self, answer: Answer) -> None:
        typed = self.answers.get(answer.item_no, answer)
        merged = replace(typed, evidence_ids=answer.evidence_ids)
        self.answers[answer.item_no] = merged
        if merged != answer:
            # Something was typed while the files were taken in, and saved without their names.
            self._unsaved = merged
            self.flush()
        self.editor.name_evidence(answer)
        self._saved_label.setText(_("The evidence is encrypted and saved."))
        self.reload()

    def _show_signed(self, signed: SignedVisit) -> None:
        self.open_item(signed.visit_id)
        self.note.show_done(_("The visit is signed."), _("Hand it over on the page “Export”."))

    def _show_evidence(self, visit: EditedVisit) -> None:
        if self.visit is not None and visit.id == self.visit.id:
            self.strip.show_evidence(visit.evidence)
            is_open = not visit.is_signed
            self.sign_button.setEnabled(is_open)
            self.add_button.setEnabled(is_open)
            self.drop_zone.setAcceptDrops(is_open)

    def _show_item(self, index: QModelIndex) -> None:
        if self.visit is None or not index.isValid():
            return
        self.flush()
        item = self.items.lines[index.row()].item
        self.editor.show_item(item, self.answers.get(item.no, Answer(item.no)))
        self.editor.set_read_only(self.visit.is_signed)
        self._show_line(self._score())

    def _show_score(self) -> None:
        if self.visit is None:
            return
        score = self._score()
        self.items.show_lines(score.lines)
        self._score_label.setText(score_text(score.normalised))
        self._explanation_label.setText(score.explanation)
        self._show_line(score)

    def _show_line(self, score: VisitScore) -> None:
        row = self.items_view.currentIndex().row()
        if 0 <= row < len(score.lines):
            line = score.lines[row]
            answer = self.answers.get(line.item.no)
            self._line_label.setText(line.text)
            missing = reminders(line.item, answer, len(answer.evidence_ids)) if answer else ()
            self._reminder_label.setText("；".join(missing))

    def _score(self) -> VisitScore:
        assert self.visit is not None  # noqa: S101  asked only while a visit is shown
        return score_visit(self.visit.checklist, self.answers.values())

    def _number(self) -> int:
        return self.items_view.currentIndex().row() + 1

    def _ask_files(self) -> None:
        files = choose_files(self, _("Photos and files for this item"))
        if files:
            self.add_files(files)

    def _ask_conclusion(self) -> None:
        if self.visit is None:
            return
        self.flush()
        open_items = self._score().unanswered
        explanation = _("Everything that stands in the visit now is signed; later changes are corrections.")
        if open_items:
            numbers = "、".join(map(str, open_items))
            explanation = f"{_('Not answered yet: items {numbers}.').format(numbers=numbers)} {explanation}"
        dialog = ReasonDialog(_("Conclusion of the visit"), explanation, lambda: _("Sign"), self)
        dialog.reason_field.setPlaceholderText(
            _("The findings in a few sentences, as they stand on the form.")
        )
        dialog.reason_field.setPlainText(self.visit.conclusion)
        dialog.reason_given.connect(self.finish)
        dialog.open()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.flush)
        self.items_view.selectionModel().currentChanged.connect(
            lambda current, _before: self._show_item(current)
        )
        self.items_view.suggestion_chosen.connect(self.editor.choose_suggestion)
        self.items_view.full_given.connect(self.editor.give_full)
        self.items_view.not_applicable_chosen.connect(self.editor.choose_not_applicable)
        self.editor.changed.connect(self._take)
        self.add_button.clicked.connect(self._ask_files)
        self.drop_zone.files_dropped.connect(self.add_files)
        self.strip.evidence_opened.connect(lambda evidence: EvidenceDialog(self.jobs, evidence, self).open())
        self.sign_button.clicked.connect(self._ask_conclusion)

    def _lay_out(self) -> None:
        self.texts.say(self.items_view.setAccessibleName, lambda: _("Items of the checklist"))
        self.texts.say(self.strip.setAccessibleName, lambda: _("Evidence"))
        left, middle, right = Card(), Card(), Card()
        left.content.setContentsMargins(1, 1, 1, 12)
        left.content.addWidget(self.items_view, 1)
        for label in (self._score_label, self._explanation_label):
            label.setContentsMargins(14, 0, 14, 0)
            left.content.addWidget(label)
        state = QHBoxLayout()
        state.addWidget(self._line_label, 1)
        state.addWidget(self._saved_label)
        middle.content.addWidget(self._place_label)
        middle.content.addWidget(self.editor, 1)
        middle.content.addWidget(self._reminder_label)
        middle.content.addLayout(state)
        right.content.setContentsMargins(10, 10, 10, 10)
        right.content.addWidget(self.drop_zone)
        right.content.addWidget(self.strip, 1)
        inner = split(middle, right, (560, 260))
        self._sides.addWidget(split(left, inner, (300, 830)))
        holder = QWidget()
        column = QVBoxLayout(holder)
        empty = EmptyState(
            self.texts,
            "clipboard-check",
            lambda: _("No visit is open"),
            lambda: _("Choose a visit on the page “Missions of today” and press “Record this visit”."),
        )
        column.addWidget(empty)
        self._sides.addWidget(holder)
        self.body.addWidget(self._sides, 1)
