"""Saving what an inspector writes: drafts at every change, entries when a stage is reached.

A draft row that is committed is what 已保存 promises. Entries are cut from drafts on save, submit, sign and export:
one for each state of knowledge the parts were written in, so that nobody claims to have seen what came later.
"""

from collections.abc import Mapping

from desktop.domain.author import Statement
from desktop.domain.entry import Ctx, Kind, Owner
from desktop.services.workspace.journal import record_ctx, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import Draft, all_drafts, discard_draft, discard_drafts, drafts_of, save_draft
from desktop.storage.folded import ctx_text
from desktop.storage.records import find_record

_NEVER_CUT = frozenset({"mission"})
"""The objects of a mission leave their draft only by being sealed or assigned."""


def save_findings(
    workspace: Workspace,
    record_id: str,
    record_type: str,
    parts: Mapping[str, Mapping[str, object]],
    base_ctx: Ctx | None = None,
) -> None:
    """Store drafts of ``parts``; when it returns they are on the disk.

    ``base_ctx`` is what the author had seen when the parts were opened, by default all that is here now.
    """
    state = find_record(workspace.db, record_id)
    owner = Owner(state.owner_id, record_ctx(workspace, state.owner_id)) if state and state.owner_id else None
    seen = record_ctx(workspace, record_id) if base_ctx is None else base_ctx
    with workspace.db.atomic():
        for name, value in parts.items():
            draft = Draft(record_id, record_type, name, value, seen, owner)
            save_draft(workspace.db, draft, workspace.clock_ms())


def cut_drafts(workspace: Workspace, record_id: str | None = None) -> int:
    """Turn the drafts of one record, or of all, into entries; returns how many entries. Caller's transaction."""
    drafts = all_drafts(workspace.db) if record_id is None else drafts_of(workspace.db, record_id)
    groups: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        if draft.record_type not in _NEVER_CUT:
            groups.setdefault((draft.record_id, ctx_text(draft.base_ctx)), []).append(draft)
    write_entries(workspace, [_statement(group) for group in groups.values()])
    for of_record, _ctx in groups:
        discard_drafts(workspace.db, of_record)
    return len(groups)


def cut_draft(workspace: Workspace, record_id: str, part: str) -> None:
    """Turn the draft of one part, if there is one, into an entry; the others stay. Caller's transaction."""
    found = [draft for draft in drafts_of(workspace.db, record_id) if draft.part == part]
    if found:
        write_entries(workspace, [_statement(found)])
        discard_draft(workspace.db, record_id, part)


def _statement(group: list[Draft]) -> Statement:
    first = group[0]
    return Statement(
        Kind.WRITE,
        first.record_id,
        first.record_type,
        {draft.part: draft.value for draft in group},
        ctx=first.base_ctx,
        owner=first.owner,
    )
