"""Between which moments a visit was recorded, as far as others than its computer can tell, and how its clock went.

The office made the random number of the mission before; it had the findings afterwards. Nothing in between needs a
network, or the clock of the laptop.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.entry import Kind
from desktop.domain.photo_time import VisitTime
from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.records.form_values import parsed_time
from desktop.services.records.mission_nonce import BEGUN, RECORDED, known_nonce
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.watch_clock import ClockNotice, clock_notices
from desktop.services.workspace.workspace import Workspace
from desktop.storage.clock_entries import numbers_about
from desktop.storage.entries import entry_event, load_history
from desktop.storage.nodes import find_node
from desktop.storage.packages import arrived_at, is_on_its_way, packages


@dataclass(frozen=True)
class NodeNotices:
    """The jumps that the clock of one computer made while the visit was recorded on it."""

    node: str
    notices: tuple[ClockNotice, ...]


@dataclass(frozen=True)
class VisitTimes:
    """``issued_at`` and ``received_at`` by the clock of the office, empty where they are not known.

    ``is_proved``: the record begins with the random number of the mission, so it was not begun before the issue.
    """

    issued_at: str
    is_proved: bool
    received_at: str
    clocks: tuple[NodeNotices, ...]


def visit_times(workspace: Workspace, view: VisitView) -> VisitTimes:
    history = load_history(workspace.db, view.id)
    births = [each.entry for each in history if each.entry.is_birth and each.entry.node == each.entry.home]
    nonce = known_nonce(workspace, view.text("mission_id")).get("nonce")
    begun = [
        event.get("nonce")
        for each in history
        if each.entry.kind is Kind.LOG and (event := entry_event(each)).get("event") in (BEGUN, RECORDED)
    ]
    spans = [each for each in numbers_about(workspace.db, view.id) if each[1] != workspace.office]
    received = [_received(workspace, stream, last) for stream, _node, _first, last in spans]
    return VisitTimes(
        issued_at=local_time(min(birth.hlc[0] for birth in births)) if births else "",
        is_proved=bool(births and nonce) and nonce in begun,
        received_at=max(received, key=_moment) if received and all(received) else "",
        clocks=tuple(
            NodeNotices(_name(workspace, node), notices)
            for stream, node, first, last in spans
            if (notices := clock_notices(workspace, stream, first, last))
        ),
    )


def time_of_visit(workspace: Workspace, view: VisitView) -> VisitTime:
    """What the times of photos are compared with."""
    times = visit_times(workspace, view)
    texts = (view.text("started_at"), view.text("ended_at"), times.issued_at, times.received_at)
    return VisitTime(*(parsed_time(text) for text in texts))


def _received(workspace: Workspace, stream: str, seq: int) -> str:
    """When the office had this entry: here, by its package; on a laptop, by the first package that says so."""
    if workspace.is_office:
        at_ms = arrived_at(workspace.db, stream, seq)
        return local_time(at_ms) if at_ms is not None else ""
    if not is_on_its_way(workspace.db, stream, seq):
        return ""
    for package in packages(workspace.db, "in"):
        if package.sender == workspace.office:
            manifest = decode_manifest(package.manifest)
            if manifest.have.get(stream, 0) >= seq:
                return local_time(round(_moment(manifest.created).timestamp() * 1000))
    return ""


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _name(workspace: Workspace, node_id: str) -> str:
    node = find_node(workspace.db, node_id)
    return node.name if node else node_id[:8]
