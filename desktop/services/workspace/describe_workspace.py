"""What is in a workspace: the figures of ``mingcha info``, and the digest that is equal where contents are equal."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop import __version__
from desktop.domain.digest import digest
from desktop.services.workspace.workspace import Workspace
from desktop.storage.contents import count_contents
from desktop.storage.database import SCHEMA_VERSION
from desktop.storage.drafts import all_drafts
from desktop.storage.entries import foreign_hashes
from desktop.storage.folded import record_states
from desktop.storage.nodes import find_node
from desktop.storage.object_table import objects_in_state
from desktop.storage.packages import packages
from desktop.storage.quarantine_table import count_waiting
from desktop.storage.settings_table import read_setting


@dataclass(frozen=True)
class WorkspaceInfo:
    """``records``: how many there are of each type. ``waiting``: files in quarantine to be looked at."""

    name: str
    kind: str
    node: str
    fingerprint: str
    person: str
    digest: str
    records: Mapping[str, int]
    entries: int
    drafts: int
    held: int
    conflicts: int
    missing: int
    forked_streams: int
    objects_wanted: int
    packages_in: int
    packages_out: int
    waiting: int
    last_backup_at: int | None
    schema: int = SCHEMA_VERSION
    program: str = __version__


def state_digest(workspace: Workspace) -> str:
    """The digest of all that is folded here and of every entry that came from elsewhere."""
    return digest(record_states(workspace.db), foreign_hashes(workspace.db, workspace.node))


def describe_workspace(workspace: Workspace) -> WorkspaceInfo:
    db = workspace.db
    own = find_node(db, workspace.node)
    counts = count_contents(db)
    backup = read_setting(db, "last_backup_at")
    return WorkspaceInfo(
        name=own.name if own else "",
        kind=workspace.kind,
        node=workspace.node,
        fingerprint=own.fingerprint if own else "",
        person=workspace.person.name,
        digest=state_digest(workspace),
        records=counts.records,
        entries=counts.entries,
        drafts=len(all_drafts(db)),
        held=counts.held,
        conflicts=counts.conflicts,
        missing=counts.missing,
        forked_streams=counts.forked_streams,
        objects_wanted=len(objects_in_state(db, "wanted")),
        packages_in=sum(1 for p in packages(db, "in") if p.state == "applied"),
        packages_out=sum(1 for p in packages(db, "out") if p.is_whole),
        waiting=count_waiting(db),
        last_backup_at=backup if isinstance(backup, int) else None,
    )
