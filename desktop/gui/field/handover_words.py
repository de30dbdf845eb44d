"""How the window says where something stands on its way to the office, and what a medium is good for."""

from desktop.gui.evidence.facts_view import short_size
from desktop.i18n import _, sentences
from desktop.services.packages.find_media import LARGEST_FILE_BYTES, Medium
from desktop.services.packages.show_handover import HandoverState

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


def medium_problem(medium: Medium, package_bytes: int) -> str:
    """Why a package of this size cannot be written there; empty where it can."""
    if not medium.is_there:
        return _("The medium is no longer there. Plug it in again, or choose another one.")
    if not medium.is_writable:
        return _("The medium is write-protected. Take the protection off, or choose another one.")
    if package_bytes > LARGEST_FILE_BYTES:
        return _(
            "The package would be larger than 4 GB, which no FAT32 medium holds. Let the office confirm what was"
            " exported before, then less has to go."
        )
    if package_bytes > medium.free_bytes:
        return _("There is not enough room: up to {needed} are needed, {free} are free.").format(
            needed=short_size(package_bytes), free=short_size(medium.free_bytes)
        )
    return ""


def medium_remark(medium: Medium) -> str:
    """What is good to know of a medium that will do."""
    fat = _("FAT32 holds files of at most 4 GB; the package stays below.") if medium.is_fat else ""
    fixed = "" if medium.is_removable else _("It still has to be carried to the office from there.")
    return sentences(fat, fixed)
