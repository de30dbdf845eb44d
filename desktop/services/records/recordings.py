"""The recordings among the evidence of a visit: their segments in order, and whether they came to their end."""

from dataclasses import dataclass

from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.workspace import Workspace
from desktop.storage.object_table import find_object
from desktop.storage.records import Row


@dataclass(frozen=True)
class ShownSegment:
    """``is_here``: whether its file has come to this computer."""

    evidence_id: str
    name: str
    sha256: str
    size: int
    duration_ms: int
    is_here: bool


@dataclass(frozen=True)
class ShownRecording:
    """``is_complete``: it was ended on purpose; else the power, the program or a device failed."""

    source: str
    segments: tuple[ShownSegment, ...]
    is_complete: bool

    @property
    def duration_ms(self) -> int:
        return sum(segment.duration_ms for segment in self.segments)


def recordings_of(workspace: Workspace, view: VisitView) -> dict[str, ShownRecording]:
    """{recording id: its segments by their numbers}."""
    found: dict[str, list[Row]] = {}
    for row in view.evidence:
        if row["recording_id"]:
            found.setdefault(str(row["recording_id"]), []).append(row)
    return {recording_id: _recording(workspace, rows) for recording_id, rows in found.items()}


def _recording(workspace: Workspace, rows: list[Row]) -> ShownRecording:
    rows = sorted(rows, key=lambda row: (int(row["segment"] or 0), str(row["id"])))
    return ShownRecording(
        source=str(rows[0]["source"] or ""),
        segments=tuple(_segment(workspace, row) for row in rows),
        is_complete=bool(rows[-1]["is_complete"]),
    )


def _segment(workspace: Workspace, row: Row) -> ShownSegment:
    sha256 = str(row["sha256"] or "")
    known = find_object(workspace.db, sha256)
    return ShownSegment(
        evidence_id=str(row["id"]),
        name=str(row["name"] or ""),
        sha256=sha256,
        size=int(row["size"] or 0),
        duration_ms=max(0, int(row["duration_ms"] or 0)),
        is_here=known is not None and known.state == "have",
    )
