"""What the conflict desk calls the fields of a signature."""

from desktop.i18n import _


def signature_fields() -> dict[str, str]:
    return {
        "signer": _("Signer"),
        "role": _("Signs as"),
        "at": _("Signed at"),
        "refusal": _("Why it was not signed"),
        "witnesses": _("Inspectors who saw the refusal"),
        "strokes": _("Handwriting"),
        "picture": _("Picture of the handwriting"),
        "covers": _("What is signed"),
        "evidence": _("Evidence that is signed"),
        "checklist_hash": _("Checksum of the checklist"),
        "text_sha256": _("Checksum of the signed text"),
    }
