"""What the kinds of packages are called, in the words of the interface."""

from desktop.i18n import _


def kind_text(kind: str) -> str:
    """One of a newer version keeps its own name."""
    return {
        "mission": _("mission package"),
        "result": _("result package"),
        "receipt": _("receipt package"),
        "report": _("report package"),
    }.get(kind, kind or "—")
