"""How the window speaks of those who sign, and of where their signatures stand."""

from desktop.domain.signing import INSPECTOR, LEADER, UNIT, WITNESS
from desktop.i18n import _
from desktop.services.visits.show_signatures import ShownSignature
from desktop.services.visits.signing_sheet import SignerLine, SignerState

STATE_TONES = {
    SignerState.NOT_YET: "muted",
    SignerState.SIGNED: "ok",
    SignerState.SIGNED_OFF: "ok",
    SignerState.OUTDATED: "warn",
    SignerState.REFUSED: "bad",
}


def role_text(role: str) -> str:
    """What a newer version writes stands as it is."""
    return {
        LEADER: _("Team leader"),
        INSPECTOR: _("Inspector"),
        UNIT: _("For the unit"),
        WITNESS: _("Witness of the refusal"),
    }.get(role, role)


def signer_state_text(state: SignerState) -> str:
    return {
        SignerState.NOT_YET: _("not yet"),
        SignerState.SIGNED: _("has signed"),
        SignerState.SIGNED_OFF: _("signed off"),
        SignerState.OUTDATED: _("other version"),
        SignerState.REFUSED: _("refused to sign"),
    }[state]


def moment_text(at: str) -> str:
    return at[:16].replace("T", " ")


def line_text(line: SignerLine) -> str:
    """What there is to know of one who signs, beside his name."""
    signature = line.signature
    if line.state is SignerState.REFUSED:
        return line.reason
    if signature is None:
        return ""
    if not signature.is_current:
        return version_text(signature)
    return moment_text(signature.at)


def version_text(signature: ShownSignature) -> str:
    """Which version was signed; empty where the visit still says the same."""
    if signature.is_current:
        return ""
    if signature.version == signature.newest:
        return _("The visit says something else since.")
    return _("Covers version {number} of {newest}; corrected since").format(
        number=signature.version, newest=signature.newest
    )
