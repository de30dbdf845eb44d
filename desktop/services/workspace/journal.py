"""Writing entries of this node: the one way in which services change records.

Everything here runs inside the caller's transaction; several statements made together share one merge.
"""

from collections.abc import Mapping, Sequence

from desktop.domain.author import Author, Hlc, Statement
from desktop.domain.entry import Ctx, Kind, Owner, SignedEntry
from desktop.services.workspace.workspace import STREAM_SETTING, Workspace
from desktop.storage.entries import stream_end
from desktop.storage.merge import Merged, merge_entries
from desktop.storage.records import find_record
from desktop.storage.settings_table import read_setting, read_text_setting, write_setting

_CLOCK_SETTING = "hlc"
_ROLES = {"office": "督查室", "field": "督查组"}


def write_entries(workspace: Workspace, statements: Sequence[Statement]) -> list[SignedEntry]:
    """Append to this node's stream and bring the tables up to date."""
    author = author_of(workspace)
    signed = [author.write(statement) for statement in statements]
    merge_entries(workspace.db, signed)
    return signed


def merge_and_log(
    workspace: Workspace, incoming: Sequence[SignedEntry], event: Mapping[str, object]
) -> Merged:
    """Merge foreign entries and note it in this node's log, which no merge order can change."""
    merged = merge_entries(workspace.db, incoming)
    log_event(workspace, event)
    return merged


def read_clock(workspace: Workspace) -> Hlc:
    """The newest reading of the hybrid clock that this node has made or followed."""
    value = read_setting(workspace.db, _CLOCK_SETTING)
    match value:
        case [int(ms), int(count)]:
            return ms, count
    return 0, 0


def save_clock(workspace: Workspace, hlc: Hlc) -> None:
    write_setting(workspace.db, _CLOCK_SETTING, list(hlc))


def author_of(workspace: Workspace) -> Author:
    stream = read_text_setting(workspace.db, STREAM_SETTING)
    end = stream_end(workspace.db, stream)
    return Author(
        stream,
        (end.seq, end.hash) if end else None,
        max(end.hlc if end else (0, 0), read_clock(workspace)),
        by=workspace.person.id,
        role=_ROLES[workspace.kind],
        clock_ms=workspace.clock_ms,
    )


def log_event(workspace: Workspace, event: Mapping[str, object], record_id: str | None = None) -> None:
    """Note what happened (custody, unsealed, exported, printed …) in the signed log of this node."""
    write_entries(workspace, [Statement(Kind.LOG, record_id, None, {"event": event})])


def birth(workspace: Workspace, record_id: str, record_type: str, parts: Mapping[str, object]) -> Statement:
    """A new record; its home is the office this node belongs to."""
    return Statement(Kind.WRITE, record_id, record_type, parts, home=workspace.office)


def child_birth(
    workspace: Workspace, record_id: str, record_type: str, parts: Mapping[str, object], owner_id: str
) -> Statement:
    """A new record that hangs on another one, as that one is seen now."""
    owner = Owner(owner_id, record_ctx(workspace, owner_id))
    return Statement(Kind.WRITE, record_id, record_type, parts, home=workspace.office, owner=owner)


def change(
    workspace: Workspace,
    record_id: str,
    record_type: str,
    parts: Mapping[str, object],
    ctx: Ctx | None = None,
) -> Statement:
    """A change of parts of a record; ``ctx`` is what the author had seen, by default all that is here."""
    seen = record_ctx(workspace, record_id) if ctx is None else ctx
    return Statement(
        Kind.WRITE, record_id, record_type, parts, ctx=seen, owner=_owner_now(workspace, record_id)
    )


def record_ctx(workspace: Workspace, record_id: str) -> Ctx:
    state = find_record(workspace.db, record_id)
    return state.ctx if state else {}


def _owner_now(workspace: Workspace, record_id: str) -> Owner | None:
    state = find_record(workspace.db, record_id)
    if state is None or state.owner_id is None:
        return None
    return Owner(state.owner_id, record_ctx(workspace, state.owner_id))
