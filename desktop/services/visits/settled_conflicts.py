"""What became of a visit that two computers recorded: what the office took, from whom, and why.

The resolve entry of the office travels with the receipt, so that both laptops can say it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.domain.entry import Kind, SignedEntry
from desktop.domain.fold import DELETED
from desktop.services.records.part_words import part_text
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from desktop.storage.nodes import find_node
from desktop.storage.records import find_row

_REASON = "reason"


@dataclass(frozen=True)
class SettledConflict:
    """``taken_from`` is who wrote the version that counts, with the computer; empty where it is a third one."""

    at: str
    what: str
    taken_from: str
    reason: str


def settled_conflicts(workspace: Workspace, visit_id: str) -> tuple[SettledConflict, ...]:
    """Oldest first; what was deleted or kept is not told here."""
    log = load_log(workspace.db, visit_id)
    settled = sorted(
        (signed for signed in log if signed.entry.kind is Kind.RESOLVE), key=lambda signed: signed.entry.hlc
    )
    return tuple(
        SettledConflict(
            local_time(signed.entry.hlc[0]),
            part_text(part),
            _author_of_value(workspace, log, part, part_value(signed, part)),
            str(part_value(signed, _REASON).get("text") or ""),
        )
        for signed in settled
        for part in signed.entry.parts
        if part not in (_REASON, DELETED)
    )


def _author_of_value(
    workspace: Workspace, log: Sequence[SignedEntry], part: str, value: Mapping[str, Json]
) -> str:
    for signed in log:
        if signed.entry.kind is Kind.WRITE and part_value(signed, part) == value:
            person = find_row(workspace.db, "person", signed.entry.by)
            node = find_node(workspace.db, signed.entry.node)
            names = (
                str(person["name"] or "") if person else "",
                node.name if node else signed.entry.node[:8],
            )
            return " · ".join(name for name in names if name)
    return ""
