"""Recordings of sound and film: kept in short segments, each of them safe before the next one is full.

A recording is no record of its own. Its segments are pieces of evidence that name the same recording in their part
``recording``; the log says when it began, before its first byte, and when and why it ended.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import monotonic

from desktop.domain.author import Statement
from desktop.services.evidence.attach_evidence import NewEvidence, add_evidence, take_in_file
from desktop.services.evidence.collect_evidence import TAKEN_HERE
from desktop.services.evidence.edit_evidence import check_open_for_evidence
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row

MOST_SOURCE = 200


class RecordingKind(StrEnum):
    """The kinds of evidence that a recording can be, as they are stored."""

    SOUND = "录音"
    FILM = "录像"


class RecordingEnd(StrEnum):
    """Why a recording ended, as the log says it."""

    STOPPED = "stopped"
    BROKEN = "broken"


@dataclass(frozen=True)
class NewRecording:
    """A recording that has begun. ``source``: what the devices are called; ``stem``: how its files begin."""

    id: str
    visit_id: str
    item: int
    kind: RecordingKind
    source: str
    stem: str


@dataclass(frozen=True)
class RecordedSegment:
    """``number`` counts from 1. ``began_s`` is a reading of ``time.monotonic``; ``ending`` that of the file name."""

    number: int
    began_s: float
    duration_ms: int
    data: bytes
    ending: str


def begin_recording(
    workspace: Workspace, visit_id: str, item: int, kind: RecordingKind, source: str
) -> NewRecording:
    """Note in the log that a recording begins. ``item`` 0 is the visit as a whole."""
    check_open_for_evidence(workspace, read_visit(workspace.db, visit_id))
    at = local_time(workspace.clock_ms())
    stem = f"{kind}-{at[:10].replace('-', '')}-{at[11:19].replace(':', '')}"
    source = " ".join(source.split())[:MOST_SOURCE]
    recording = NewRecording(workspace.new_id(), visit_id, item, kind, source, stem)
    with workspace.db.atomic():
        event = {"event": "capture_started", "recording_id": recording.id, "kind": kind.value}
        log_event(workspace, {**event, "source": source}, visit_id)
    return recording


def keep_segment(workspace: Workspace, recording: NewRecording, segment: RecordedSegment) -> str:
    """Take a closed segment in as evidence; returns its id. It is on the disk when this returns."""
    check_open_for_evidence(workspace, read_visit(workspace.db, recording.visit_id))
    started_at = local_time(workspace.clock_ms() - round((monotonic() - segment.began_s) * 1000))
    note: dict[str, object] = {
        "kind": recording.kind.value,
        "capture_mode": TAKEN_HERE,
        "taken_by": workspace.person.name,
        "taken_at": started_at,
    }
    if recording.item:
        note["item"] = recording.item
    part = {
        "recording_id": recording.id,
        "source": recording.source,
        "started_at": started_at,
        "segment": segment.number,
        "duration_ms": segment.duration_ms,
        "is_complete": False,
    }
    name = Path(f"{recording.stem}-{segment.number:03d}.{segment.ending}")
    new = NewEvidence(workspace.new_id(), name, note, segment.data, {"recording": part})
    taken = take_in_file(workspace, new)
    with workspace.db.atomic():
        add_evidence(workspace, recording.visit_id, [taken])
    return new.id


def end_recording(workspace: Workspace, recording: NewRecording, end: RecordingEnd) -> int:
    """Note the end; returns how many segments there are. Only one that was stopped is marked as complete."""
    segments = _segments(workspace, recording)
    with workspace.db.atomic():
        if segments and end is RecordingEnd.STOPPED:
            write_entries(workspace, [_completed(workspace, segments[-1])])
        event = {"event": "capture_ended", "recording_id": recording.id, "reason": end.value}
        log_event(workspace, {**event, "segments": len(segments)}, recording.visit_id)
    return len(segments)


def _completed(workspace: Workspace, segment: Row) -> Statement:
    part: dict[str, object] = {
        "recording_id": segment["recording_id"],
        "source": segment["source"],
        "started_at": segment["started_at"],
        "segment": segment["segment"],
        "duration_ms": segment["duration_ms"],
        "is_complete": True,
    }
    return change(workspace, str(segment["id"]), "evidence", {"recording": part})


def _segments(workspace: Workspace, recording: NewRecording) -> list[Row]:
    rows = read_visit(workspace.db, recording.visit_id).evidence
    found = [row for row in rows if row["recording_id"] == recording.id]
    return sorted(found, key=lambda row: int(row["segment"] or 0))
