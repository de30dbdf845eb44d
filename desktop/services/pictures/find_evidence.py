"""Finding evidence of all visits: search and filter in the database, page by page."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.services.pictures.related import Related, related
from desktop.services.records.other_uses import visit_of_use
from desktop.services.workspace.workspace import Workspace
from desktop.storage.evidence_search import items_with_evidence, search_evidence, visits_with_evidence
from desktop.storage.paged_search import PAGE_ROWS


class EvidenceKind(StrEnum):
    PICTURE = "picture"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"


class EvidenceUse(StrEnum):
    """AGAIN: the same file in several visits."""

    AGAIN = "again"
    DERIVED = "derived"
    PAIRED = "paired"


@dataclass(frozen=True)
class EvidenceFilter:
    """Empty lets everything through."""

    text: str = ""
    visit_id: str = ""
    item: str = ""
    kind: str = ""
    use: str = ""


@dataclass(frozen=True)
class FoundEvidence:
    """``offset`` counts from the newest; ``visits`` and ``items`` are what can be filtered by."""

    rows: tuple[Related, ...]
    total: int
    offset: int
    visits: tuple[tuple[str, str], ...]
    items: tuple[str, ...]

    @property
    def older(self) -> int | None:
        """Where the next page begins, None after the last one."""
        end = self.offset + len(self.rows)
        return end if end < self.total else None

    @property
    def newer(self) -> int | None:
        """Where the page before begins, None on the first one."""
        return max(0, self.offset - PAGE_ROWS) if self.offset else None


def find_evidence(workspace: Workspace, wanted: EvidenceFilter, offset: int = 0) -> FoundEvidence:
    """One page; of an offset beyond the end, which a filter has just moved, the last page."""
    use = wanted.use if wanted.use in set(EvidenceUse) else ""
    filters = {"visit_id": wanted.visit_id, "item": wanted.item, "kind": wanted.kind, "use": use}
    found = search_evidence(workspace.db, wanted.text, **filters, offset=offset)
    if not found.rows and found.total:
        offset = (found.total - 1) // PAGE_ROWS * PAGE_ROWS
        found = search_evidence(workspace.db, wanted.text, **filters, offset=offset)
    return FoundEvidence(
        related(workspace, (str(row["id"]) for row in found.rows)),
        found.total,
        offset,
        tuple((str(row["visit_id"]), visit_of_use(row)) for row in visits_with_evidence(workspace.db)),
        tuple(items_with_evidence(workspace.db)),
    )
