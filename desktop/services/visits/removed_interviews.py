"""The interviews that were taken out of a visit, read from its log."""

from collections.abc import Mapping

from desktop.domain.canonical import Json
from desktop.domain.entry import SignedEntry
from desktop.domain.registry import REASON
from desktop.services.visits.interview import (
    INTERVIEW,
    NumberedInterview,
    Removal,
    missing_in_interview,
    read_interview,
)
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from desktop.storage.interview_rows import removed_interviews
from desktop.storage.records import all_rows


def removed_from_visit(workspace: Workspace, visit_id: str) -> tuple[NumberedInterview, ...]:
    """The interviews that were removed and not put back, with what they said last."""
    keys = removed_interviews(workspace.db, visit_id)
    names = {str(row["id"]): str(row["name"]) for row in all_rows(workspace.db, "person")} if keys else {}
    return tuple(_removed(workspace, visit_id, key, names) for key in keys)


def _removed(workspace: Workspace, visit_id: str, key: str, names: Mapping[str, str]) -> NumberedInterview:
    part = f"{INTERVIEW}{key}"
    written = written_about(workspace, visit_id, part)
    said = said_in(written, part)
    interview = read_interview(said[-1] if said else {})
    last = written[-1]
    reason = part_value(last, REASON) if REASON in last.entry.parts else {}
    removal = Removal(
        local_time(last.entry.hlc[0])[:16].replace("T", " "),
        names.get(last.entry.by, last.entry.by),
        str(reason.get("text") or ""),
    )
    return NumberedInterview(key, interview, missing_in_interview(interview), removal)


def written_about(workspace: Workspace, visit_id: str, part: str) -> list[SignedEntry]:
    """The entries that write this interview, oldest first."""
    written = [signed for signed in load_log(workspace.db, visit_id) if part in signed.entry.parts]
    return sorted(written, key=lambda signed: (signed.entry.hlc, signed.entry.hash))


def said_in(written: list[SignedEntry], part: str) -> list[Mapping[str, Json]]:
    """What it said each time, oldest first, without the times it was removed."""
    return [value for signed in written if (value := part_value(signed, part))]
