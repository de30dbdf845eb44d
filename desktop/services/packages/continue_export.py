"""Going on with a package whose export was interrupted, giving it up, and writing one of its files again."""

from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.entry_index import IndexReader
from desktop.exchange.manifest import PackageKind
from desktop.exchange.record_reader import read_records
from desktop.i18n import _
from desktop.services.packages.planned_package import find_file, load_plan
from desktop.services.packages.write_volumes import (
    ExportedPackage,
    check_objects,
    exported_package,
    note_volume,
    write_noted,
    write_volumes,
)
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import STREAM_SETTING, ReportProgress, Workspace, unreported
from desktop.storage.drafts import all_drafts
from desktop.storage.handover import count_written_after
from desktop.storage.packages import PackageRow, set_package_state, unfinished_package
from desktop.storage.settings_table import read_text_setting
from desktop.storage.volume_table import volumes_of


@dataclass(frozen=True)
class UnfinishedExport:
    """A package for ``dest`` that lacks the volumes ``missing``. ``is_outdated``: work was done since it was planned.

    ``name`` is what its files begin with; ``missing_bytes`` how large they are at most.
    """

    id: str
    name: str
    seq: int
    volumes: int
    missing: tuple[int, ...]
    missing_bytes: int
    is_outdated: bool


def find_unfinished(workspace: Workspace, dest: str) -> UnfinishedExport | None:
    """The 成果包 for ``dest`` that was begun last and lacks volumes."""
    package = _unfinished(workspace, dest)
    if package is None or package.kind != PackageKind.RESULT:
        return None
    planned = load_plan(workspace, package)
    written = {row.number for row in volumes_of(workspace.db, package.manifest_sha256, "written")}
    missing = tuple(n for n in range(1, planned.manifest.volumes + 1) if n not in written)
    return UnfinishedExport(
        package.manifest_sha256,
        (package.file_name or "").removesuffix(".mcp"),
        package.seq,
        planned.manifest.volumes,
        missing,
        sum(map(planned.prepared.needed_bytes, missing)),
        _is_outdated(workspace, package),
    )


def continue_export(
    workspace: Workspace, folder: Path, report_progress: ReportProgress = unreported
) -> ExportedPackage:
    """Write the missing volumes of the unfinished 成果包, under the manifest that was signed then."""
    package = _unfinished(workspace, workspace.office)
    if package is None:
        raise UserError(
            _("There is no unfinished package to continue."),
            _("Export the results; that writes a new package."),
        )
    return write_volumes(workspace, load_plan(workspace, package), folder, report_progress, is_resumed=True)


def give_up_unfinished(workspace: Workspace, dest: str) -> None:
    """Note that the unfinished package for ``dest``, if there is one, will not be finished. Its number stays used.

    Caller's transaction.
    """
    package = _unfinished(workspace, dest)
    if package is not None:
        set_package_state(workspace.db, package.manifest_sha256, "set_aside")
        event = {"event": "export_given_up", "package": package.manifest_sha256, "seq": package.seq}
        log_event(workspace, event)


def repair_volume(
    workspace: Workspace, name: str, folder: Path, report_progress: ReportProgress = unreported
) -> ExportedPackage:
    """Write one file of a package again that was lost or damaged; one of its name in ``folder`` is replaced."""
    package, number = find_file(workspace, name)
    planned = load_plan(workspace, package)
    check_objects(workspace, planned, number)
    written = write_noted(
        workspace, planned, folder, number, report_progress, is_resumed=True, is_repair=True
    )
    with workspace.db.atomic():
        note_volume(workspace, planned, written, "written")
        event = {"event": "volume_repaired", "package": package.manifest_sha256, "file": name}
        log_event(workspace, event)
    return exported_package(workspace, planned, [written.path])


def _unfinished(workspace: Workspace, dest: str) -> PackageRow | None:
    return unfinished_package(workspace.db, read_text_setting(workspace.db, STREAM_SETTING), dest)


def _is_outdated(workspace: Workspace, package: PackageRow) -> bool:
    """Whether records were written or files taken in that the package does not hold."""
    last: dict[str, int] = {}
    for row in read_records(IndexReader(), [package.contents or b""]):
        last[row.stream] = max(row.seq, last.get(row.stream, 0))
    return bool(all_drafts(workspace.db)) or count_written_after(workspace.db, workspace.node, last) > 0
