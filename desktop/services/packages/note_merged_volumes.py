"""Noting the files that a package of several was merged from, so that each of them is known again."""

from collections.abc import Sequence

from desktop.services.packages.unpack_package import PackageFile
from desktop.services.workspace.workspace import Workspace
from desktop.storage.volume_table import VolumeRow, forget_waiting, save_volume, volumes_of


def note_merged(workspace: Workspace, manifest_sha256: str, files: Sequence[PackageFile]) -> None:
    """``files`` in the order of the volumes; kept ones keep the name they came with. Caller's transaction."""
    came_as = {row.file_sha256: row.file_name for row in volumes_of(workspace.db, manifest_sha256, "kept")}
    for number, file in enumerate(files, 1):
        sha256, size = file.sha256, file.path.stat().st_size
        name = came_as.get(sha256, file.path.name)
        save_volume(
            workspace.db,
            VolumeRow(manifest_sha256, number, name, sha256, size, "merged", workspace.clock_ms()),
        )
    forget_waiting(workspace.db, manifest_sha256)
