"""Taking the trust list that came in a package: the highest valid serial of our office wins."""

from collections.abc import Sequence

from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.trust_list import SignedTrustList
from desktop.keys.card import fingerprint, read_card
from desktop.keys.trust import TrustList, TrustListInvalidError, is_newer, read_trust_list
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import NodeRow, find_node, save_node, save_trust_list
from desktop.storage.nodes import read_trust_list as stored_trust_list


def take_trust_lists(workspace: Workspace, lists: Sequence[SignedTrustList]) -> None:
    """Keep the newest list of our office and know the nodes it names. Caller's transaction.

    A list of another office says nothing here; one that is not what our office signed refuses the package.
    """
    office = find_node(workspace.db, workspace.office)
    if office is None or workspace.is_office:
        return
    office_key = bytes.fromhex(read_card(office.card).sign_key)
    for signed in lists:
        try:
            trust = read_trust_list(signed.data, signed.signature, office_key)
        except TrustListInvalidError:
            raise PackageRefusedError(Refusal.BAD_CONTENT, "the trust list") from None
        known = stored_trust_list(workspace.db, workspace.office)
        if trust.office == workspace.office and is_newer(trust.serial, known[0] if known else None):
            save_trust_list(workspace.db, trust.office, trust.serial, signed.data, signed.signature)
            _know_nodes(workspace, trust)


def _know_nodes(workspace: Workspace, trust: TrustList) -> None:
    for trusted in trust.nodes:
        card = trusted.node_card
        if card.node in (workspace.node, workspace.office):
            continue
        status = "revoked" if trusted.revocation else "enrolled"
        save_node(
            workspace.db, NodeRow(card.node, card.kind, card.name, trusted.card, fingerprint(card), status)
        )
