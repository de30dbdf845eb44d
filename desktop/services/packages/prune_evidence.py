"""Freeing space on a field node: originals that the office holds, in a verified backup too, may go.

Only the files of originals go. Every entry stays, and of the evidence its hash, its record and what was read of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.author import Statement
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.exchange.manifest_reader import decode_manifest
from desktop.i18n import _
from desktop.services.packages.office_word import newest_word
from desktop.services.packages.package_contents import confirmed_objects
from desktop.services.workspace.journal import write_entries
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.evidence_entries import EvidenceEntry, evidence_entries, signed_pictures
from desktop.storage.object_table import objects_in_state, set_object_state
from desktop.storage.packages import packages, receipts
from desktop.storage.records import find_row


class Keep(StrEnum):
    """Why an original has to stay."""

    NOT_CONFIRMED = "not_confirmed"
    WANTED = "wanted"
    NOT_DURABLE = "not_durable"
    HELD = "held"
    UNFINISHED = "unfinished"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Original:
    """An original in the store; ``keep`` is None where it may go. ``evidence_ids`` are the records that name it."""

    sha256: str
    size: int
    name: str
    evidence_ids: tuple[str, ...]
    keep: Keep | None


@dataclass(frozen=True)
class Pruning:
    originals: tuple[Original, ...]

    @property
    def may_go(self) -> tuple[Original, ...]:
        return tuple(original for original in self.originals if original.keep is None)

    @property
    def kept(self) -> tuple[Original, ...]:
        return tuple(original for original in self.originals if original.keep is not None)

    @property
    def size(self) -> int:
        """How many bytes of originals may go, or went."""
        return sum(original.size for original in self.may_go)


def plan_pruning(workspace: Workspace) -> Pruning:
    """Say of every original that is here whether it may go, and if not, why."""
    if workspace.is_office:
        raise UserError(
            _("An office keeps every original; nothing may be cleared here."),
            _("Only laptops that hand their work over to an office can be cleared."),
        )
    rules = _Rules(workspace)
    by_object: dict[str, list[EvidenceEntry]] = {}
    for entry in evidence_entries(workspace.db):
        by_object.setdefault(entry.sha256, []).append(entry)
    return Pruning(
        tuple(
            Original(
                row.sha256,
                row.size,
                _name(workspace, by_object[row.sha256][0].evidence_id),
                tuple(dict.fromkeys(entry.evidence_id for entry in by_object[row.sha256])),
                rules.keep(row.sha256, by_object[row.sha256]),
            )
            for row in objects_in_state(workspace.db, "have")
            if row.sha256 in by_object
        )
    )


def prune_evidence(workspace: Workspace, report_progress: ReportProgress = unreported) -> Pruning:
    """Remove the files of all originals that may go, and return what was done.

    What went is noted in the signed log first: a crash leaves a file too many, never one too few.
    """
    pruning = plan_pruning(workspace)
    with workspace.db.atomic():
        for original in pruning.may_go:
            set_object_state(workspace.db, original.sha256, "pruned")
        write_entries(workspace, list(_tombstones(pruning)))
    gone = objects_in_state(workspace.db, "pruned")
    for done, row in enumerate(gone, 1):
        workspace.objects.remove(row.sha256)
        report_progress(done, len(gone))
    return pruning


def keep_text(keep: Keep) -> str:
    return {
        Keep.NOT_CONFIRMED: _("the office has not confirmed it"),
        Keep.WANTED: _("the office asks for it again"),
        Keep.NOT_DURABLE: _("the office has not backed it up yet"),
        Keep.HELD: _("the office has not accepted its record"),
        Keep.UNFINISHED: _("an export that is not finished needs it"),
        Keep.SIGNATURE: _("it shows a signature"),
    }[keep]


class _Rules:
    """What the office has said last, as far as it came here; what is not known counts as not said."""

    def __init__(self, workspace: Workspace) -> None:
        answers = receipts(workspace.db, workspace.office)
        word = newest_word(workspace)
        self._durable = dict(word.durable or {}) if word else {}
        self._wanted = {sha256 for answer in answers for sha256 in answer.wanted}
        self._wanted |= set(word.wanted) if word else set()
        self._held = {digest for answer in answers for digest in answer.held}
        self._confirmed = confirmed_objects(workspace)
        self._pictures = signed_pictures(workspace.db)
        self._unfinished = {
            info.hash
            for package in packages(workspace.db, "out")
            if package.state == "planned"
            for info in decode_manifest(package.manifest).objects
        }

    def keep(self, sha256: str, entries: list[EvidenceEntry]) -> Keep | None:
        if sha256 in self._wanted:
            return Keep.WANTED
        if sha256 not in self._confirmed:
            return Keep.NOT_CONFIRMED
        if any(entry.hash in self._held for entry in entries):
            return Keep.HELD
        if any(entry.seq > self._durable.get(entry.stream, 0) for entry in entries):
            return Keep.NOT_DURABLE
        if sha256 in self._unfinished:
            return Keep.UNFINISHED
        return Keep.SIGNATURE if sha256 in self._pictures else None


def _tombstones(pruning: Pruning) -> Iterator[Statement]:
    for original in pruning.may_go:
        event = {"event": "pruned", "sha256": original.sha256, "size": original.size}
        for evidence_id in original.evidence_ids:
            yield Statement(Kind.LOG, evidence_id, None, {"event": event})


def _name(workspace: Workspace, evidence_id: str) -> str:
    row = find_row(workspace.db, "evidence", evidence_id)
    return str(row["name"] or "") if row else ""
