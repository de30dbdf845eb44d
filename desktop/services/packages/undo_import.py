"""Undoing an import: exactly the entries it first brought stop counting. Nothing is removed, and it can be redone.

What others wrote on top of them stays, and what is sent again stays undone.
"""

from dataclasses import dataclass

from desktop.domain.ancestry import Span
from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.workspace.journal import write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import entry_event, load_facts, voids_lifted_by
from desktop.storage.packages import PackageRow, introduced_by, packages, set_package_state
from desktop.storage.stream_heads import count_later_entries


@dataclass(frozen=True)
class UndoneImport:
    """``entries`` that stopped or began to count; ``later``: entries of others that were made on top of them."""

    manifest_sha256: str
    entries: int
    later: int


def undo_import(workspace: Workspace, import_id: str, reason: str) -> UndoneImport:
    """Set aside what a package brought; ``import_id`` is its id or the beginning of it."""
    package = _find(workspace, import_id, "applied")
    spans = introduced_by(workspace.db, package.manifest_sha256)
    if not spans:
        raise UserError(
            _("This import brought nothing new, so there is nothing to undo."),
            _("Undo the import that first brought the entries."),
        )
    if not reason.strip():
        raise UserError(_("An import is undone with a reason."), _("Add it with --reason."))
    parts = {
        "spans": {"spans": [[s.stream, s.first, s.last, s.tip] for s in spans]},
        "event": {"event": "undone", "package": package.manifest_sha256},
        "reason": {"text": reason.strip()},
    }
    with workspace.db.atomic():
        later = count_later_entries(workspace.db, spans)
        write_entries(workspace, [Statement(Kind.VOID, parts=parts)])
        set_package_state(workspace.db, package.manifest_sha256, "set_aside")
    return UndoneImport(package.manifest_sha256, _size(spans), later)


def redo_import(workspace: Workspace, import_id: str) -> UndoneImport:
    """Let an undone import count again."""
    package = _find(workspace, import_id, "set_aside")
    spans = introduced_by(workspace.db, package.manifest_sha256)
    voids = _voids_in_force(workspace, package.manifest_sha256)
    event = {"event": "redone", "package": package.manifest_sha256}
    with workspace.db.atomic():
        write_entries(
            workspace,
            [Statement(Kind.UNVOID, parts={"spans": {"void": void}, "event": event}) for void in voids],
        )
        set_package_state(workspace.db, package.manifest_sha256, "applied")
        later = count_later_entries(workspace.db, spans)
    return UndoneImport(package.manifest_sha256, _size(spans), later)


def _find(workspace: Workspace, import_id: str, state: str) -> PackageRow:
    if not workspace.is_office:
        raise UserError(
            _("Only an office undoes imports."),
            _("What the office undoes reaches this node with its next package."),
        )
    found = [
        p
        for p in packages(workspace.db, "in")
        if p.state == state and len(import_id) >= 6 and p.manifest_sha256.startswith(import_id)
    ]
    if len(found) != 1:
        raise UserError(
            _("There is no import {id} that could be undone or redone.").format(id=import_id),
            _("“mingcha list WORKSPACE packages” shows the imports and their ids."),
        )
    return found[0]


def _voids_in_force(workspace: Workspace, manifest_sha256: str) -> list[str]:
    facts = load_facts(workspace.db, Kind.VOID, Kind.UNVOID)
    lifted = {named for fact in facts if fact.entry.kind is Kind.UNVOID for named in voids_lifted_by(fact)}
    return [
        fact.entry.hash
        for fact in facts
        if fact.entry.kind is Kind.VOID
        and fact.entry.hash not in lifted
        and entry_event(fact).get("package") == manifest_sha256
    ]


def _size(spans: tuple[Span, ...]) -> int:
    return sum(span.last - span.first + 1 for span in spans)
