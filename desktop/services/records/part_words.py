"""What the parts of a visit are called, in the words of the interface."""

from desktop.domain.fold import DELETED
from desktop.i18n import _


def part_text(part: str) -> str:
    """One of a newer version keeps its own name."""
    head, _slash, key = part.partition("/")
    if head == "answer":
        return _("Item {no}").format(no=key)
    return {
        "header": _("Head of the visit"),
        "observation": _("Observation"),
        "interview": _("Interview"),
        "review": _("Review"),
        "signature": _("Signature"),
        DELETED: _("Deleted or kept"),
    }.get(head, part)
