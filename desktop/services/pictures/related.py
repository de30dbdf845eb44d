"""A piece of evidence as it is named beside another one, with the visit it belongs to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.services.records.other_uses import visit_of_use
from desktop.services.records.visit_values import evidence_numbers, read_visit
from desktop.services.visits.show_visit import ShownEvidence, one_evidence
from desktop.services.workspace.workspace import Workspace
from desktop.storage.evidence_uses import evidence_with_ids
from desktop.storage.records import Row, find_row


@dataclass(frozen=True)
class Related:
    """``visit`` names the visit in words."""

    evidence: ShownEvidence
    visit_id: str
    visit: str


def related(workspace: Workspace, evidence_ids: Iterable[str]) -> tuple[Related, ...]:
    """Those of them that are known here and not taken out of their visit, in the order they were asked for."""
    ids = list(dict.fromkeys(evidence_ids))
    found = {str(row["id"]): row for row in evidence_with_ids(workspace.db, ids)}
    visits = {str(row["visit_id"]) for row in found.values()}
    numbers = {each: evidence_numbers(read_visit(workspace.db, each)) for each in visits}
    return tuple(_related(workspace, found[each], numbers) for each in ids if each in found)


def find_related(workspace: Workspace, evidence_id: str) -> Related | None:
    return next(iter(related(workspace, [evidence_id])), None)


def _related(workspace: Workspace, use: Row, numbers: Mapping[str, Mapping[str, str]]) -> Related:
    visit_id = str(use["visit_id"])
    row = find_row(workspace.db, "evidence", str(use["id"])) or {}
    return Related(one_evidence(workspace, row, numbers[visit_id]), visit_id, visit_of_use(use))
