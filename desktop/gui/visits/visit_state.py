"""What is being recorded: the answers and the head as they stand on the page, their score, and the way back."""

from collections.abc import Sequence
from dataclasses import replace

from desktop.domain.answer import Answer, reminders
from desktop.domain.scoring.method import join_steps
from desktop.domain.visit_score import VisitScore, score_visit
from desktop.gui.visits.change_history import ChangeHistory, State
from desktop.i18n import _, language
from desktop.media.sniff import names_picture
from desktop.services.visits.edit_visit import EditedVisit
from desktop.services.visits.visit_head import VisitHead


class VisitState:
    """Newer than anything on the disk while something is on its way there."""

    def __init__(self, visit: EditedVisit) -> None:
        self.visit = visit
        self.answers: dict[int, Answer] = dict(visit.answers)
        self.head: VisitHead = visit.head
        self.history = ChangeHistory()
        self._scored: tuple[list[Answer], str, VisitScore] | None = None

    def answer(self, number: int) -> Answer:
        return self.answers.get(number, Answer(number))

    def change(self, after: State) -> None:
        """Put an answer or the head as it was typed, and remember what stood there."""
        before: State = self.answer(after.item_no) if isinstance(after, Answer) else self.head
        self.history.note(before, after)
        self.put(after)

    def put(self, state: State) -> None:
        if isinstance(state, Answer):
            self.answers[state.item_no] = state
        else:
            self.head = state

    def naming(self, number: int, evidence_ids: Sequence[str]) -> Answer:
        """The answer to an item with evidence that was taken in for it."""
        answer = self.answer(number)
        added = (each for each in evidence_ids if each not in answer.evidence_ids)
        return replace(answer, evidence_ids=(*answer.evidence_ids, *added))

    def no_longer_naming(self, number: int, evidence_ids: Sequence[str]) -> Answer:
        answer = self.answer(number)
        kept = tuple(each for each in answer.evidence_ids if each not in evidence_ids)
        return replace(answer, evidence_ids=kept)

    def take_in(self, visit: EditedVisit) -> bool:
        """The visit was read anew: evidence may have come, and the first answer noted when it began.

        Returns whether other people go now: they were changed elsewhere in the window, with a reason.
        """
        has_new_team = visit.settled != self.visit.settled
        if self.shows_identity(visit.head):
            # What was done before is locked, so it cannot be taken back either.
            self.history = ChangeHistory()
        self.visit = visit
        if not self.head.started_at:
            self.head = replace(self.head, started_at=visit.head.started_at)
        if visit.is_identity_fixed:
            # Another time may have been typed before the lock was known here; on the disk it is refused.
            stored = visit.head
            self.head = replace(self.head, identity_shown_at=stored.identity_shown_at, mode=stored.mode)
        if has_new_team:
            self.head = replace(self.head, leader=visit.head.leader, team=visit.head.team)
        return has_new_team

    def undo(self) -> State | None:
        return self._moved(self.history.undo())

    def redo(self) -> State | None:
        return self._moved(self.history.redo())

    def is_locked(self, number: int) -> bool:
        """Whether the item is changed by corrections only."""
        return not self.visit.is_open or number in self.visit.locked

    def shows_identity(self, head: VisitHead) -> bool:
        """Whether ``head`` ends the covert part of the visit that was read last."""
        return head.is_covert and bool(head.identity_shown_at) and not self.visit.head.identity_shown_at

    def asks_identity(self, head: VisitHead) -> bool:
        """Whether ``head`` would end the covert part, and nobody has said so before."""
        return self.shows_identity(head) and not self.shows_identity(self.head)

    def answered(self) -> tuple[int, ...]:
        """The items that say anything at all."""
        return tuple(sorted(number for number, each in self.answers.items() if each != Answer(number)))

    def score(self) -> VisitScore:
        """The same arithmetic as at the office; computed anew when something was changed that counts."""
        counted = [replace(answer, facts="", evidence_ids=()) for answer in self.answers.values()]
        if self._scored is None or self._scored[0] != counted or self._scored[1] != language():
            score = score_visit(self.visit.checklist, self.answers.values())
            self._scored = counted, language(), score
        return self._scored[2]

    def reminders(self, number: int, late_files: Sequence[str] = ()) -> tuple[str, ...]:
        """What the team should still see to for one item; ``late_files``: names of what its correction adds."""
        item, answer = self.visit.checklist.item(number), self.answers.get(number)
        if item is None or answer is None:
            return ()
        # What the rule computes from the figures fails the item as well as what was typed.
        deduct = self.score().lines[number - 1].deduct
        photos = {each.id for each in self.visit.evidence if each.mime.startswith("image/")}
        given = len(photos.intersection(answer.evidence_ids)) + sum(map(names_picture, late_files))
        named = (*answer.evidence_ids, *late_files)
        return reminders(item, replace(answer, deduct=deduct, evidence_ids=named), given)

    def notes(self) -> tuple[str, ...]:
        """Everything that is still missing in the items, as (number, reminder)."""
        return tuple(
            _("{item}: {missing}").format(item=f"{item.no}. {item.title}", missing=join_steps(missing))
            for item in self.visit.checklist.items
            if (missing := self.reminders(item.no))
        )

    def _moved(self, state: State | None) -> State | None:
        if isinstance(state, Answer):
            # Evidence that came in meanwhile stays: its files are in the store and signed for.
            now = self.answer(state.item_no)
            state = replace(state, evidence_ids=now.evidence_ids)
        if state is not None:
            self.put(state)
        return state
