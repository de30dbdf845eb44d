"""How the window says where something stands on its way to the office, and what a medium is good for."""

from desktop.exchange.volumes import package_name
from desktop.gui.evidence.facts_view import short_size
from desktop.i18n import _, sentences
from desktop.services.packages.continue_export import UnfinishedExport
from desktop.services.packages.find_media import Medium
from desktop.services.packages.show_handover import Handover, HandoverState
from desktop.services.packages.write_volumes import ExportedPackage

HANDOVER_TONES = {
    HandoverState.STORED: "warn",
    HandoverState.EXPORTED: "primary",
    HandoverState.CONFIRMED: "ok",
}


def handover_text(state: HandoverState) -> str:
    return {
        HandoverState.STORED: _("stored here only"),
        HandoverState.EXPORTED: _("exported, not confirmed"),
        HandoverState.CONFIRMED: _("confirmed"),
    }[state]


def medium_text(medium: Medium) -> str:
    """“Stick · FAT32 · 12.3 GB free of 14.9 GB”."""
    facts = [
        _("Removable medium") if medium.is_removable else _("Folder on a fixed disk"),
        medium.file_system,
        _("{free} free of {total}").format(
            free=short_size(medium.free_bytes), total=short_size(medium.total_bytes)
        ),
    ]
    return " · ".join(fact for fact in facts if fact)


def medium_problem(medium: Medium, file_bytes: int) -> str:
    """Why not even the first file, of this size, can be written there; empty where it can."""
    if not medium.is_there:
        return _("The medium is no longer there. Plug it in again, or choose another one.")
    if not medium.is_writable:
        return _("The medium is write-protected. Take the protection off, or choose another one.")
    if file_bytes > medium.free_bytes:
        return _("There is not enough room: up to {needed} are needed, {free} are free.").format(
            needed=short_size(file_bytes), free=short_size(medium.free_bytes)
        )
    return ""


def medium_remark(medium: Medium, package_bytes: int) -> str:
    """What is good to know of a medium that will do."""
    fat = _("FAT32 holds files of at most 4 GB; every file stays below.") if medium.is_fat else ""
    small = ""
    if package_bytes > medium.free_bytes:
        small = _("Not all of it fits: when the medium is full, continue on another one.")
    fixed = "" if medium.is_removable else _("It still has to be carried to the office from there.")
    return sentences(fat, small, fixed)


def standing_text(handover: Handover) -> str:
    """Where the work of this computer stands as a whole."""
    stored = handover.count(HandoverState.STORED)
    waiting = handover.count(HandoverState.EXPORTED)
    if stored:
        return _("Visits stored on this computer only: {count}").format(count=stored)
    if waiting:
        return _("Everything is exported; the office has not confirmed {count} visits").format(count=waiting)
    return _("The office has confirmed everything") if handover.visits else _("Nothing to export yet")


def how_much_text(handover: Handover, volume_bytes: int) -> str:
    """What goes, how large it becomes at most, and in how many files."""
    files = -(-handover.package_bytes // volume_bytes)
    size = short_size(handover.package_bytes)
    text = _("{answers} answers changed · {evidence} pieces of evidence ({bytes})").format(
        answers=handover.answers, evidence=handover.evidence, bytes=short_size(handover.evidence_bytes)
    )
    package = (
        _("package up to {size}").format(size=size)
        if files == 1
        else _("package up to {size} in about {files} files").format(size=size, files=files)
    )
    return f"{text} · {package}"


def unfinished_text(unfinished: UnfinishedExport) -> str:
    """Where an interrupted export stands."""
    written = unfinished.volumes - len(unfinished.missing)
    text = _(
        "{name} is not finished: {written} of {total} files are written, up to {size} are missing."
    ).format(
        name=unfinished.name,
        written=written,
        total=unfinished.volumes,
        size=short_size(unfinished.missing_bytes),
    )
    new = (
        _("Work was done since then; exporting anew takes it along and gives this package up.")
        if unfinished.is_outdated
        else _("Exporting anew gives this package up.")
    )
    return sentences(text, new)


def exported_texts(package: ExportedPackage) -> tuple[str, str]:
    """What was written, and what to do with it."""
    size = short_size(package.size)
    if len(package.files) == 1:
        return (
            _("Exported and read back without a fault: {name} ({size})").format(
                name=package.path.name, size=size
            ),
            _("Save the slip, print it, and hand it over with the medium. SHA-256 {hash}").format(
                hash=package.sha256
            ),
        )
    return (
        _("Exported and read back without a fault: {name}, {count} files ({size})").format(
            name=package_name(package.manifest), count=len(package.files), size=size
        ),
        _("Save the slip: it lists every file. Hand it over with all media; the office needs every file."),
    )


def clearable_text(handover: Handover) -> str:
    return _("Confirmed and backed up: {count} originals, {size}").format(
        count=handover.clearable, size=short_size(handover.clearable_bytes)
    )


def clearing_text(handover: Handover) -> str:
    """The question before originals are cleared."""
    return _(
        "Clear {count} originals ({size}) from this computer? The office has confirmed and backed them up. Their"
        " hashes and all records stay; the pictures can then only be looked at in the office."
    ).format(count=handover.clearable, size=short_size(handover.clearable_bytes))
