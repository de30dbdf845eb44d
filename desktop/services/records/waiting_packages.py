"""The packages that wait for volumes: whose they are, what is there, and what is still missing."""

from dataclasses import dataclass
from pathlib import Path

from desktop.i18n import _
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import find_node
from desktop.storage.volume_table import VolumeRow, volumes_of, waiting_packages


@dataclass(frozen=True)
class WaitingLine:
    """``files`` are those that are kept here, under the names they came with; ``missing`` numbers of ``volumes``."""

    id: str
    sender: str
    seq: int
    volumes: int
    missing: tuple[int, ...]
    files: tuple[str, ...]
    at: str

    @property
    def problem(self) -> str:
        numbers = _(", ").join(map(str, self.missing))
        return _("Waits for file {numbers} of {total}; nothing of it is used before.").format(
            numbers=numbers, total=self.volumes
        )

    @property
    def advice(self) -> str:
        return _("Bring the missing files, on whatever medium and in any order; then everything is merged.")


def inbox(workspace: Workspace) -> Path:
    """Where volumes lie, encrypted as they came, until their package is complete."""
    return workspace.folder / "inbox"


def kept_path(workspace: Workspace, row: VolumeRow) -> Path:
    return inbox(workspace) / f"{row.file_sha256}.mcp"


def waiting_lines(workspace: Workspace) -> tuple[WaitingLine, ...]:
    """Oldest first. A file that has vanished from the inbox is missing, whatever was noted."""
    lines = []
    for row in waiting_packages(workspace.db):
        kept = [
            volume
            for volume in volumes_of(workspace.db, row.manifest_sha256, "kept")
            if kept_path(workspace, volume).is_file()
        ]
        here = {volume.number for volume in kept}
        node = find_node(workspace.db, row.sender)
        lines.append(
            WaitingLine(
                row.manifest_sha256,
                node.name if node else row.sender[:8],
                row.seq,
                row.volumes,
                tuple(n for n in range(1, row.volumes + 1) if n not in here),
                tuple(volume.file_name for volume in kept),
                local_time(row.at_ms),
            )
        )
    return tuple(lines)
