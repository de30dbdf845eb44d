"""Reading the file of a node card, and writing one's own."""

from pathlib import Path

from desktop.errors import UserError, system_reason
from desktop.i18n import _
from desktop.services.setup.enroll_node import own_card
from desktop.services.workspace.workspace import Workspace

MAX_CARD_BYTES = 64 << 10
_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


def read_card_file(path: Path) -> bytes:
    """The bytes of a card; whether they are one is found out by whoever uses them."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_CARD_BYTES)
    except OSError as error:
        raise UserError(
            _("{path} cannot be read: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Choose the file again, and check whether the medium is still there."),
        ) from None


def card_file_name(name: str) -> str:
    """A file name for the card of a node, with nothing in it that a medium would refuse."""
    return f"{''.join('-' if letter in _NOT_IN_NAMES else letter for letter in name)[:60]}.json"


def write_card_file(workspace: Workspace, path: Path) -> None:
    """Write the card of this node, to be carried to the other side."""
    try:
        path.write_bytes(own_card(workspace))
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Check the free space and whether the medium is still there."),
        ) from None
