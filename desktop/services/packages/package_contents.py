"""What goes into a package: for an office the whole stream of the field node, for a field node its own missions.

Master data always goes whole (telephone numbers withheld), never chosen by mission: a choice would give away whom a
covert mission is about.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.registry import RECORD_TYPES, WITHHELD_ON_THE_ROAD
from desktop.exchange.entry_index import IndexRow, encode_index
from desktop.exchange.manifest import ObjectInfo, PackageKind, Role
from desktop.exchange.manifest_reader import decode_manifest
from desktop.exchange.receipts import Receipt, encode_receipts
from desktop.exchange.records import encode_entries
from desktop.exchange.trust_list import SignedTrustList, encode_trust_lists
from desktop.exchange.write_package import describe_object
from desktop.services.packages.receipts_due import receipts_for
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import read_trust_list
from desktop.storage.object_table import find_object
from desktop.storage.packages import packages, receipts
from desktop.storage.records import all_rows
from desktop.storage.selections import (
    ChosenEntry,
    entries_of_node,
    entries_of_records,
    facts_about_imports,
    in_package_order,
    load_chosen,
)
from desktop.storage.visit_list import children_of, records_of_entries, records_of_types, visits_held_by

JSON_LINES = "application/jsonl"
BINARY = "application/octet-stream"
_MASTER_DATA = tuple(name for name, kind in RECORD_TYPES.items() if kind.is_master_data or name == "office")


@dataclass(frozen=True)
class Contents:
    """The objects of a package, in the order of its manifest, and how to read each of them."""

    workspace: Workspace
    kind: PackageKind
    chosen: Sequence[ChosenEntry]
    receipts: Sequence[Receipt]
    trust: Sequence[SignedTrustList]
    evidence: Sequence[ObjectInfo]

    @property
    def objects(self) -> tuple[ObjectInfo, ...]:
        described = [
            describe_object(self._entries(), Role.ENTRIES, JSON_LINES),
            describe_object(self.index(), Role.INDEX, BINARY),
        ]
        if self.trust:
            described.append(describe_object(encode_trust_lists(self.trust), Role.TRUST, JSON_LINES))
        if self.receipts:
            described.append(describe_object(encode_receipts(self.receipts), Role.RECEIPTS, JSON_LINES))
        return (*described, *self.evidence)

    def read(self, role: Role, digest: str) -> Iterator[bytes]:
        """The bytes of one object, made again from the database or decrypted from the store."""
        match role:
            case Role.ENTRIES:
                return self._entries()
            case Role.INDEX:
                return self.index()
            case Role.TRUST:
                return encode_trust_lists(self.trust)
            case Role.RECEIPTS:
                return encode_receipts(self.receipts)
        # Whoever writes the package compares the hash of every object that goes into it.
        return self.workspace.objects.open_for_comparison(digest)

    @property
    def visit_count(self) -> int:
        """How many visits the package speaks of."""
        records = records_of_entries(self.workspace.db, [entry.id for entry in self.chosen], "visit")
        return len(records)

    def index(self) -> Iterator[bytes]:
        return encode_index(IndexRow(entry.stream, entry.seq, entry.hash) for entry in self.chosen)

    def _entries(self) -> Iterator[bytes]:
        withheld = WITHHELD_ON_THE_ROAD if self.kind is not PackageKind.RESULT else frozenset()
        return encode_entries(load_chosen(self.workspace.db, self.chosen, withheld))


def results_for_office(workspace: Workspace, *, with_all_objects: bool) -> Contents:
    """成果包: everything this node ever wrote, and the evidence its office has not confirmed."""
    chosen = entries_of_node(workspace.db, workspace.node)
    evidence = _own_evidence(workspace, with_all_objects=with_all_objects)
    return Contents(workspace, PackageKind.RESULT, chosen, (), (), evidence)


def mission_for_node(workspace: Workspace, node: str, kind: PackageKind) -> Contents:
    """任务包 or 回执: master data, the missions and visits this node holds, and answers to its packages."""
    db = workspace.db
    visits, missions = visits_held_by(db, node)
    records = [*records_of_types(db, _MASTER_DATA), *missions, *visits, *children_of(db, visits)]
    chosen = in_package_order(entries_of_records(db, records), facts_about_imports(db))
    trust = read_trust_list(db, workspace.node)
    lists = [SignedTrustList(trust[1], trust[2])] if trust else []
    return Contents(workspace, kind, chosen, receipts_for(workspace, node), lists, ())


def _own_evidence(workspace: Workspace, *, with_all_objects: bool) -> tuple[ObjectInfo, ...]:
    confirmed = set() if with_all_objects else confirmed_objects(workspace)
    infos: dict[str, ObjectInfo] = {}
    for row in all_rows(workspace.db, "evidence"):
        known = find_object(workspace.db, str(row["sha256"]))
        if known is not None and known.state == "have" and known.sha256 not in confirmed:
            mime = str(row["mime"] or BINARY)
            infos[known.sha256] = ObjectInfo(known.sha256, known.size, Role.EVIDENCE, mime)
    return tuple(infos.values())


def confirmed_objects(workspace: Workspace) -> set[str]:
    """Objects the office has: they were in a package it applied, and no receipt asks for them."""
    answers = receipts(workspace.db, workspace.office)
    applied = {answer.manifest_sha256 for answer in answers if answer.state == "applied"}
    wanted = {sha256 for answer in answers for sha256 in answer.wanted}
    sent = {
        info.hash
        for package in packages(workspace.db, "out")
        if package.manifest_sha256 in applied
        for info in _evidence_in(package.manifest)
    }
    return sent - wanted


def _evidence_in(manifest: bytes) -> list[ObjectInfo]:
    return [info for info in decode_manifest(manifest).objects if info.role is Role.EVIDENCE]
