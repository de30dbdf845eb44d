"""The nodes a workspace knows, as people speak of them: whose they are, since when, and what came last."""

from dataclasses import dataclass

from desktop.keys.card import read_card
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.journal_search import times_of_event
from desktop.storage.nodes import NodeRow, all_nodes
from desktop.storage.packages import last_arrivals


@dataclass(frozen=True)
class NodeLine:
    """A node. ``status``: own, enrolled or revoked. Times are local, empty where they are not known here."""

    id: str
    kind: str
    name: str
    person: str
    fingerprint: str
    status: str
    is_our_office: bool
    made_at: str
    enrolled_at: str
    last_package_at: str
    revoked_at: str
    revoked_because: str


def node_lines(workspace: Workspace) -> tuple[NodeLine, ...]:
    """This node first, then by name."""
    enrolled = times_of_event(workspace.db, workspace.node, "enrolled", "node")
    revoked = times_of_event(workspace.db, workspace.node, "revoked", "node")
    arrived = last_arrivals(workspace.db)
    return tuple(
        _line(workspace, node, enrolled.get(node.id), arrived.get(node.id), revoked.get(node.id))
        for node in all_nodes(workspace.db)
    )


def _line(
    workspace: Workspace, node: NodeRow, enrolled: int | None, arrived: int | None, revoked: int | None
) -> NodeLine:
    card = read_card(node.card)
    is_revoked = node.status == "revoked"
    return NodeLine(
        id=node.id,
        kind=node.kind,
        name=node.name,
        person=card.person_name,
        fingerprint=node.fingerprint,
        status=node.status,
        is_our_office=node.id == workspace.office and node.id != workspace.node,
        made_at=card.created,
        enrolled_at=_time(enrolled),
        last_package_at=_time(arrived),
        revoked_at=_time(revoked) if is_revoked else "",
        revoked_because=_reason(node) if is_revoked else "",
    )


def _reason(node: NodeRow) -> str:
    match node.revoked:
        case {"reason": str(reason)}:
            return reason
    return ""


def _time(ms: int | None) -> str:
    return "" if ms is None else local_time(ms)
