"""What can be seen of a workspace before it is unlocked, and the few words the window needs once it is open."""

import os
from dataclasses import dataclass
from pathlib import Path

from desktop.keys.keyslots import read_keyslots
from desktop.services.workspace.open_workspace import NoWorkspaceError
from desktop.services.workspace.workspace import KEYSLOTS, Workspace
from desktop.storage.lock import WorkspaceInUseError
from desktop.storage.nodes import find_node
from desktop.storage.places import is_removable

__all__ = ["WorkspaceInUseError"]


@dataclass(frozen=True)
class LockedWorkspace:
    """``logins`` are neutral names, one a person."""

    folder: Path
    kind: str
    logins: tuple[str, ...]


@dataclass(frozen=True)
class OpenedWorkspace:
    """``name`` is that of the node, ``person`` who works and by which ``login``.

    ``is_read_only``: nothing can be changed in it here.
    """

    folder: Path
    kind: str
    name: str
    person: str
    is_read_only: bool = False
    login: str = ""

    @property
    def is_office(self) -> bool:
        return self.kind == "office"


def is_workspace_there(folder: Path) -> bool:
    """Whether the folder can still be seen; False too for a disk that only answers with errors."""
    try:
        return (folder / KEYSLOTS).is_file()
    except OSError:
        return False


def is_on_removable_disk(folder: Path) -> bool:
    """Whether a folder, which need not be there yet, would lie on a stick or card."""
    return is_removable(Path(os.path.realpath(folder)))


def look_at_workspace(folder: Path) -> LockedWorkspace:
    """Raises NoWorkspaceError for any other folder."""
    if not (folder / KEYSLOTS).is_file():
        raise NoWorkspaceError(folder)
    slots = read_keyslots(folder / KEYSLOTS)
    return LockedWorkspace(folder, slots.kind, tuple(sorted(slots.slots)))


def opened_workspace(workspace: Workspace) -> OpenedWorkspace:
    own = find_node(workspace.db, workspace.node)
    return OpenedWorkspace(
        workspace.folder,
        workspace.kind,
        own.name if own else workspace.node,
        workspace.person.name,
        is_read_only=workspace.lock is None,
        login=workspace.login,
    )
