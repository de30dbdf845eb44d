"""Conflicts: two values of one part. Both are kept for ever; a person chooses, with a reason, or writes a third.

Resolving writes an entry that has seen both; it travels like any other and closes the conflict everywhere.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from desktop.domain import canonical
from desktop.domain.author import Statement
from desktop.domain.canonical import Json, NotCanonicalError
from desktop.domain.entry import Kind, SignedEntry
from desktop.domain.fold import DELETED
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.packages.conflict_base import conflict_base
from desktop.services.workspace.journal import log_event, record_ctx, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import load_log
from desktop.storage.folded import part_value
from desktop.storage.nodes import find_node
from desktop.storage.records import find_record


@dataclass(frozen=True)
class Candidate:
    """One of the values: who wrote it, on which node, when (milliseconds of that node's clock)."""

    entry: str
    by: str
    node: str
    node_name: str
    at_ms: int
    value: Mapping[str, Json]


@dataclass(frozen=True)
class Conflict:
    """``id`` names the record and the part; candidates in a fixed order: left is the first, right the second.

    ``base`` is what stood there before; None where their authors had seen nothing in common.
    """

    id: str
    record_id: str
    record_type: str
    part: str
    candidates: tuple[Candidate, ...]
    base: Candidate | None = None


def list_conflicts(workspace: Workspace) -> list[Conflict]:
    """Every open conflict, ordered by record and part."""
    rows = workspace.db.execute("SELECT record_id, part, candidates FROM conflict ORDER BY record_id, part")
    return [_conflict(workspace, *row) for row in rows.fetchall()]


def find_conflict(workspace: Workspace, conflict_id: str) -> Conflict:
    conflicts = list_conflicts(workspace)
    # The whole id first: that of item 1 is also the beginning of that of item 10.
    found = [c for c in conflicts if c.id == conflict_id] or [
        c for c in conflicts if c.id.startswith(conflict_id)
    ]
    if len(found) != 1:
        raise UserError(
            _("There is no open conflict {id}.").format(id=conflict_id),
            _("“mingcha conflicts WORKSPACE” lists the open ones with their ids."),
        )
    return found[0]


def resolve_conflict(
    workspace: Workspace,
    conflict_id: str,
    take: Sequence[str],
    reason: str,
    typed: Mapping[str, Json] = MappingProxyType({}),
) -> None:
    """Close a conflict. ``take``: "left", "right" or FIELD=VALUE to change fields of the shown value.

    ``typed``: values of fields that stand in neither version. The reason is required: it stands beside both
    versions for ever.
    """
    conflict = find_conflict(workspace, conflict_id)
    if not reason.strip():
        raise UserError(_("A conflict is resolved with a reason."), _("Add it with --reason."))
    state = find_record(workspace.db, conflict.record_id)
    if state is None or state.home != workspace.node:
        raise UserError(
            _("Only the office that answers for the record resolves its conflicts."),
            _("Send the package on to that office and merge what comes back."),
        )
    parts: dict[str, object] = {"reason": {"text": reason.strip()}}
    is_delete = _is_deleted(take) if conflict.part == DELETED else None
    if is_delete is None:
        parts[conflict.part] = {**_chosen(conflict, take), **typed}
    with workspace.db.atomic():
        statement = Statement(
            Kind.RESOLVE,
            conflict.record_id,
            conflict.record_type,
            parts,
            ctx=record_ctx(workspace, conflict.record_id),
            is_delete=is_delete,
        )
        write_entries(workspace, [statement])
        log_event(workspace, {"event": "resolved", "part": conflict.part}, conflict.record_id)


def _is_deleted(take: Sequence[str]) -> bool:
    if list(take) not in (["delete"], ["keep"]):
        raise UserError(
            _("One version deletes the record, another changes it."), _("Give --take delete or --take keep.")
        )
    return list(take) == ["delete"]


def _chosen(conflict: Conflict, take: Sequence[str]) -> Mapping[str, Json]:
    sides = [word for word in take if word in ("left", "right")]
    fields = [word.split("=", 1) for word in take if "=" in word]
    if len(sides) + len(fields) != len(take) or len(sides) > 1 or not take:
        raise UserError(
            _("What to take is not clear."), _("Give --take left, --take right, or --take FIELD=VALUE.")
        )
    value = dict(conflict.candidates[1 if sides == ["right"] else 0].value)
    for name, text in fields:
        if name not in value:
            raise UserError(
                _("“{part}” has no field {name}.").format(part=conflict.part, name=name),
                _("Its fields are: {names}.").format(names=", ".join(sorted(value))),
            )
        value[name] = text if isinstance(value[name], str) else _typed(name, text)
    return value


def _typed(name: str, text: str) -> Json:
    """A value for a field that is not text: an integer, true, false or a JSON list."""
    try:
        return canonical.decode(text.encode())
    except NotCanonicalError:
        raise UserError(
            _("{text} is not a value for {name}.").format(text=text, name=name),
            _("Give an integer, true or false; points are given in 1/10000."),
        ) from None


def _conflict(workspace: Workspace, record_id: str, part: str, candidates: str) -> Conflict:
    state = find_record(workspace.db, record_id)
    named = set(json.loads(candidates))
    log = load_log(workspace.db, record_id)
    found = [_candidate(workspace, signed, part) for signed in log if signed.entry.hash in named]
    found.sort(key=lambda candidate: (candidate.at_ms, candidate.entry))
    before = None if part == DELETED else conflict_base(workspace, record_id, part, tuple(named))
    return Conflict(
        f"{record_id}:{part}",
        record_id,
        state.type if state else "",
        part,
        tuple(found),
        _candidate(workspace, before, part) if before else None,
    )


def _candidate(workspace: Workspace, signed: SignedEntry, part: str) -> Candidate:
    entry = signed.entry
    node = find_node(workspace.db, entry.node)
    name = node.name if node else entry.node[:8]
    return Candidate(entry.hash, entry.by, entry.node, name, entry.hlc[0], part_value(signed, part))
