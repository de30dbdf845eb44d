"""How one piece of evidence bears on others: made from them, set beside them, of the same file, of the same scene."""

import json
from dataclasses import dataclass

from desktop.media.sniff import PREVIEWABLE
from desktop.services.pictures.find_alike import alike_bits
from desktop.services.pictures.hash_pictures import picture_likeness
from desktop.services.pictures.related import Related, find_related, related
from desktop.services.records.visit_values import derivation_text
from desktop.services.workspace.workspace import Workspace
from desktop.storage.evidence_uses import derived_evidence, evidence_with_files, later_photos, uses_elsewhere
from desktop.storage.object_table import find_object
from desktop.storage.picture_table import picture_bits
from desktop.storage.records import Row, find_row

_MOST = 20


@dataclass(frozen=True)
class Relations:
    """``derivation``: how it was made, empty for an original; ``parent`` is None where that is not known here.

    ``same`` are other visits' evidence with the same bytes, ``alike`` such that may show the same scene.
    """

    evidence_id: str
    derivation: str = ""
    tool: str = ""
    steps: int = 0
    parent: Related | None = None
    derivatives: tuple[Related, ...] = ()
    before: Related | None = None
    afters: tuple[Related, ...] = ()
    same: tuple[Related, ...] = ()
    alike: tuple[Related, ...] = ()


def evidence_relations(workspace: Workspace, evidence_id: str) -> Relations:
    row = find_row(workspace.db, "evidence", evidence_id)
    if row is None:
        return Relations(evidence_id)
    visit_id, sha256 = str(row["owner_id"] or ""), str(row["sha256"] or "")
    same = [str(use["id"]) for use in uses_elsewhere(workspace.db, visit_id, sha256)]
    return Relations(
        evidence_id,
        derivation=derivation_text(row),
        tool=str(row["tool"] or "")[:60],
        steps=_count(row),
        parent=find_related(workspace, str(row["parent_id"] or "")),
        derivatives=_first(
            workspace, [str(each["id"]) for each in derived_evidence(workspace.db, evidence_id)]
        ),
        before=find_related(workspace, str(row["before_id"] or "")),
        afters=_first(workspace, [str(each["id"]) for each in later_photos(workspace.db, evidence_id)]),
        same=_first(workspace, same),
        alike=_first(workspace, _alike(workspace, row)),
    )


def _alike(workspace: Workspace, row: Row) -> list[str]:
    """Of other visits only: photos of one visit show one place, and derivatives their original."""
    sha256 = str(row["sha256"] or "")
    bits = picture_bits(workspace.db, sha256)
    known = find_object(workspace.db, sha256)
    if bits is None and row["mime"] in PREVIEWABLE and known is not None and known.state == "have":
        bits = picture_likeness(workspace, sha256)
    if bits is None:
        return []
    files = [other for other, _places in alike_bits(workspace, bits, but=sha256)]
    uses = evidence_with_files(workspace.db, files)
    return [str(use["id"]) for use in uses if use["visit_id"] != row["owner_id"]]


def _first(workspace: Workspace, evidence_ids: list[str]) -> tuple[Related, ...]:
    return related(workspace, evidence_ids[:_MOST])


def _count(row: Row) -> int:
    steps = row["steps"]
    found = json.loads(steps) if isinstance(steps, str) else []
    return len(found) if isinstance(found, list) else 0
