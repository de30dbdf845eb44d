"""The values of F13 数据包交接单."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import PurePath

from desktop.documents.form_slip import ImportResult, PackageSlip, SlipFile
from desktop.documents.form_slip import PackageKind as SlipKind
from desktop.domain.ancestry import Span
from desktop.errors import UserError
from desktop.exchange.entry_index import IndexReader, IndexRow
from desktop.exchange.manifest import PackageKind
from desktop.exchange.manifest_reader import decode_manifest
from desktop.i18n import _
from desktop.services.packages.planned_package import files_of
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import records_in_spans
from desktop.storage.nodes import find_node
from desktop.storage.packages import PackageRow, packages
from desktop.storage.visit_list import visit_rows

_KINDS = {
    PackageKind.MISSION: SlipKind.TASK,
    PackageKind.RESULT: SlipKind.RESULT,
    PackageKind.RECEIPT: SlipKind.RECEIPT,
    PackageKind.REPORT: SlipKind.ROLLUP,
}


def package_slip(workspace: Workspace, package_id: str) -> PackageSlip:
    """The slip of a package that was written or merged here; ``package_id`` is its id or the beginning of it."""
    package = _find(workspace, package_id)
    manifest = decode_manifest(package.manifest)
    is_import = package.direction == "in"
    at = datetime.fromtimestamp(package.at_ms / 1000, UTC).astimezone()
    created = datetime.fromisoformat(manifest.created).astimezone()
    days = sorted(_days_of_visits(workspace, package)) if manifest.kind is PackageKind.RESULT else []
    return PackageSlip(
        office=office_name(workspace),
        record_id=package.manifest_sha256,
        kind=_KINDS[manifest.kind],
        files=tuple(
            SlipFile(file.file_name, file.size, file.file_sha256) for file in files_of(workspace, package)
        ),
        number=PurePath(package.file_name or "").stem,
        sender=_name(workspace, package.sender),
        recipient=_name(workspace, package.dest),
        visits=manifest.counts.get("visits"),
        photos=manifest.counts.get("evidence"),
        first_on=days[0] if days else None,
        last_on=days[-1] if days else None,
        exported_by="" if is_import else workspace.person.name,
        exported_at=created,
        received_by=workspace.person.name if is_import else "",
        received_at=at if is_import else None,
        result=ImportResult.ALL if is_import and package.state == "applied" else None,
    )


def _days_of_visits(workspace: Workspace, package: PackageRow) -> Iterator[date]:
    """When the visits were made of which the package speaks."""
    carried = records_in_spans(workspace.db, list(_spans(package.contents or b"")))
    for row in visit_rows(workspace.db):
        began = parsed_time(str(row["started_at"] or ""))
        if row["id"] in carried and began is not None:
            yield began.date()


def _spans(index: bytes) -> Iterator[Span]:
    """The entries of an index as runs of one stream without a gap."""
    run: list[IndexRow] = []
    for row in IndexReader().feed(index):
        if run and (row.stream, row.seq) != (run[-1].stream, run[-1].seq + 1):
            yield Span(run[0].stream, run[0].seq, run[-1].seq, run[-1].hash)
            run = []
        run.append(row)
    if run:
        yield Span(run[0].stream, run[0].seq, run[-1].seq, run[-1].hash)


def _find(workspace: Workspace, package_id: str) -> PackageRow:
    found = [
        package
        for package in packages(workspace.db)
        if package.is_whole and len(package_id) >= 6 and package.manifest_sha256.startswith(package_id)
    ]
    if len(found) != 1:
        raise UserError(
            _("There is no package {id} in this workspace.").format(id=package_id),
            _("“mingcha list WORKSPACE packages” shows the packages and their ids."),
        )
    return found[0]


def _name(workspace: Workspace, node_id: str) -> str:
    node = find_node(workspace.db, node_id)
    return node.name if node else node_id[:8]
