"""What the office owes in receipts: every package that came, and whether its sender has been answered since."""

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.entry import Kind
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import entry_event, load_facts
from desktop.storage.nodes import find_node
from desktop.storage.packages import PackageRow, packages
from desktop.storage.quarantine_table import quarantined


class ReceiptStanding(StrEnum):
    """Whether a receipt has been written since the package came, or since it was undone or counted again."""

    WRITTEN = "written"
    DUE = "due"
    NOBODY = "nobody"


@dataclass(frozen=True)
class ReceiptLine:
    """One package that came. ``what_became``: applied, set_aside or quarantined; ``receipt``: file that answers it.

    NOBODY: its sender is not enrolled (any more), so no receipt can be sealed for it.
    """

    node: str
    seq: int
    file: str
    came_at: str
    what_became: str
    standing: ReceiptStanding
    receipt: str
    written_at: str


def receipt_lines(workspace: Workspace) -> tuple[ReceiptLine, ...]:
    """Those that are due first, then the newest."""
    changed = _last_changes(workspace)
    written = [row for row in packages(workspace.db, "out") if row.is_whole and row.kind == "receipt"]
    came = [
        (row.sender, row.seq, row.file_name or "", row.at_ms, row.state, row.manifest_sha256)
        for row in packages(workspace.db, "in")
    ]
    known = {row[-1] for row in came}
    came += [
        (row.sender, row.seq or 0, row.file_name, row.at_ms, "quarantined", row.manifest_sha256)
        for row in quarantined(workspace.db)
        if row.sender and row.manifest_sha256 and row.manifest_sha256 not in known
    ]
    lines = []
    for sender, seq, file, at_ms, state, digest in sorted(came, key=lambda row: -row[3]):
        since = max(at_ms, changed.get(digest, 0))
        answers = [row for row in written if row.dest == sender and row.at_ms >= since]
        lines.append(_line(workspace, sender, seq, file, at_ms, state, answers))
    return tuple(sorted(lines, key=lambda line: line.standing is not ReceiptStanding.DUE))


def _line(
    workspace: Workspace,
    sender: str,
    seq: int,
    file: str,
    at_ms: int,
    state: str,
    answers: list[PackageRow],
) -> ReceiptLine:
    node = find_node(workspace.db, sender)
    standing = ReceiptStanding.WRITTEN if answers else ReceiptStanding.DUE
    if standing is ReceiptStanding.DUE and (node is None or node.status != "enrolled"):
        standing = ReceiptStanding.NOBODY
    first = min(answers, key=lambda row: row.at_ms, default=None)
    return ReceiptLine(
        node=node.name if node else sender[:8],
        seq=seq,
        file=file,
        came_at=local_time(at_ms),
        what_became=state,
        standing=standing,
        receipt=(first.file_name or "") if first else "",
        written_at=local_time(first.at_ms) if first else "",
    )


def _last_changes(workspace: Workspace) -> dict[str, int]:
    """When an import was last undone or counted again: {package: milliseconds}."""
    changed: dict[str, int] = {}
    for fact in load_facts(workspace.db, Kind.VOID, Kind.UNVOID):
        package = entry_event(fact).get("package")
        if isinstance(package, str):
            changed[package] = max(changed.get(package, 0), fact.entry.hlc[0])
    return changed
