"""What a field node still has to hand over, to whom, and where every visit stands on its way to the office."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.names import display_name
from desktop.services.packages.continue_export import UnfinishedExport, find_unfinished
from desktop.services.packages.find_unsent import Unsent, find_unsent
from desktop.services.packages.merge_view import PackageLine, package_history
from desktop.services.packages.package_contents import results_for_office
from desktop.services.packages.prune_evidence import plan_pruning
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.field_missions import FieldVisit, field_missions
from desktop.services.visits.find_visits import VisitState
from desktop.services.workspace.workspace import Workspace
from desktop.storage.handover import bytes_of_entries
from desktop.storage.nodes import find_node

# Base64 of entries and parts, their hashes in the index, tar and age headers; padding adds up to 12 %.
_ENTRY_GROWTH = 3, 2
_PADDING = 9, 8
_FIXED_BYTES = 64 << 10


class HandoverState(StrEnum):
    """本机已存, 已导出待签收, 中心已签收."""

    STORED = "stored"
    EXPORTED = "exported"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class VisitOnItsWay:
    """A visit with findings; ``evidence``: how many pieces the office has not confirmed."""

    id: str
    unit: str
    site: str
    day: str
    is_signed: bool
    state: HandoverState
    evidence: int


@dataclass(frozen=True)
class Handover:
    """``answers``: how many were changed since the last export. Evidence: what the office has not confirmed.

    ``package_bytes`` is an upper bound of the next package. ``clearable`` originals may be cleared here.
    """

    office: str
    fingerprint: str
    visits: tuple[VisitOnItsWay, ...]
    answers: int
    evidence: int
    evidence_bytes: int
    package_bytes: int
    exports: tuple[PackageLine, ...]
    unfinished: UnfinishedExport | None = None
    clearable: int = 0
    clearable_bytes: int = 0

    def count(self, state: HandoverState) -> int:
        return sum(visit.state is state for visit in self.visits)


def show_handover(workspace: Workspace) -> Handover:
    office = find_node(workspace.db, workspace.office)
    pending = {
        info.hash: info.size for info in results_for_office(workspace, with_all_objects=False).evidence
    }
    unsent = find_unsent(workspace)
    visits = tuple(
        _on_its_way(workspace, visit, unsent, pending)
        for mission in field_missions(workspace)
        for visit in mission.visits
        if visit.state not in (VisitState.PLANNED, VisitState.WITHDRAWN)
    )
    evidence_bytes = sum(pending.values())
    pruning = plan_pruning(workspace)
    entry_bytes = bytes_of_entries(workspace.db, workspace.node) * _ENTRY_GROWTH[0] // _ENTRY_GROWTH[1]
    return Handover(
        office=display_name(office.name) if office else "",
        fingerprint=office.fingerprint if office else "",
        visits=tuple(sorted(visits, key=lambda each: (list(HandoverState).index(each.state), each.day))),
        answers=unsent.answers,
        evidence=len(pending),
        evidence_bytes=evidence_bytes,
        package_bytes=(evidence_bytes + entry_bytes) * _PADDING[0] // _PADDING[1] + _FIXED_BYTES,
        exports=tuple(line for line in package_history(workspace) if line.direction == "out"),
        unfinished=find_unfinished(workspace, workspace.office),
        clearable=len(pruning.may_go),
        clearable_bytes=pruning.size,
    )


def _on_its_way(
    workspace: Workspace,
    visit: FieldVisit,
    unsent: Unsent,
    pending: Mapping[str, int],
) -> VisitOnItsWay:
    view = read_visit(workspace.db, visit.id)
    waiting = {str(row["sha256"]) for row in view.evidence} & pending.keys()
    if visit.id in unsent.visits:
        state = HandoverState.STORED
    else:
        is_open = visit.id in unsent.unconfirmed or waiting
        state = HandoverState.EXPORTED if is_open else HandoverState.CONFIRMED
    return VisitOnItsWay(
        visit.id,
        visit.unit,
        visit.site or visit.checklist,
        view.text("started_at")[:10] or visit.planned_on,
        view.is_signed,
        state,
        len(waiting),
    )
