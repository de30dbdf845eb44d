"""What a field node has written and not handed over yet."""

from dataclasses import dataclass

from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import all_drafts
from desktop.storage.handover import (
    answers_written_after,
    evidence_written_after,
    travelled,
    visits_written_after,
)


@dataclass(frozen=True)
class Unsent:
    """``visits`` hold something that stands in no package, ``unconfirmed`` something the office has not signed for.

    ``answers`` and pieces of ``evidence``: how many stand in no package. Cheap enough to ask after every change.
    """

    visits: frozenset[str]
    unconfirmed: frozenset[str]
    answers: int
    evidence: int


def find_unsent(workspace: Workspace) -> Unsent:
    drafts = [draft for draft in all_drafts(workspace.db) if draft.record_type == "visit" or draft.owner]
    stored = {draft.owner.record_id if draft.owner else draft.record_id for draft in drafts}
    unconfirmed = set(stored)
    answers = {(draft.record_id, draft.part) for draft in drafts if draft.part.startswith("answer/")}
    evidence = {draft.record_id for draft in drafts if draft.owner}
    for way in travelled(workspace.db, workspace.node, workspace.office):
        stored |= visits_written_after(workspace.db, way.stream, way.sent)
        unconfirmed |= visits_written_after(workspace.db, way.stream, way.confirmed)
        answers |= answers_written_after(workspace.db, way.stream, way.sent)
        evidence |= evidence_written_after(workspace.db, way.stream, way.sent)
    return Unsent(frozenset(stored), frozenset(unconfirmed), len(answers), len(evidence))
