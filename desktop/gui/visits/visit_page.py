"""现场检查: the page on which a visit is recorded, with its dialogs and the keys of its list."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from shiboken6 import isValid

from desktop.domain.scoring.method import join_steps
from desktop.errors import UserError
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.jobs import Jobs
from desktop.gui.signing.signing_dialog import SigningDialog
from desktop.gui.visits.change_history import State
from desktop.gui.visits.covert_notes import CovertNotes
from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.gui.visits.identity_question import IdentityQuestion
from desktop.gui.visits.interview_dialog import InterviewDialog
from desktop.gui.visits.key_help import KeyHelpDialog
from desktop.gui.visits.phrases_dialog import PhrasesDialog
from desktop.gui.visits.team_dialog import TeamDialog
from desktop.gui.visits.visit_recorder import VisitRecorder
from desktop.gui.visits.visit_sides import HEAD_SIDE, ITEM_SIDE
from desktop.gui.visits.visit_words import LAPTOP_WORDS, VisitPageWords, settled_text, team_text
from desktop.gui.widgets.buttons import ShrinkingButton, text_button
from desktop.i18n import _
from desktop.services.visits.change_team import ChangedTeam, TeamChoices, team_choices
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.finish_visit import finish_visit, reopen_visit, submit_visit
from desktop.services.visits.sign_visit import SignedVisit
from desktop.services.visits.visit_head import VisitHead

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class VisitPage(VisitRecorder):
    """``words``: at the office it shows what is keyed in from paper."""

    def __init__(self, jobs: Jobs, words: VisitPageWords = LAPTOP_WORDS) -> None:
        super().__init__(jobs, words)
        self._words = words
        self.notes: CovertNotes | None = None
        self.interviews: InterviewDialog | None = None
        self.scan: EvidenceDialog | None = None
        self.identity = IdentityQuestion(jobs, self)
        self.notes_button = text_button(self.texts, lambda: _("Covert notes (B)"))
        self.notes_button.hide()
        self.interviews_button = text_button(self.texts, lambda: _("Interviews (T)"))
        self.scan_button = ShrinkingButton(self.texts, lambda: _("Show the scan"), "file-text")
        self.scan_button.hide()
        self.action_row.insertWidget(0, self.scan_button)
        self.action_row.insertWidget(0, self.interviews_button)
        self.action_row.insertWidget(0, self.notes_button)
        self.signatures_button = self.sides.signatures_button
        self._letters = self._deeds_of_letters()
        self.keys.watch((self.items_view, self.strip, *self.editor.fields(), *self.head_panel.fields()))
        self._connect_page()

    def item(self) -> object:
        return self.visit.id if self.visit is not None else None

    def _deeds_of_letters(self) -> Mapping[str, Callable[[], object]]:
        return {
            "n": self.editor.toggle_not_applicable,
            "v": self.editor.toggle_veto,
            "l": self.editor.toggle_fixed,
            "m": self.editor.focus_figures,
            "d": lambda: self.editor.deduct_field.setFocus(_BY_KEY),
            "f": self.show_facts,
            "h": self.show_head,
            "j": lambda: self.step(1),
            "k": lambda: self.step(-1),
            "p": self.ask_phrase,
            "b": self.show_notes,
            "g": self.ask_signatures,
            "c": self.evidence.capture.open,
            "e": self.evidence.last_button.click,
            "t": self.show_interviews,
            "?": self.show_keys,
        }

    def _connect_page(self) -> None:
        self.items_view.letter_typed.connect(lambda letter: self._letters[letter]())
        self.items_view.facts_wanted.connect(self.show_facts)
        for scored in (self.items_view.digit_typed, self.items_view.passed):
            scored.connect(self._say_locked)
        self.items_view.clicked.connect(lambda _index: self.sides.show_side(ITEM_SIDE))
        # In the list there is nothing to paste a text into.
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self.items_view)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self.evidence.paste)
        self.keys.back_wanted.connect(self.go_back)
        self.keys.finish_wanted.connect(self.ask_finish)
        self.keys.photo_wanted.connect(self.evidence.last_button.click)
        self.head_panel.team_wanted.connect(self.ask_team)
        self.identity.confirmed.connect(super()._take)
        self.notes_button.clicked.connect(self.show_notes)
        self.signatures_button.clicked.connect(self.ask_signatures)
        self.interviews_button.clicked.connect(self.show_interviews)
        self.scan_button.clicked.connect(self.show_scan)
        self.head_button.clicked.connect(self.show_head)
        self.sign_button.clicked.connect(self.ask_finish)
        self.reopen_button.clicked.connect(self.reopen)

    def go_back(self) -> None:
        """To the list of items, from wherever."""
        self.sides.show_side(ITEM_SIDE)
        self.items_view.setFocus(_BY_KEY)

    def show_facts(self) -> None:
        self.sides.show_side(ITEM_SIDE)
        self.editor.facts_field.setFocus(_BY_KEY)

    def show_head(self) -> None:
        """The particulars; pressed again, back to the item."""
        if self.sides.side == HEAD_SIDE:
            self.go_back()
        elif self.state is not None:
            self.head_panel.show_head(self.state.visit, self.state.head)
            self.sides.show_side(HEAD_SIDE)
            self.head_panel.focus_first()

    def show_notes(self) -> None:
        """The small window of a covert visit; asked for again, it comes to the front."""
        if self.state is None or not (self.state.head.is_covert and self.state.visit.is_open):
            return
        if self.notes is None or not isValid(self.notes):
            self.notes = CovertNotes(self.jobs, self.state.visit, self)
        self.notes.show()
        self.notes.activateWindow()

    def show_interviews(self) -> None:
        if self.visit is not None:
            self.saver.flush()
            self.interviews = InterviewDialog(self.jobs, self.visit, self)
            self.interviews.print_wanted.connect(
                partial(self.page_wanted.emit, "print", ("F04", self.visit.id))
            )
            self.interviews.open()

    def show_scan(self) -> None:
        """The scan of the paper in a window of its own, to be read while the items are keyed in."""
        visit = self.visit
        scans = [each for each in visit.evidence if each.id in visit.scans] if visit is not None else []
        if scans:
            self._close_scan()
            self.scan = EvidenceDialog(self.jobs, scans[0], self, scans)
            self.scan.show()

    def show_visit(self, visit: EditedVisit) -> None:
        is_other = self.visit is None or self.visit.id != visit.id
        if is_other:
            self._close_notes()
            self._close_scan()
        super().show_visit(visit)
        if is_other and visit.settled_conflicts:
            # What two computers wrote and the office decided: nobody should find a finding changed and not know why.
            self.note.show_warning(lambda: "\n".join(map(settled_text, visit.settled_conflicts)))
        self.notes_button.setVisible(visit.head.is_covert and visit.is_open)
        self.signatures_button.setVisible(not visit.is_open)
        self.scan_button.setVisible(visit.is_from_paper and bool(visit.scans))

    def keep_typed(self) -> None:
        self._close_notes()
        self._close_scan()
        if self.interviews is not None and isValid(self.interviews):
            self.interviews.accept()
        super().keep_typed()

    def show_keys(self) -> None:
        KeyHelpDialog(self).open()

    def ask_phrase(self) -> None:
        dialog = PhrasesDialog(self.jobs, self.phrases, self)
        dialog.phrases_changed.connect(self.take_phrases)
        dialog.phrase_chosen.connect(self._put_phrase)
        dialog.open()

    def ask_team(self) -> None:
        """Who comes, who goes, who leads: with a reason, for this visit or for the whole mission."""
        visit = self.visit
        if visit is not None and visit.is_open:
            self.saver.flush()
            work = partial(team_choices, mission_id=visit.mission_id, visit_id=visit.id)
            self.jobs.read(work, self._show_team_dialog, self.show_error, name="team")

    def _show_team_dialog(self, choices: TeamChoices) -> None:
        dialog = TeamDialog(self.jobs, choices, self)
        dialog.changed.connect(partial(self._show_team, choices.visit_id))
        dialog.open()

    def _show_team(self, visit_id: str, changed: ChangedTeam) -> None:
        self.open_item(visit_id)
        self.note.show_done(team_text(changed), self._words.team_advice())

    def submit(self, head: VisitHead) -> None:
        if self.state is not None:
            self.saver.flush()
            work = partial(submit_visit, visit_id=self.state.visit.id, head=head)
            self.jobs.write(work, self._show_submitted, self.show_error)

    def finish(self, head: VisitHead | None = None) -> None:
        """Submit with ``head``, unless that was done before, and sign."""
        if self.state is not None:
            self.saver.flush()
            work = partial(finish_visit, visit_id=self.state.visit.id, head=head)
            self.jobs.write(work, self._show_signed, self._show_not_signed)

    def reopen(self) -> None:
        if self.state is not None:
            work = partial(reopen_visit, visit_id=self.state.visit.id)
            self.jobs.write(work, self.open_item, self.show_error)

    def ask_signatures(self) -> None:
        """Sign by hand what was submitted; possible until it is corrected."""
        if self.visit is not None and not self.visit.is_open:
            dialog = SigningDialog(self.jobs, self.visit.id, self)
            # What was said last, such as that the visit waits for its leader, may not be true any more.
            dialog.changed.connect(self.note.hide)
            dialog.changed.connect(self.open_item)
            dialog.open()

    def ask_finish(self) -> None:
        """Sign what was submitted, or submit and sign what is being recorded; asked once, because it is for good."""
        visit = self.visit
        if self.state is None or visit is None or visit.is_signed:
            return
        # A time that is still being typed counts, and so does what is still being recorded.
        self.items_view.setFocus()
        if self.identity.is_open:
            return
        self.evidence.capture.leave()
        unanswered = self.state.score().unanswered
        notes = [*visit.missing, *self.state.notes()]
        if unanswered:
            notes.insert(
                0, _("Not answered yet: items {numbers}.").format(numbers=_(", ").join(map(str, unanswered)))
            )
        dialog = FinishDialog(self.state.head, notes, self)
        dialog.keep_team(visit.settled)
        if visit.is_submitted:
            dialog.show_submitted()
        dialog.sign_wanted.connect(self.finish)
        dialog.submit_wanted.connect(self.submit)
        dialog.open()

    def _take(self, changed: State | None) -> None:
        if self.state is not None and isinstance(changed, VisitHead) and self.state.asks_identity(changed):
            self.identity.ask(self.state, changed)
        else:
            super()._take(changed)

    def _show_submitted(self, visit_id: str) -> None:
        self.open_item(visit_id)
        self.note.show_done(
            _("The visit is submitted."), _("The leader signs it, or it is reopened if that was a mistake.")
        )

    def _show_not_signed(self, error: UserError) -> None:
        # It may have been submitted before signing was refused.
        if self.visit is not None:
            self.open_item(self.visit.id)
        self.show_error(error)

    def _show_signed(self, signed: SignedVisit) -> None:
        self.open_item(signed.visit_id)
        if signed.warnings:
            text = _("The visit is signed, but: {warnings}.").format(warnings=join_steps(signed.warnings))
            self.note.show_warning(text, self._words.signed_advice())
        else:
            self.note.show_done(_("The visit is signed."), self._words.signed_advice())

    def _close_notes(self) -> None:
        """A line that was typed and not entered is kept."""
        if self.notes is not None and isValid(self.notes):
            self.notes.keep()
            self.notes.close()
            self.notes.deleteLater()
        self.notes = None

    def _close_scan(self) -> None:
        if self.scan is not None and isValid(self.scan):
            self.scan.close()
        self.scan = None

    def _say_locked(self) -> None:
        """A key that scores does nothing to a locked item; somebody who looks at the key has to be told."""
        is_locked = self.state is not None and self.state.is_locked(self._number())
        if is_locked and not self.correction.is_under_way:
            self.sides.say_saved(lambda: _("Locked; change it by “Correct this item”."))

    def _put_phrase(self, text: str) -> None:
        if not self.editor.facts_field.isReadOnly():
            self.show_facts()
            self.editor.facts_field.insert_phrase(text)
