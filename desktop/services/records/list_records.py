"""Lists for people and scripts: the ids and names of what a workspace holds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.canonical import Json
from desktop.errors import UserError
from desktop.exchange.refusal import Refusal, told_again
from desktop.i18n import _
from desktop.services.records.waiting_packages import waiting_lines
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import entry_event, load_stream
from desktop.storage.nodes import all_nodes
from desktop.storage.packages import packages, receipts
from desktop.storage.quarantine_table import QuarantineRow, quarantined
from desktop.storage.records import Row, all_rows
from desktop.storage.settings_table import read_text_setting
from desktop.storage.visit_list import visit_rows


@dataclass(frozen=True)
class Listing:
    """Rows of one kind. ``columns`` are the keys of every row, the first is the id."""

    kind: str
    columns: Sequence[str]
    rows: Sequence[Mapping[str, Json]]


def list_records(workspace: Workspace, kind: str) -> Listing:
    """List one of KINDS in official order where there is one, else by age."""
    if kind not in KINDS:
        raise UserError(
            _("There is no list called {kind}.").format(kind=kind),
            _("The lists are: {kinds}.").format(kinds=", ".join(KINDS)),
        )
    columns, read = KINDS[kind]
    rows = [{name: row.get(name) for name in columns} for row in read(workspace)]
    return Listing(kind, columns, rows)


def names_by_id(workspace: Workspace) -> dict[str, str]:
    """What the ids in the rows of a list are called: units, people and nodes."""
    rows = [*all_rows(workspace.db, "unit"), *all_rows(workspace.db, "person")]
    return {str(row["id"]): str(row["name"]) for row in rows} | {
        node.id: node.name for node in all_nodes(workspace.db)
    }


def _table(name: str, order: str = "id") -> Callable[[Workspace], Sequence[Row]]:
    return lambda workspace: all_rows(workspace.db, name, order)


def _visits(workspace: Workspace) -> Sequence[Row]:
    return visit_rows(workspace.db)


def _nodes(workspace: Workspace) -> Sequence[Mapping[str, Json]]:
    return [
        {"id": n.id, "name": n.name, "kind": n.kind, "status": n.status, "fingerprint": n.fingerprint}
        for n in all_nodes(workspace.db)
    ]


def _packages(workspace: Workspace) -> Sequence[Mapping[str, Json]]:
    return [
        {
            "id": p.manifest_sha256,
            "direction": p.direction,
            "kind": p.kind,
            "seq": p.seq,
            "sender": p.sender,
            "dest": p.dest,
            "state": p.state,
            "file": p.file_name,
            "at": local_time(p.at_ms),
        }
        for p in packages(workspace.db)
    ]


def _receipts(workspace: Workspace) -> Sequence[Mapping[str, Json]]:
    return [
        {
            "id": r.manifest_sha256,
            "node": r.node,
            "seq": r.seq,
            "state": r.state,
            "wanted": len(r.wanted),
            "held": len(r.held),
            "at": local_time(r.at_ms),
        }
        for r in receipts(workspace.db)
    ]


def _quarantine(workspace: Workspace) -> Sequence[Mapping[str, Json]]:
    incomplete: list[Mapping[str, Json]] = [
        {
            "id": line.id,
            "file": ", ".join(line.files),
            "reason": Refusal.SPLIT.value,
            "problem": line.problem,
            "advice": line.advice,
            "state": "incomplete",
            "at": line.at,
        }
        for line in waiting_lines(workspace)
    ]
    return incomplete + [_quarantined(row) for row in quarantined(workspace.db)]


def _quarantined(row: QuarantineRow) -> Mapping[str, Json]:
    problem, advice = told_again(row.reason, row.problem, row.advice)
    return {
        "id": row.file_sha256,
        "file": row.file_name,
        "reason": row.reason,
        "problem": problem,
        "advice": advice,
        "state": "dismissed" if row.dismissal else row.state,
        "at": local_time(row.at_ms),
    }


def _log(workspace: Workspace) -> Sequence[Mapping[str, Json]]:
    stream = read_text_setting(workspace.db, "stream")
    names = {str(row["id"]): str(row["name"]) for row in all_rows(workspace.db, "person")}
    rows: list[Mapping[str, Json]] = []
    for signed in load_stream(workspace.db, stream):
        entry = signed.entry
        event = entry_event(signed).get("event") or entry.kind.value
        rows.append(
            {
                "id": entry.seq,
                "at": local_time(entry.hlc[0]),
                "by": names.get(entry.by, entry.by),
                "event": event,
                "record": entry.record_id,
            }
        )
    return rows


KINDS: Mapping[str, tuple[Sequence[str], Callable[[Workspace], Sequence[Mapping[str, Json]]]]] = {
    "units": (("id", "name", "short", "kind", "uscc"), _table("unit", "sort_no, id")),
    "groups": (("id", "name", "year"), _table("unit_group", "year, sort_no, id")),
    "people": (("id", "name"), _table("person")),
    "posts": (("id", "person_id", "unit_id", "title", "role", "from_date", "to_date"), _table("post")),
    "categories": (("id", "code", "name"), _table("category", "sort_no, id")),
    "targets": (
        ("id", "year", "code", "name", "unit_id", "measure_unit", "target_value", "adjusted_value", "weight"),
        _table("target", "year, sort_no, id"),
    ),
    "sites": (("id", "name", "kind", "unit_id", "address"), _table("site", "name, id")),
    "checklists": (("id", "code", "name", "version", "status"), _table("checklist", "code, id")),
    "missions": (
        ("id", "no", "title", "mode", "period_type", "starts_on", "status"),
        _table("mission", "starts_on, id"),
    ),
    "visits": (
        ("id", "mission", "unit", "site", "checklist", "mode", "status", "started_at", "signed"),
        _visits,
    ),
    "evidence": (("id", "name", "mime", "size", "sha256", "caption", "owner_id"), _table("evidence")),
    "nodes": (("id", "name", "kind", "status", "fingerprint"), _nodes),
    "packages": (("id", "direction", "kind", "seq", "sender", "dest", "state", "file", "at"), _packages),
    "receipts": (("id", "node", "seq", "state", "wanted", "held", "at"), _receipts),
    "quarantine": (("id", "file", "reason", "problem", "advice", "state", "at"), _quarantine),
    "log": (("id", "at", "by", "event", "record"), _log),
}
