"""What the log calls the things that were done, in the words of the interface."""

from collections.abc import Sequence
from enum import StrEnum

from desktop.i18n import _


class LogGroup(StrEnum):
    """Events that are looked for together."""

    VISITS = "visits"
    PACKAGES = "packages"
    KEYS = "keys"
    PAPERS = "papers"
    UPKEEP = "upkeep"


EVENTS_OF_GROUP: dict[LogGroup, Sequence[str]] = {
    LogGroup.VISITS: (
        "planned",
        "replanned",
        "drawn",
        "checklist_saved",
        "withdrawn",
        "assigned",
        "sealed",
        "unsealed",
        "unseal_too_early",
        "unseal_failed",
        "unplanned",
        "from_paper",
        "site_taken_up",
        "team_changed",
        "recorded",
        "visit_begun",
        "collected",
        "derived",
        "annotated",
        "paired",
        "identity_shown",
        "submitted",
        "reopened",
        "capture_started",
        "capture_ended",
        "signed",
        "signed_by_hand",
        "signature_refused",
        "corrected",
        "interview_removed",
        "interview_put_back",
        "resolved",
        "hold",
        "accept",
    ),
    LogGroup.PACKAGES: (
        "exported",
        "export_given_up",
        "volume_repaired",
        "volume_kept",
        "pruned",
        "merged",
        "undone",
        "redone",
        "quarantined",
        "released",
        "dismissed",
        "taken_up",
    ),
    LogGroup.KEYS: (
        "enrolled",
        "revoked",
        "person_added",
        "person_removed",
        "passphrase_changed",
        "passphrase_reset",
    ),
    LogGroup.PAPERS: (
        "printed",
        "imported",
        "exported_sheet",
        "exported_original",
        "exported_covered",
        "exported_marked",
    ),
    LogGroup.UPKEEP: (
        "opened",
        "restored",
        "backed_up",
        "leftovers_set_aside",
        "object_lost",
        "clock_changed",
        "clock_went_back",
    ),
}
EVENTS = tuple(event for events in EVENTS_OF_GROUP.values() for event in events)


def group_text(group: LogGroup) -> str:
    return {
        LogGroup.VISITS: _("Missions and visits"),
        LogGroup.PACKAGES: _("Packages"),
        LogGroup.KEYS: _("Nodes and pass phrases"),
        LogGroup.PAPERS: _("Papers and spreadsheets"),
        LogGroup.UPKEEP: _("Backups and upkeep"),
    }[group]


def event_text(event: str) -> str:
    """An event of a newer version keeps its own name."""
    return (_visit_words() | _package_words() | _office_words()).get(event, event)


def _visit_words() -> dict[str, str]:
    return {
        "planned": _("Mission planned"),
        "replanned": _("Mission changed"),
        "drawn": _("Places drawn at random"),
        "checklist_saved": _("Checklist saved"),
        "withdrawn": _("Mission withdrawn"),
        "assigned": _("Visits assigned"),
        "sealed": _("Mission sealed"),
        "unsealed": _("Mission unsealed"),
        "unseal_too_early": _("Tried to unseal before the departure"),
        "unseal_failed": _("Tried to unseal with a wrong pass phrase"),
        "unplanned": _("Visit nobody planned begun"),
        "from_paper": _("Visit entered from paper"),
        "site_taken_up": _("Site found on the road taken up"),
        "team_changed": _("Team changed on the road"),
        "recorded": _("Visit recorded"),
        "visit_begun": _("Recording of the visit begun"),
        "collected": _("Evidence taken in"),
        "derived": _("Derived evidence made from it"),
        "annotated": _("Made from other evidence by drawing on it"),
        "paired": _("Set beside an earlier photo, or taken from it"),
        "identity_shown": _("Identity shown"),
        "submitted": _("Visit submitted"),
        "reopened": _("Visit reopened"),
        "capture_started": _("Recording begun"),
        "capture_ended": _("Recording ended"),
        "signed": _("Visit signed off"),
        "signed_by_hand": _("Visit signed by hand"),
        "signature_refused": _("Refusal to sign noted"),
        "corrected": _("Finding corrected"),
        "interview_removed": _("Interview removed"),
        "interview_put_back": _("Interview put back"),
        "resolved": _("Conflict settled"),
        "hold": _("Held back"),
        "accept": _("Accepted"),
    }


def _package_words() -> dict[str, str]:
    return {
        "exported": _("Package written"),
        "export_given_up": _("Unfinished package given up"),
        "volume_repaired": _("File of a package written again"),
        "volume_kept": _("File of a package kept until the others come"),
        "pruned": _("Original cleared after the office confirmed it"),
        "merged": _("Package merged"),
        "undone": _("Import undone"),
        "redone": _("Import counts again"),
        "quarantined": _("Package put into quarantine"),
        "released": _("Package released from quarantine"),
        "dismissed": _("File in quarantine dismissed"),
        "taken_up": _("File in quarantine taken up again"),
    }


def _office_words() -> dict[str, str]:
    return {
        "enrolled": _("Node enrolled"),
        "revoked": _("Node revoked"),
        "person_added": _("Pass phrase given to a person"),
        "person_removed": _("Pass phrase taken away"),
        "passphrase_changed": _("Pass phrase changed"),
        "passphrase_reset": _("Pass phrase set anew with the recovery sheet"),
        "printed": _("Form printed"),
        "imported": _("Spreadsheet read in"),
        "exported_sheet": _("Spreadsheet written"),
        "exported_original": _("Original written out"),
        "exported_covered": _("Copy with parts covered written out"),
        "exported_marked": _("Copy with marks written out"),
        "opened": _("Workspace made"),
        "restored": _("Workspace restored from a backup"),
        "backed_up": _("Backup written"),
        "leftovers_set_aside": _("Leftovers of an interruption set aside"),
        "object_lost": _("Evidence file found missing"),
        "clock_changed": _("Clock of the computer was set"),
        "clock_went_back": _("Clock of the computer went back"),
    }
