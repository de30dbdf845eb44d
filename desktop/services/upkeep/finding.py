"""What a verification says: each thing that is not what it was, and how much was looked at."""

import re
from dataclasses import dataclass, replace

from desktop.domain.names import display_name
from desktop.i18n import _
from desktop.services.workspace.workspace import Workspace
from desktop.storage.driver import DatabaseError
from desktop.storage.nodes import find_node

_STREAM = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{16}(?: |$)")


@dataclass(frozen=True)
class Finding:
    """Something that is not OK. ``place`` names it; ``meaning`` says what it means and what to do.

    ``computer`` is the name of the node whose log it is about, where it is about a log.
    ``detail`` is what a library said, in its own words: for programs and for whoever repairs, never for the screen.
    """

    word: str
    place: str
    meaning: str
    detail: str = ""
    computer: str = ""

    @property
    def where(self) -> str:
        """The place as people say it: a log by its computer, and only then by its number."""
        if not self.computer:
            return self.place
        stream, _space, seq = self.place.partition(" ")
        short = f"{stream[:8]}…"
        if seq:
            return _("{computer}, entry {seq} ({stream})").format(
                computer=self.computer, seq=seq, stream=short
            )
        return _("{computer} ({stream})").format(computer=self.computer, stream=short)


@dataclass(frozen=True)
class Verification:
    """``checked`` counts what was looked at, by kind; ``pruned`` are originals that rightly lie here no more."""

    checked: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        return not self.findings and sum(self.checked.values()) > 0


def with_computer(workspace: Workspace, finding: Finding) -> Finding:
    """A stream is called after its computer, as far as the database can still say it."""
    if not _STREAM.match(finding.place):
        return finding
    try:
        node = find_node(workspace.db, finding.place[:32])
    except DatabaseError:
        return finding
    return replace(finding, computer=display_name(node.name)) if node else finding
