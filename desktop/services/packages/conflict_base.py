"""What stood in a part before the versions that are in conflict: the newest value that all their authors had seen."""

from collections.abc import Sequence

from desktop.domain.entry import Entry, Kind, SignedEntry
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import active_voids, load_ancestry, load_log
from desktop.storage.records import find_record


def conflict_base(
    workspace: Workspace, record_id: str, part: str, versions: Sequence[str]
) -> SignedEntry | None:
    """The entry that wrote the common base of ``versions`` (hashes), or None where they had none in common.

    Undone and held entries never count. Where the base was itself in conflict, its newest version is meant.
    """
    log = [
        each for each in load_log(workspace.db, record_id) if each.entry.kind in (Kind.WRITE, Kind.RESOLVE)
    ]
    sides = [each.entry for each in log if each.entry.hash in versions]
    state = find_record(workspace.db, record_id)
    held = state.held if state else ()
    ancestry = load_ancestry(workspace.db)
    spans = [span for void in active_voids(workspace.db) for span in void.spans]

    def was_seen_by_all(entry: Entry) -> bool:
        return all(side.hash != entry.hash and ancestry.covers(side.ctx, entry) for side in sides)

    common = [
        each
        for each in log
        if part in each.entry.parts
        and each.entry.hash not in held
        and not ancestry.spans_cover(spans, each.entry)
        and was_seen_by_all(each.entry)
    ]
    newest = [
        each
        for each in common
        if not any(other is not each and ancestry.covers(other.entry.ctx, each.entry) for other in common)
    ]
    return max(newest or common, key=lambda each: (each.entry.hlc, each.entry.hash), default=None)
