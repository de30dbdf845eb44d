"""Writing the volumes of a planned package, one after the other; each is noted before the next begins.

Only when the last one has been read back does the package count as exported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange import medium
from desktop.exchange.manifest import Manifest
from desktop.exchange.medium import MediumError
from desktop.exchange.volumes import objects_of_volume, volume_name
from desktop.exchange.write_package import VolumeSteps, WrittenVolume, write_volume
from desktop.i18n import _
from desktop.services.packages.package_contents import Contents
from desktop.services.packages.planned_package import PlannedPackage
from desktop.services.workspace.journal import log_event
from desktop.services.workspace.workspace import ReportProgress, Workspace
from desktop.storage.object_table import find_object
from desktop.storage.packages import PackageRow, find_package, save_package, save_sent
from desktop.storage.volume_table import VolumeRow, forget_plan, save_volume, volumes_of


@dataclass(frozen=True)
class ExportedPackage:
    """A package that was read back whole. ``counts`` of its manifest: visits, entries, evidence, bytes.

    ``paths`` are the files written now, ``files`` all of them, also those on other media.
    """

    paths: tuple[Path, ...]
    files: tuple[VolumeRow, ...]
    manifest: Manifest
    manifest_sha256: str

    @property
    def path(self) -> Path:
        """The file where it is one, else the first that was written now."""
        return self.paths[0]

    @property
    def sha256(self) -> str:
        return self.files[0].file_sha256

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


class ExportInterruptedError(UserError):
    """Some volumes are written; the others can be written later, also on another medium."""

    def __init__(self, error: UserError, written: int, total: int) -> None:
        super().__init__(
            error.problem,
            _(
                "{written} of {total} files are written and read back; they stay good. Continue the export on this"
                " or another medium: only what is missing is written. The package counts when all files are there."
            ).format(written=written, total=total),
        )
        self.written = written
        self.total = total


def write_volumes(
    workspace: Workspace,
    planned: PlannedPackage,
    folder: Path,
    report_progress: ReportProgress,
    *,
    is_resumed: bool,
) -> ExportedPackage:
    """Write what is missing of a package into ``folder``. With ``is_resumed`` it was begun before."""
    done = {row.number for row in volumes_of(workspace.db, planned.id, "written")}
    total = planned.manifest.volumes
    missing = [number for number in range(1, total + 1) if number not in done]
    steps = VolumeSteps(planned.prepared, missing, report_progress)
    paths: list[Path] = []
    try:
        for number in missing:
            check_objects(workspace, planned, number)
            written = write_noted(workspace, planned, folder, number, steps.of(number), is_resumed=is_resumed)
            paths.append(written.path)
            with workspace.db.atomic():
                note_volume(workspace, planned, written, "written")
                if number == missing[-1]:
                    _finish(workspace, planned)
    except MediumError as error:
        _leave(workspace, planned)
        if total == 1:
            raise
        raise ExportInterruptedError(error, len(done) + len(paths), total) from error
    except BaseException:
        _leave(workspace, planned)
        raise
    return exported_package(workspace, planned, paths)


def _leave(workspace: Workspace, planned: PlannedPackage) -> None:
    """Of a single file that failed there is nothing to go on with."""
    if planned.manifest.volumes == 1:
        with workspace.db.atomic():
            forget_plan(workspace.db, planned.id)


def write_noted(
    workspace: Workspace,
    planned: PlannedPackage,
    folder: Path,
    number: int,
    report_progress: ReportProgress,
    *,
    is_resumed: bool,
    is_repair: bool = False,
) -> WrittenVolume:
    """Write one volume. One that stood on the medium before a power cut, and was noted, is taken as it is."""
    path = folder / volume_name(planned.manifest, number)
    sealed = [row for row in volumes_of(workspace.db, planned.id, "sealed") if row.number == number]
    if sealed and medium.is_file(path) and _reads_as(path, sealed[0], planned.prepared.needed_bytes(number)):
        return WrittenVolume(number, path, sealed[0].file_sha256, sealed[0].size)

    def note(volume: WrittenVolume) -> None:
        if not is_repair:
            with workspace.db.atomic():
                note_volume(workspace, planned, volume, "sealed")

    roles = {info.hash: info.role for info in planned.manifest.objects}
    return write_volume(
        folder,
        planned.prepared,
        number,
        lambda digest: planned.contents.read(roles[digest], digest),
        report_progress,
        note_sealed=note,
        replaces=is_resumed,
    )


def note_volume(workspace: Workspace, planned: PlannedPackage, written: WrittenVolume, state: str) -> None:
    save_volume(
        workspace.db,
        VolumeRow(
            planned.id,
            written.number,
            written.path.name,
            written.hash,
            written.size,
            state,
            workspace.clock_ms(),
        ),
    )


def check_objects(workspace: Workspace, planned: PlannedPackage, number: int) -> None:
    """Refuse a volume whose evidence was cleared from this computer since."""
    for info in objects_of_volume(planned.manifest, number):
        known = find_object(workspace.db, info.hash)
        if known is not None and known.state == "pruned":
            raise UserError(
                _("This file cannot be written again: evidence in it has been cleared from this computer."),
                _("The office has confirmed that evidence; ask it for a copy if it is needed."),
            )


def exported_package(workspace: Workspace, planned: PlannedPackage, paths: Sequence[Path]) -> ExportedPackage:
    files = tuple(volumes_of(workspace.db, planned.id, "written"))
    return ExportedPackage(tuple(paths), files, planned.manifest, planned.id)


def _reads_as(path: Path, noted: VolumeRow, needed_bytes: int) -> bool:
    try:
        medium.read_back(path, noted.file_sha256, needed_bytes, lambda _done: None)
    except MediumError:
        return False
    return True


def _finish(workspace: Workspace, planned: PlannedPackage) -> None:
    package = find_package(workspace.db, planned.id)
    if package is None:
        raise LookupError(planned.id)
    save_package(workspace.db, _whole(workspace, package))
    save_sent(workspace.db, planned.id, _ranges(planned.contents))
    log_event(workspace, {"event": "exported", "package": planned.id, "dest": planned.manifest.dest})


def _whole(workspace: Workspace, package: PackageRow) -> PackageRow:
    files = volumes_of(workspace.db, package.manifest_sha256, "written")
    return replace(
        package,
        state="written",
        at_ms=workspace.clock_ms(),
        file_sha256=files[0].file_sha256 if len(files) == 1 else None,
        size=sum(file.size for file in files),
    )


def _ranges(contents: Contents) -> list[tuple[str, int, int]]:
    """The entries sent, as runs without a gap."""
    runs: list[tuple[str, int, int]] = []
    for entry in contents.chosen:
        if runs and runs[-1][0] == entry.stream and entry.seq <= runs[-1][2] + 1:
            runs[-1] = (entry.stream, runs[-1][1], entry.seq)
        else:
            runs.append((entry.stream, entry.seq, entry.seq))
    return runs
