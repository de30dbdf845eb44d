"""How forms say that the inspected unit would not sign (拒签), and where a witness signs."""

from collections.abc import Sequence
from datetime import datetime

from desktop.documents.wording import moment_text, name_text, names_text
from desktop.i18n import _


def refusal_label() -> str:
    return _("Refusal to sign, and witness")


def refusal_text(reason: str, at: datetime | None, seen_by: Sequence[str] = (), witness: str = "") -> str:
    """The reason, then when it was and who saw it; only what is known, and nothing where nobody refused."""
    lines = [reason]
    if at:
        lines.append(_("Refused at: {moment}").format(moment=moment_text(at)))
    if seen_by:
        lines.append(_("Seen by the inspectors: {names}").format(names=names_text(seen_by)))
    if witness:
        lines.append(_("Witness: {name}").format(name=name_text(witness)))
    return "\n".join(filter(None, lines))


def witness_line() -> str:
    return _("Signature of the witness: ________________    Date: ____-__-__")
