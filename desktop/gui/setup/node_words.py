"""How the window speaks of nodes."""

from desktop.gui.visits.visit_words import minute_text
from desktop.i18n import _
from desktop.services.setup.list_nodes import NodeLine

NODE_TONES = {"own": "primary", "enrolled": "ok", "revoked": "bad"}


def status_text(node: NodeLine) -> str:
    if node.is_our_office:
        return _("our office")
    return {"own": _("this computer"), "enrolled": _("enrolled"), "revoked": _("revoked")}[node.status]


def kind_text(kind: str) -> str:
    return _("Office") if kind == "office" else _("Field node")


def known_time(time: str) -> str:
    """A time to the minute, a dash where it is not known."""
    return minute_text(time) or "—"
