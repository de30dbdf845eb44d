"""Writing the segments of a recording out, each a file of its own and as it was recorded."""

from collections.abc import Sequence
from pathlib import Path

from desktop.domain.names import display_name
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.evidence.export_original import export_original
from desktop.services.records.recordings import ShownSegment
from desktop.services.workspace.workspace import Workspace


def export_recording(workspace: Workspace, segments: Sequence[ShownSegment], folder: Path) -> int:
    """Write the segments that are here into a folder; returns their number. Nothing that is there is replaced."""
    targets = {
        segment.evidence_id: folder / _file_name(segment, number)
        for number, segment in enumerate(segments, 1)
        if segment.is_here
    }
    for target in targets.values():
        if target.exists():
            raise UserError(
                _("{name} is in this folder already.").format(name=target.name),
                _("Choose another folder; nothing was written."),
            )
    for evidence_id, target in targets.items():
        export_original(workspace, evidence_id, target)
    return len(targets)


def _file_name(segment: ShownSegment, number: int) -> str:
    """The name came from another computer, perhaps: no folder is read out of it, and two segments never share one."""
    plain = "".join("_" if letter in '/\\:*?"<>|' else letter for letter in display_name(segment.name))
    return f"{number:03d}-{plain}"
