"""The answers this node owes another one: what became of each of its packages."""

from desktop.exchange.receipts import Receipt, ReceiptState
from desktop.services.workspace.workspace import Workspace
from desktop.storage.held_entries import held_by_node, objects_wanted_from
from desktop.storage.packages import packages
from desktop.storage.quarantine_table import quarantined

_STATES = {"applied": ReceiptState.APPLIED, "set_aside": ReceiptState.SET_ASIDE}


def receipts_for(workspace: Workspace, node: str) -> list[Receipt]:
    """One receipt for each package of ``node`` that came here, in the order of their numbers."""
    wanted = objects_wanted_from(workspace.db, node)
    held = held_by_node(workspace.db, node)
    due = [
        Receipt(p.stream, p.seq, p.manifest_sha256, _STATES[p.state], wanted, held)
        for p in packages(workspace.db, "in")
        if p.sender == node and p.state in _STATES
    ]
    # A damaged copy of a package that came whole, before or after, needs no answer of its own.
    answered = {receipt.manifest for receipt in due}
    due += [
        Receipt(q.stream, q.seq, q.manifest_sha256, ReceiptState.QUARANTINED)
        for q in quarantined(workspace.db)
        if q.sender == node and q.stream and q.seq and q.manifest_sha256 and q.manifest_sha256 not in answered
    ]
    return sorted(due, key=lambda receipt: (receipt.stream, receipt.seq, receipt.manifest))
