"""Why a package is refused. The reasons are stored and shown for years: none is ever renamed or reused."""

import re
from enum import StrEnum
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _


class Refusal(StrEnum):
    """The reasons; those of the last group are given by whoever admits or applies a package."""

    NOT_A_FILE = "not-a-file"
    UNKNOWN_FORMAT = "unknown-format"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    NOT_FOR_US = "not-for-us"

    BAD_SIGNATURE = "bad-signature"
    OTHER_PURPOSE = "other-purpose"
    WRONG_SIGNER = "wrong-signer"
    BAD_MANIFEST = "bad-manifest"
    NEWER_FORMAT = "newer-format"
    NEWER_FEATURE = "newer-feature"
    SUITE_MISMATCH = "suite-mismatch"
    FORWARDED = "forwarded"
    OTHER_DESTINATION = "other-destination"
    SPLIT = "split"
    WRONG_VOLUME = "wrong-volume"
    TOO_LARGE = "too-large"

    BAD_STRUCTURE = "bad-structure"
    OBJECT_UNLISTED = "object-unlisted"
    OBJECT_DUPLICATE = "object-duplicate"
    OBJECT_MISPLACED = "object-misplaced"
    OBJECT_MISSING = "object-missing"
    OBJECT_SIZE = "object-size"
    OBJECT_CHANGED = "object-changed"
    BAD_PADDING = "bad-padding"
    BAD_CONTENT = "bad-content"

    UNKNOWN_SENDER = "unknown-sender"
    REVOKED_SENDER = "revoked-sender"
    NOT_PERMITTED = "not-permitted"
    FORKED = "forked"


_PLACE = re.compile(r"[(（][^()（）:：]*[:：] ?(?P<place>.+)[)）]$")
"""The place at the end of a problem, in any language."""


class PackageRefusedError(UserError):
    """The package changes nothing. ``place`` names the offending spot where there is one, for support."""

    def __init__(self, reason: Refusal, place: str = "") -> None:
        problem, advice = _text_of(reason)
        if place:
            problem = _("{problem} (For support: {place})").format(problem=problem, place=place)
        super().__init__(problem, advice)
        self.reason = reason
        self.place = place
        self.file: Path | None = None
        """Which of several files it was, where that is known."""


def told_again(reason: str, problem: str, advice: str) -> tuple[str, str]:
    """Problem and advice of a stored refusal in the language of now.

    One that a newer version of the program has stored stays as it was written.
    """
    if reason not in set(Refusal):
        return problem, advice
    place = _PLACE.search(problem)
    again = PackageRefusedError(Refusal(reason), place["place"] if place else "")
    return again.problem, again.advice


def _text_of(reason: Refusal) -> tuple[str, str]:
    texts = _envelope_texts() | _manifest_texts() | _intent_texts() | _content_texts() | _sender_texts()
    return texts[reason]


def _copy_again() -> str:
    return _("Copy it again from where it came. If that does not help, ask the sender to write it again.")


def _ask_sender() -> str:
    return _("Keep it and ask the sender by telephone whether and how this package was written.")


def _update() -> str:
    return _("Please update the program on this computer, then read the package again.")


def _envelope_texts() -> dict[Refusal, tuple[str, str]]:
    return {
        Refusal.NOT_A_FILE: (
            _("This is not a file that can be read as a package."),
            _("Choose the package itself, a file whose name ends in .mcp."),
        ),
        Refusal.UNKNOWN_FORMAT: (
            _("This file is not a package that this program knows."),
            _("Check that it is the right file; if it was written by a newer version, update this computer."),
        ),
        Refusal.TRUNCATED: (_("This package is incomplete: its end is missing."), _copy_again()),
        Refusal.DAMAGED: (_("This package is damaged."), _copy_again()),
        Refusal.NOT_FOR_US: (
            _("This package was encrypted for somebody else and cannot be opened here."),
            _("Open it where it was meant to go, or ask the sender to write it again for this computer."),
        ),
    }


def _manifest_texts() -> dict[Refusal, tuple[str, str]]:
    return {
        Refusal.BAD_SIGNATURE: (
            _("The signature of this package is not valid: it was changed or forged."),
            _ask_sender(),
        ),
        Refusal.OTHER_PURPOSE: (
            _("The signature in this package was made for another purpose and does not count here."),
            _ask_sender(),
        ),
        Refusal.WRONG_SIGNER: (
            _("This package was signed with another key than the one it names as its sender's."),
            _ask_sender(),
        ),
        Refusal.BAD_MANIFEST: (
            _("The table of contents of this package does not follow the rules."),
            _ask_sender(),
        ),
        Refusal.NEWER_FORMAT: (
            _("This package is in a newer format than this version of the program can read."),
            _update(),
        ),
        Refusal.NEWER_FEATURE: (
            _("This package needs a newer version of the program."),
            _update(),
        ),
        Refusal.SUITE_MISMATCH: (
            _("This package is encrypted in another way than its sender signed."),
            _ask_sender(),
        ),
    }


def _intent_texts() -> dict[Refusal, tuple[str, str]]:
    return {
        Refusal.FORWARDED: (
            _("The sender did not write this package for this computer: somebody else passed it on."),
            _ask_sender(),
        ),
        Refusal.OTHER_DESTINATION: (
            _("This package is addressed to another office or device."),
            _("Hand it to the one it is addressed to."),
        ),
        Refusal.SPLIT: (
            _("This file is one of several that make up a package, and not all of them are here."),
            _("Bring the other files of the package as well; they may come later and on other media."),
        ),
        Refusal.WRONG_VOLUME: (
            _("This file does not belong where it stands in a package of several files."),
            _copy_again(),
        ),
        Refusal.TOO_LARGE: (
            _("There is not enough free space on this computer for what is in this package."),
            _("Free some space, then read the package again."),
        ),
    }


def _content_texts() -> dict[Refusal, tuple[str, str]]:
    return {
        Refusal.BAD_STRUCTURE: (
            _("The inside of this package is not built as the format demands."),
            _ask_sender(),
        ),
        Refusal.OBJECT_UNLISTED: (
            _("This package contains something that its sender did not list."),
            _ask_sender(),
        ),
        Refusal.OBJECT_DUPLICATE: (_("This package contains the same thing twice."), _ask_sender()),
        Refusal.OBJECT_MISPLACED: (
            _(
                "The contents of this package are not in the order its sender listed, or something is missing."
            ),
            _ask_sender(),
        ),
        Refusal.OBJECT_MISSING: (
            _("Something that the sender listed is missing from this package."),
            _ask_sender(),
        ),
        Refusal.OBJECT_SIZE: (
            _("Something in this package has another size than its sender listed."),
            _ask_sender(),
        ),
        Refusal.OBJECT_CHANGED: (
            _("Something in this package is not what its sender listed: it was replaced or damaged."),
            _ask_sender(),
        ),
        Refusal.BAD_PADDING: (
            _("The filling at the end of this package is not as the format demands."),
            _ask_sender(),
        ),
        Refusal.BAD_CONTENT: (
            _("The records in this package do not follow the rules."),
            _ask_sender(),
        ),
    }


def _sender_texts() -> dict[Refusal, tuple[str, str]]:
    return {
        Refusal.UNKNOWN_SENDER: (
            _("The sender of this package is not known here."),
            _("If you expect it, enroll the sender's node card first, then read the package again."),
        ),
        Refusal.REVOKED_SENDER: (
            _("The key that signed this package has been revoked."),
            _("Let the person in charge decide whether anything in it may be used."),
        ),
        Refusal.NOT_PERMITTED: (
            _("The sender of this package may not send what is in it."),
            _ask_sender(),
        ),
        Refusal.FORKED: (
            _("Another package with the same number but other contents came before this one."),
            _("The sending computer may have been copied or restored. Keep both and ask its user."),
        ),
    }
