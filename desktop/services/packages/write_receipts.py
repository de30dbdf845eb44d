"""Writing receipts (回执): one package for each node that has sent something."""

from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.manifest import PackageKind
from desktop.i18n import _
from desktop.services.packages.export_package import export_to_node
from desktop.services.packages.write_volumes import ExportedPackage
from desktop.services.records.lost_objects import want_lost_objects
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.nodes import all_nodes
from desktop.storage.packages import packages
from desktop.storage.quarantine_table import quarantined


def write_receipts(
    workspace: Workspace, folder: Path, report_progress: ReportProgress = unreported
) -> list[ExportedPackage]:
    """Write a 回执 for every enrolled node that packages came from; it also carries what the node needs to know."""
    senders = {p.sender for p in packages(workspace.db, "in")}
    senders |= {row.sender for row in quarantined(workspace.db) if row.sender}
    nodes = [n for n in all_nodes(workspace.db) if n.id in senders and n.status == "enrolled"]
    if not workspace.is_office or not nodes:
        raise UserError(
            _("There is nothing to confirm: no package has come from an enrolled node."),
            _("Merge the packages first, then write the receipts."),
        )
    want_lost_objects(workspace)
    return [export_to_node(workspace, n.id, PackageKind.RECEIPT, folder, report_progress) for n in nodes]
