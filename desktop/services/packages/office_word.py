"""The newest word of the office: which of its packages counts when they come late, twice or out of order."""

from desktop.exchange.manifest import Manifest
from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import stream_number
from desktop.storage.packages import packages


def newest_word(workspace: Workspace) -> Manifest | None:
    """The manifest of the newest package of our office: of its newest stream, the highest number.

    An office that was restored from a backup begins a new stream, and what it said before may not be true any more.
    """
    from_office = [
        row
        for row in packages(workspace.db, "in")
        if row.sender == workspace.office and row.state in ("applied", "set_aside")
    ]
    newest = max(
        from_office, key=lambda row: (stream_number(workspace.db, row.stream), row.seq), default=None
    )
    return decode_manifest(newest.manifest) if newest else None


def is_newest_word(workspace: Workspace, manifest: Manifest) -> bool:
    """Whether nothing newer has come from its sender; the package itself may be noted already."""
    place = (stream_number(workspace.db, manifest.sender.stream), manifest.seq)
    return all(
        (stream_number(workspace.db, row.stream), row.seq) <= place
        for row in packages(workspace.db, "in")
        if row.sender == manifest.sender.node
    )
