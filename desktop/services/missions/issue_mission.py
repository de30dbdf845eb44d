"""Issuing a mission: sealed where it is covert, every visit given to its node; and writing its packages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.manifest import PackageKind
from desktop.i18n import _
from desktop.keys.passphrase import STANDARD_COST, KdfCost
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.plan_mission import is_covert
from desktop.services.missions.seal_mission import seal_mission
from desktop.services.packages.export_package import export_to_node
from desktop.services.records.references import find_by_name
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.nodes import all_nodes
from desktop.storage.visit_list import holders_of_mission


@dataclass(frozen=True)
class WrittenMission:
    """What became of the package of one node: its file, read back, or why there is none."""

    node: str
    file: str = ""
    size: int = 0
    problem: UserError | None = None


def issue_mission(
    workspace: Workspace,
    mission: str,
    nodes: Mapping[str, str],
    passphrase: str = "",
    cost: KdfCost = STANDARD_COST,
) -> str:
    """Give every visit of ``nodes`` ({visit id: node id}) to its node; all of it or nothing.

    A covert mission is sealed under ``passphrase`` first. Returns the id of the mission.
    """
    row = find_by_name(workspace.db, "mission", mission)
    mission_id = str(row["id"])
    with workspace.db.atomic():
        if is_covert(row) and not row["is_sealed"]:
            seal_mission(workspace, mission_id, passphrase, cost)
        for node_id in dict.fromkeys(nodes.values()):
            node = find_node_by_name(workspace, node_id)
            visits = [visit for visit, holder in nodes.items() if holder == node_id]
            assign_visits(workspace, mission_id, node, visits)
    return mission_id


def issue_to_node(workspace: Workspace, mission: str, node_id: str, only: Sequence[str] = ()) -> str:
    """Give the visits of a mission, of ``only`` some of them, to one more node; returns the id of the mission.

    It is how a mission that was sealed before is issued, and how two computers come to hold one visit.
    """
    assign_visits(workspace, mission, find_node_by_name(workspace, node_id), only)
    return mission


def write_mission_packages(
    workspace: Workspace, mission: str, folder: Path, report_progress: ReportProgress = unreported
) -> tuple[WrittenMission, ...]:
    """Write a 任务包 for every other node that holds a visit of the mission; one that fails stops no other."""
    mission_id = str(find_by_name(workspace.db, "mission", mission)["id"])
    known = {node.id: node for node in all_nodes(workspace.db)}
    holders = [holder for holder in holders_of_mission(workspace.db, mission_id) if holder != workspace.node]
    if not holders:
        raise UserError(
            _("No laptop holds a visit of this mission, so there is no package to write."),
            _("Issue it to a laptop first; what this computer holds needs no package."),
        )
    written = []
    for holder in holders:
        name = known[holder].name if holder in known else holder[:8]
        try:
            package = export_to_node(workspace, holder, PackageKind.MISSION, folder, report_progress)
            written.append(WrittenMission(name, package.path.name, package.size))
        except UserError as error:
            written.append(WrittenMission(name, problem=error))
    return tuple(written)
