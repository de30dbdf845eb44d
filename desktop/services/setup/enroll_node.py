"""Enrolling a node: taking its card, knowing its person, issuing a new trust list. And revoking one."""

from dataclasses import dataclass

from desktop.domain.author import Statement
from desktop.domain.canonical import Json
from desktop.domain.entry import Kind
from desktop.errors import UserError
from desktop.i18n import _
from desktop.keys.card import NodeCard, fingerprint, read_card
from desktop.services.setup.issue_trust_list import issue_trust_list
from desktop.services.workspace.journal import birth, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.merge import refold_node
from desktop.storage.nodes import NodeRow, find_node, save_node
from desktop.storage.records import find_row
from desktop.storage.stream_heads import heads_of_node


@dataclass(frozen=True)
class EnrolledNode:
    """``fingerprint`` is what the two people compare."""

    card: NodeCard
    fingerprint: str
    is_new: bool


@dataclass(frozen=True)
class ProposedNode:
    """A card that could be enrolled, before anybody has said yes.

    ``status``: that of the node this office knows by the same id, empty for a new one. ``is_other_card``: that node
    has another card here, whose keys the new one would replace.
    """

    card: NodeCard
    card_file: bytes
    fingerprint: str
    status: str
    is_other_card: bool


def propose_node(workspace: Workspace, card_file: bytes) -> ProposedNode:
    """Read a card and check that it may be enrolled here; changes nothing."""
    card = read_card(card_file)
    _check(workspace, card)
    known = find_node(workspace.db, card.node)
    return ProposedNode(
        card,
        card_file,
        fingerprint(card),
        known.status if known else "",
        known is not None and known.card != card_file,
    )


def own_card(workspace: Workspace) -> bytes:
    """The card of this node, to be carried to the other side."""
    node = find_node(workspace.db, workspace.node)
    if node is None:
        raise LookupError(workspace.node)
    return node.card


def enroll_node(workspace: Workspace, card_file: bytes) -> EnrolledNode:
    """Accept a node by its card. Enrolling the same card again changes nothing."""
    card = read_card(card_file)
    _check(workspace, card)
    known = find_node(workspace.db, card.node)
    if known is not None and known.card == card_file and known.status == "enrolled":
        return EnrolledNode(card, fingerprint(card), is_new=False)
    with workspace.db.atomic():
        save_node(
            workspace.db,
            NodeRow(card.node, card.kind, card.name, card_file, fingerprint(card), "enrolled"),
        )
        statements = [
            Statement(
                Kind.ENROLL, parts={"event": {"event": "enrolled", "node": card.node, "name": card.name}}
            )
        ]
        if card.person_id and find_row(workspace.db, "person", card.person_id) is None:
            facts = {"facts": {"name": card.person_name}}
            statements.append(birth(workspace, card.person_id, "person", facts))
        write_entries(workspace, statements)
        refold_node(workspace.db, card.node)
        issue_trust_list(workspace)
    return EnrolledNode(card, fingerprint(card), is_new=True)


def revoke_node(workspace: Workspace, node_id: str, reason: str) -> None:
    """Trust a node's key no longer, from what is here of its streams on; what came before stays valid."""
    node = find_node(workspace.db, node_id)
    if not workspace.is_office or node is None or node.status == "own":
        raise UserError(
            _("This node cannot be revoked here."), _("Only an office revokes a node that it enrolled.")
        )
    if not reason.strip():
        raise UserError(_("A revocation needs a reason."), _("Say what happened, for example “laptop lost”."))
    card = read_card(node.card)
    heads: dict[str, Json] = {
        stream: list(head) for stream, head in heads_of_node(workspace.db, node_id).items()
    }
    with workspace.db.atomic():
        revoked: dict[str, Json] = {"sign_key": card.sign_key, "reason": reason.strip(), "heads": heads}
        save_node(
            workspace.db,
            NodeRow(node.id, node.kind, node.name, node.card, node.fingerprint, "revoked", revoked),
        )
        event = {"event": "revoked", "node": node.id, "heads": heads}
        write_entries(
            workspace, [Statement(Kind.REVOKE, parts={"event": event, "reason": {"text": reason.strip()}})]
        )
        issue_trust_list(workspace)


def _check(workspace: Workspace, card: NodeCard) -> None:
    if not workspace.is_office:
        raise UserError(
            _("Only an office enrolls nodes; this workspace is a field node."),
            _("Take the card to the office and enroll it there."),
        )
    if card.node == workspace.node:
        raise UserError(
            _("This is the card of this workspace itself."), _("Take the card of the other computer.")
        )
    if card.kind == "field" and card.office != workspace.node:
        raise UserError(
            _("The node “{name}” was made for another office.").format(name=card.name),
            _("Make its workspace again with the card of this office."),
        )
