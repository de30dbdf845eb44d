"""Taking in many files at once: a camera card, a drop of files, a picture from the clipboard.

Every file is an intake of its own. One that is bad is listed with its reason and stops nothing; what is in before the
user stops stays in.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from pathlib import Path
from time import monotonic
from typing import Any

from desktop.domain.names import display_name
from desktop.errors import CancelledError, UserError
from desktop.i18n import _
from desktop.media.sniff import Oddity, oddity_text
from desktop.services.evidence.attach_evidence import (
    NewEvidence,
    TakenEvidence,
    add_evidence,
    lies_on_removable,
    take_in_file,
)
from desktop.services.evidence.edit_evidence import check_open_for_evidence
from desktop.services.records.other_uses import reuse_remark
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import ReportProgress, Workspace, unreported
from desktop.storage.object_errors import SourceRefusedError, not_a_file

MOST_FILES = 5000
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_SYSTEM_FOLDERS = frozenset({"system volume information", "$recycle.bin", "lost+found"})
_STEPS_BELOW_BYTES = 1 << 20
FROM_DEVICE = "设备导入"
FROM_SCANNER = "纸质扫描"
TAKEN_HERE = "现场拍摄"


class IntakeOutcome(StrEnum):
    """KNOWN: the visit had this very file already. LEFT: the user stopped, or the disk failed, before it."""

    TAKEN = "taken"
    KNOWN = "known"
    REFUSED = "refused"
    LEFT = "left"


@dataclass(frozen=True)
class IntakeLine:
    """What became of one file. ``remark`` says why it was refused, or what is odd about one that was taken in."""

    name: str
    outcome: IntakeOutcome
    evidence_id: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Source:
    """A file or folder; with ``data``, content without a file, and ``path`` is its name.

    ``capture_mode``: how it was come by, where the caller knows; else the place it lies in tells.
    """

    path: Path
    data: bytes | None = None
    capture_mode: str = ""


@dataclass(frozen=True)
class Collection:
    """Files to take in, with their sizes, and what was found out about others while they were listed."""

    sources: tuple[Source, ...]
    weights: tuple[int, ...]
    lines: tuple[IntakeLine, ...] = ()

    @property
    def total(self) -> int:
        """In bytes, or in files where they are small."""
        return sum(self.weights)

    def after(self, count: int) -> "Collection":
        """What is left when the first ``count`` are done."""
        return Collection(self.sources[count:], self.weights[count:])

    def left(self, remark: str = "") -> tuple[IntakeLine, ...]:
        """What is said of files that were not looked at any more."""
        return tuple(
            IntakeLine(display_name(source.path.name), IntakeOutcome.LEFT, "", remark)
            for source in self.sources
        )


def list_sources(sources: Sequence[Source]) -> Collection:
    """The files themselves, and those below folders; needs no workspace."""
    found, unreadable = _found(sources)
    if len(found) > MOST_FILES:
        raise UserError(
            _("These are {count} files, and {most} can be taken in at once.").format(
                count=len(found), most=MOST_FILES
            ),
            _("Choose the folder of the day, or take the files in in several parts."),
        )
    sizes = [_size(source) for source in found]
    weights = [1] * len(found) if sum(sizes) < _STEPS_BELOW_BYTES else sizes
    return Collection(tuple(found), tuple(weights), tuple(unreadable))


def collect_evidence(
    workspace: Workspace,
    visit_id: str,
    collection: Collection,
    note: Mapping[str, Any],
    report_progress: ReportProgress = unreported,
    most_s: float = inf,
) -> tuple[IntakeLine, ...]:
    """Take files in, one after the other; tells of each what became of it, in their order.

    Stopping keeps what is in already. After ``most_s`` seconds no further file is begun: fewer lines than files come
    back, so that others can write before the caller goes on with the rest.
    """
    check_open_for_evidence(workspace, read_visit(workspace.db, visit_id))
    lines: list[IntakeLine] = []
    total, done, until = collection.total or 1, 0, monotonic() + most_s
    for number, (source, weight) in enumerate(zip(collection.sources, collection.weights, strict=True)):
        try:
            report_progress(done, total)
            within = within_whole(report_progress, done, weight, total)
            lines.append(_take(workspace, visit_id, source, note, within))
        except CancelledError:
            return (*lines, *collection.after(number).left())
        except SourceRefusedError as error:
            lines.append(_refused(source, error))
        except UserError as error:
            # The store itself failed, so the next file would fare no better.
            return (*lines, _refused(source, error), *collection.after(number + 1).left(error.problem))
        done += weight
        if monotonic() > until:
            break
    report_progress(done, total)
    return tuple(lines)


def new_evidence(
    workspace: Workspace, source: Source, note: Mapping[str, Any], parts: Mapping[str, object] | None = None
) -> NewEvidence:
    """A source as it is taken in: what is known of where it comes from, then ``note``."""
    told = {**_told_by(workspace, source), **note}
    return NewEvidence(workspace.new_id(), source.path, told, source.data, parts or {})


def _take(
    workspace: Workspace, visit_id: str, source: Source, note: Mapping[str, Any], report_bytes: ReportProgress
) -> IntakeLine:
    new = new_evidence(workspace, source, note)
    taken = take_in_file(workspace, new, report_bytes)
    name = taken.taken.original_name_display
    for row in read_visit(workspace.db, visit_id).evidence:
        if row["sha256"] == taken.taken.sha256:
            remark = _("The visit has this file already.")
            return IntakeLine(name, IntakeOutcome.KNOWN, str(row["id"]), remark)
    with workspace.db.atomic():
        add_evidence(workspace, visit_id, [taken])
    remarks = (_oddities(taken), reuse_remark(workspace.db, visit_id, taken.taken.sha256))
    return IntakeLine(name, IntakeOutcome.TAKEN, new.id, " ".join(remark for remark in remarks if remark))


def _told_by(workspace: Workspace, source: Source) -> dict[str, str]:
    """What the source says of itself; of a picture taken by this program, also who took it and when."""
    if source.capture_mode == TAKEN_HERE:
        at = local_time(workspace.clock_ms())
        return {"capture_mode": TAKEN_HERE, "taken_by": workspace.person.name, "taken_at": at}
    if source.capture_mode:
        return {"capture_mode": source.capture_mode}
    is_from_device = source.data is None and lies_on_removable(source.path)
    return {"capture_mode": FROM_DEVICE} if is_from_device else {}


def _oddities(taken: TakenEvidence) -> str:
    return "".join(oddity_text(Oddity(each)) for each in taken.taken.oddities)


def _refused(source: Source, error: UserError) -> IntakeLine:
    return IntakeLine(display_name(source.path.name), IntakeOutcome.REFUSED, "", str(error))


def within_whole(report_progress: ReportProgress, before: int, weight: int, total: int) -> ReportProgress:
    """Report the bytes of one file as a part of all."""

    def report_bytes(done: int, _size: int) -> None:
        report_progress(before + min(done, weight), total)

    return report_bytes


def _size(source: Source) -> int:
    if source.data is not None:
        return len(source.data)
    try:
        return os.lstat(source.path).st_size
    except (OSError, ValueError):
        return 0


def _found(sources: Sequence[Source]) -> tuple[list[Source], list[IntakeLine]]:
    """The files themselves and those below folders, by name; and the folders that cannot be read."""
    found: list[Source] = []
    unreadable: list[IntakeLine] = []

    def note_unreadable(error: OSError) -> None:
        folder = Path(str(error.filename))
        unreadable.append(_refused(Source(folder), not_a_file(display_name(folder.name))))

    for source in sources:
        if source.data is None and _is_folder(source.path):
            for folder, below, names in os.walk(source.path, onerror=note_unreadable):
                below[:] = sorted(name for name in below if not _is_of_the_system(name, _SYSTEM_FOLDERS))
                found += [
                    replace(source, path=Path(folder, name))
                    for name in sorted(names)
                    if not _is_of_the_system(name, _SYSTEM_FILES)
                ]
        else:
            found.append(source)
    return found, unreadable


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir() and not path.is_symlink()
    except (OSError, ValueError):
        return False


def _is_of_the_system(name: str, known: frozenset[str]) -> bool:
    """What cards and systems put beside the pictures: hidden files, thumbnails, waste bins."""
    return name.startswith(".") or name.lower() in known
