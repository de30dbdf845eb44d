"""What was changed on the page of a visit, to be taken back and done again across its items."""

from dataclasses import dataclass, replace

from desktop.domain.answer import Answer
from desktop.services.visits.visit_head import VisitHead

State = Answer | VisitHead
_SENTENCE_ENDS = tuple("。；，！？.;!?\n")
_MOST = 500


@dataclass(frozen=True)
class Change:
    """One step: an answer, or the head of the visit, before and after."""

    before: State
    after: State


class ChangeHistory:
    """Typing in one place is one step until a sentence ends or something else is changed."""

    def __init__(self) -> None:
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._is_typing = False

    def clear(self) -> None:
        self._done, self._undone = [], []
        self.end_step()

    def end_step(self) -> None:
        """What is typed next is a step of its own."""
        self._is_typing = False

    def note(self, before: State, after: State) -> None:
        """Remember a change; what had been taken back can no longer be done again."""
        if before == after:
            return
        self._undone.clear()
        is_typing = _is_typing(before, after)
        if is_typing and self._is_typing and self._done and self._done[-1].after == before:
            self._done[-1] = replace(self._done[-1], after=after)
        else:
            self._done.append(Change(before, after))
            del self._done[:-_MOST]
        self._is_typing = is_typing and not _typed_text(after).endswith(_SENTENCE_ENDS)

    def undo(self) -> State | None:
        """What to put back; None where nothing was changed."""
        self.end_step()
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1].before

    def redo(self) -> State | None:
        """What to put again; None where nothing was taken back."""
        self.end_step()
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1].after


def _is_typing(before: State, after: State) -> bool:
    if isinstance(before, Answer) and isinstance(after, Answer):
        return replace(before, facts=after.facts) == after
    return isinstance(after, VisitHead)


def _typed_text(state: State) -> str:
    return state.facts if isinstance(state, Answer) else ""
