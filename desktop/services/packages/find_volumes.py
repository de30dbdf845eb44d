"""Finding what belongs to a package of several files: among those given, beside them, and kept from before."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import UserError
from desktop.exchange.manifest import Manifest
from desktop.exchange.read_package import ProvedVolume, read_head
from desktop.exchange.volumes import names_of_siblings
from desktop.services.records.waiting_packages import kept_path
from desktop.services.workspace.workspace import Workspace
from desktop.storage.volume_table import volumes_of


@dataclass
class FoundVolumes:
    """The files of one package. ``files``: for each number those that claim to be it, kept ones first.

    ``given`` are the files that came from outside. What is in any of them is not proved yet.
    """

    package: str
    manifest: Manifest
    files: dict[int, list[Path]]
    given: list[Path]

    @property
    def missing(self) -> tuple[int, ...]:
        return tuple(n for n in range(1, self.manifest.volumes + 1) if not self.files.get(n))

    @property
    def chosen(self) -> tuple[Path, ...]:
        """The first file of each volume that is there, in order."""
        return tuple(paths[0] for _number, paths in sorted(self.files.items()) if paths)

    def drop(self, file: Path) -> None:
        """Do without a file that turned out to be bad."""
        for paths in self.files.values():
            if file in paths:
                paths.remove(file)


def find_volumes(workspace: Workspace, file: Path, others: Iterable[Path] = ()) -> FoundVolumes:
    """Find the volumes of the package that ``file`` is one of; refuses only what is wrong with ``file`` itself."""
    head = _head(workspace, file)
    found = FoundVolumes(head.package, head.signed.manifest, {}, [])
    for row in volumes_of(workspace.db, head.package, "kept"):
        if kept_path(workspace, row).is_file():
            found.files.setdefault(row.number, []).append(kept_path(workspace, row))
    _add(found, head.number, file)
    beside = [file.with_name(name) for name in names_of_siblings(file.name)]
    for other in dict.fromkeys((*others, *beside)):
        number = _number_in(workspace, other, head.package)
        if other != file and number is not None:
            _add(found, number, other)
    return found


def _add(found: FoundVolumes, number: int, file: Path) -> None:
    found.files.setdefault(number, []).append(file)
    found.given.append(file)


def _number_in(workspace: Workspace, file: Path, package: str) -> int | None:
    """Which volume of a package a file claims to be; None for any other file, and for one that cannot be read."""
    try:
        head = _head(workspace, file)
    except UserError:
        return None
    return head.number if head.package == package else None


def _head(workspace: Workspace, file: Path) -> ProvedVolume:
    return read_head(file, [workspace.identity.receive], own_node=workspace.node)
