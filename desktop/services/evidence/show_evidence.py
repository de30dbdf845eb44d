"""One piece of evidence in full: what it says about itself, how it came here, who had it, and its picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.entry import Kind, SignedEntry
from desktop.domain.photo_time import Fit, TimeFit, fit_time
from desktop.domain.registry import REASON
from desktop.errors import UserError
from desktop.exchange.manifest_reader import decode_manifest
from desktop.i18n import _
from desktop.media.observation import Observation, observations_from_json
from desktop.media.sniff import PREVIEWABLE, Oddity, oddity_text
from desktop.services.records.describe_media import LARGEST_PICTURE_BYTES
from desktop.services.records.late_evidence import addition_of, addition_text
from desktop.services.records.log_words import event_text
from desktop.services.records.photo_times import camera_time
from desktop.services.records.visit_times import time_of_visit
from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.entries import entry_event, load_history
from desktop.storage.nodes import find_node
from desktop.storage.object_errors import ObjectDamagedError, ObjectMissingError, ObjectTooLargeError
from desktop.storage.object_table import find_object
from desktop.storage.packages import packages
from desktop.storage.records import Row, all_rows, find_row, json_value


@dataclass(frozen=True)
class CustodyLine:
    """Something that happened to the evidence. ``at`` is local; ``who`` a person, or the other side of a package."""

    at: str
    what: str
    who: str


@dataclass(frozen=True)
class EvidenceFacts:
    """``remarks``: what is odd about the file, in sentences. ``metadata_state``: empty, or why nothing was read.

    ``added``: that a correction brought it, and why; else empty. ``seal`` tells where the record of the intake
    stands in the signed log of the computer that took the file in.
    """

    id: str
    sha256: str
    name: str
    name_raw: str
    mime: str
    size: int
    caption: str
    item: str
    place: str
    taken_by: str
    taken_at: str
    capture_mode: str
    taken_in_at: str
    source_modified_at: str
    remarks: tuple[str, ...]
    observations: tuple[Observation, ...]
    metadata_state: str
    custody: tuple[CustodyLine, ...]
    seal: str
    added: str
    is_here: bool
    time_fit: TimeFit


@dataclass(frozen=True)
class LargePicture:
    """Pixels of 3 bytes (red, green, blue), row by row without gaps; empty where there is none, and why.

    ``whole_width`` and ``whole_height`` are those of the original, upright.
    """

    whole_width: int = 0
    whole_height: int = 0
    width: int = 0
    height: int = 0
    pixels: bytes = b""
    problem: str = ""


def show_evidence(workspace: Workspace, evidence_id: str) -> EvidenceFacts:
    row = find_row(workspace.db, "evidence", evidence_id)
    if row is None:
        raise UserError(
            _("There is no evidence {id} in this workspace.").format(id=evidence_id),
            _("“mingcha list WORKSPACE evidence” shows the evidence and its ids."),
        )
    log = load_history(workspace.db, evidence_id)
    known = find_object(workspace.db, str(row["sha256"] or ""))
    observations, state = _observations(row)
    texts = {
        name: str(row[name] or "")
        for name in ("sha256", "name", "name_raw", "mime", "caption", "item", "place", "taken_by", "taken_at")
    }
    return EvidenceFacts(
        id=evidence_id,
        **texts,
        size=int(row["size"] or 0),
        capture_mode=str(row["capture_mode"] or ""),
        taken_in_at=_moment(row["taken_in_at"]),
        source_modified_at=_moment(row["source_modified_at"]),
        remarks=tuple(_remarks(str(row["mismatch"] or ""))),
        observations=observations,
        metadata_state=state,
        custody=tuple(sorted(_custody(workspace, row, log), key=lambda line: line.at)),
        seal=_seal(log),
        added=addition_text(added) if (added := addition_of(workspace.db, row)) else "",
        is_here=known is not None and known.state == "have",
        time_fit=_time_fit(workspace, row),
    )


def _time_fit(workspace: Workspace, row: Row) -> TimeFit:
    """Whether the time of the camera fits that of the visit it hangs on."""
    owner_id = str(row["owner_id"] or "")
    if find_row(workspace.db, "visit", owner_id) is None:
        return TimeFit(Fit.UNKNOWN)
    return fit_time(camera_time(row), time_of_visit(workspace, read_visit(workspace.db, owner_id)))


def large_picture(workspace: Workspace, sha256: str, longest_side: int) -> LargePicture:
    """The picture, decoded by the worker process; no longer than ``longest_side`` pixels."""
    known = find_object(workspace.db, sha256)
    if known is not None and known.state == "pruned":
        return LargePicture(problem=_("The original was cleared from this computer; it lies at the office."))
    if known is None or known.state != "have":
        return LargePicture(problem=_("The file has not come to this computer yet."))
    try:
        data = workspace.objects.read_bytes(sha256, LARGEST_PICTURE_BYTES)
    except (ObjectTooLargeError, ObjectMissingError, ObjectDamagedError) as error:
        return LargePicture(problem=str(error))
    result = workspace.worker.run("view", data, {"longest_side": longest_side})
    match result.value:
        case [int(whole_width), int(whole_height), int(width), int(height)] if _is_sound(
            (whole_width, whole_height, width, height), result.data, longest_side
        ):
            return LargePicture(whole_width, whole_height, width, height, result.data)
    return LargePicture(problem=result.problem or _("This picture cannot be shown."))


def is_previewable(mime: str) -> bool:
    """Whether a picture of such a file may be tried at all."""
    return mime in PREVIEWABLE


def _is_sound(sizes: tuple[int, int, int, int], pixels: bytes, longest_side: int) -> bool:
    """What the worker says, checked: a picture may have taken it over, and then it can say anything."""
    width, height = sizes[2:]
    return min(sizes) > 0 and max(width, height) <= longest_side and len(pixels) == 3 * width * height


def _observations(row: Row) -> tuple[tuple[Observation, ...], str]:
    status = str(row["status"] or "")
    if not status:
        return (), _("The file is of a kind that is kept unread.")
    try:
        found = observations_from_json(json_value(row, "observations", []))
    except ValueError:
        found = ()
    return found, "" if found else _("What the file says about itself could not be read.")


def _remarks(oddities: str) -> Iterator[str]:
    known = {oddity.value for oddity in Oddity}
    for word in oddities.split():
        yield oddity_text(Oddity(word)) if word in known else word


def _custody(workspace: Workspace, row: Row, log: list[SignedEntry]) -> Iterator[CustodyLine]:
    people = {str(person["id"]): str(person["name"]) for person in all_rows(workspace.db, "person")}
    is_first = True
    for signed in log:
        entry = signed.entry
        who = people.get(entry.by, entry.by)
        at = _moment(local_time(entry.hlc[0]))
        if entry.kind is Kind.LOG:
            event = str(entry_event(signed).get("event") or entry.kind.value)
            yield CustodyLine(at, event_text(event), who)
        elif entry.kind is Kind.WRITE:
            what = _intake_text(signed) if is_first else _("Caption or item changed")
            yield CustodyLine(at, what, who)
            is_first = False
    yield from _journeys(workspace, str(row["sha256"] or ""))


def _intake_text(signed: SignedEntry) -> str:
    is_added = REASON in signed.entry.parts
    return _("Entered as evidence by a correction") if is_added else _("Entered as evidence")


def _journeys(workspace: Workspace, sha256: str) -> Iterator[CustodyLine]:
    """The packages that carried the original from here or to here."""
    for package in packages(workspace.db):
        if not package.is_whole or sha256 not in {
            info.hash for info in decode_manifest(package.manifest).objects
        }:
            continue
        partner = package.dest if package.direction == "out" else package.sender
        texts: Mapping[str, str] = {
            "out": _("Handed over in package {file}"),
            "in": _("Came in package {file}"),
        }
        if package.direction in texts:
            node = find_node(workspace.db, partner)
            text = texts[package.direction].format(file=package.file_name or package.manifest_sha256[:12])
            yield CustodyLine(_moment(local_time(package.at_ms)), text, node.name if node else partner[:8])


def _seal(log: list[SignedEntry]) -> str:
    births = [signed.entry for signed in log if signed.entry.kind is Kind.WRITE]
    return f"{births[0].stream[:8]}… · {births[0].seq}" if births else ""


def _moment(time: object) -> str:
    return str(time or "")[:19].replace("T", " ")
