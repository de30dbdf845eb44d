"""Clocks of other computers that are odd, as far as the packages they sent tell."""

from dataclasses import dataclass
from datetime import datetime

from desktop.exchange.manifest_reader import decode_manifest
from desktop.services.workspace.watch_clock import FINE
from desktop.services.workspace.workspace import Workspace
from desktop.storage.clock_entries import packages_merged_by
from desktop.storage.nodes import find_node
from desktop.storage.packages import PackageRow, packages

_TOLERATED_MS = 120_000


@dataclass(frozen=True)
class SenderClock:
    """``ahead_ms``: by the two clocks the newest package was made so much after it came; negative: before a package
    from here was made that its sender had read by then. 0 where neither is so.

    ``state``: what its sender thought of its clock.
    """

    node: str
    ahead_ms: int
    state: str


def odd_clocks(workspace: Workspace) -> tuple[SenderClock, ...]:
    """Of each computer its newest package, where its clock is odd."""
    newest = {row.sender: row for row in packages(workspace.db, "in")}
    found = (_clock(workspace, row) for row in newest.values())
    return tuple(
        sorted((each for each in found if each.ahead_ms or each.state != FINE), key=lambda each: each.node)
    )


def _clock(workspace: Workspace, row: PackageRow) -> SenderClock:
    manifest = decode_manifest(row.manifest)
    made_ms = round(datetime.fromisoformat(manifest.created).timestamp() * 1000)
    ahead_ms = made_ms - row.at_ms
    if ahead_ms <= _TOLERATED_MS:
        ahead_ms = min(made_ms - _newest_read(workspace, row.sender), 0)
    node = find_node(workspace.db, row.sender)
    is_odd = abs(ahead_ms) > _TOLERATED_MS
    return SenderClock(node.name if node else row.sender[:8], ahead_ms if is_odd else 0, manifest.clock_state)


def _newest_read(workspace: Workspace, sender: str) -> int:
    """When the newest package was made here of which the log of the sender says that it was read there."""
    read = packages_merged_by(workspace.db, sender)
    return max((row.at_ms for row in packages(workspace.db, "out") if row.manifest_sha256 in read), default=0)
