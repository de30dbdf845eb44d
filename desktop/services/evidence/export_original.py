"""Handing out an original: byte for byte what was taken in, so that anybody can check it with ``sha256sum``."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import Workspace
from desktop.storage.files import write_blocks
from desktop.storage.object_table import find_object
from desktop.storage.records import Row, find_row


@dataclass(frozen=True)
class ExportedOriginal:
    """``name`` is the file name the original came with."""

    sha256: str
    size: int
    name: str


def export_original(workspace: Workspace, evidence_id: str, target: Path) -> ExportedOriginal:
    """Write the original of a piece of evidence to a new file; a damaged one writes nothing."""
    row = _evidence(workspace, evidence_id)
    sha256 = str(row["sha256"])
    write_copy(target, workspace.objects.open(sha256))
    with workspace.db.atomic():
        log_event(workspace, {"event": "exported_original", "sha256": sha256}, str(row["id"]))
    return ExportedOriginal(sha256, target.stat().st_size, str(row["name"]))


def write_copy(target: Path, blocks: Iterable[bytes]) -> None:
    """Write what somebody is given, whole or not at all."""
    try:
        write_blocks(target, blocks)
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=target.name, reason=system_reason(error)),
            _("Check the free space and whether the medium is still there."),
        ) from None


def _evidence(workspace: Workspace, evidence_id: str) -> Row:
    row = find_row(workspace.db, "evidence", evidence_id)
    if row is None or not row["sha256"]:
        raise UserError(
            _("There is no evidence {id} in this workspace.").format(id=evidence_id),
            _("“mingcha list WORKSPACE evidence” shows the evidence and its ids."),
        )
    known = find_object(workspace.db, str(row["sha256"]))
    if known is not None and known.state == "pruned":
        raise UserError(
            _("The original was cleared from this computer; it lies at the office."),
            _("Ask the office for a copy; its hash is known here and can be compared."),
        )
    if known is None or known.state != "have":
        raise UserError(
            _("The file of this evidence has not come to this computer."),
            _("It comes with the next package of the node that took it in."),
        )
    return row
