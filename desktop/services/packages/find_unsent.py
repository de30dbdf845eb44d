"""What a field node has written and not handed over yet."""

from dataclasses import dataclass

from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import all_drafts
from desktop.storage.handover import answers_written_after, travelled, visits_written_after


@dataclass(frozen=True)
class Unsent:
    """``visits`` hold something that stands in no package, ``unconfirmed`` something the office has not signed for.

    ``answers``: how many stand in no package.
    """

    visits: frozenset[str]
    unconfirmed: frozenset[str]
    answers: int


def find_unsent(workspace: Workspace) -> Unsent:
    drafts = [draft for draft in all_drafts(workspace.db) if draft.record_type == "visit"]
    stored = {draft.record_id for draft in drafts}
    unconfirmed = set(stored)
    answers = {(draft.record_id, draft.part) for draft in drafts if draft.part.startswith("answer/")}
    for way in travelled(workspace.db, workspace.node, workspace.office):
        stored |= visits_written_after(workspace.db, way.stream, way.sent)
        unconfirmed |= visits_written_after(workspace.db, way.stream, way.confirmed)
        answers |= answers_written_after(workspace.db, way.stream, way.sent)
    return Unsent(frozenset(stored), frozenset(unconfirmed), len(answers))


def count_not_exported(workspace: Workspace) -> int:
    """How many visits hold something that stands in no package yet; cheap enough to ask after every change."""
    return 0 if workspace.is_office else len(find_unsent(workspace).visits)
