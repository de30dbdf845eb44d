"""Issuing the trust list of this office anew after every enrolment and revocation."""

from collections.abc import Mapping

from desktop.domain.canonical import Json
from desktop.keys.card import read_card
from desktop.keys.trust import Revocation, TrustedNode, TrustList, read_trust_list, sign_trust_list
from desktop.services.workspace.local_time import utc_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.nodes import NodeRow, all_nodes, save_trust_list
from desktop.storage.nodes import read_trust_list as stored_trust_list


def issue_trust_list(workspace: Workspace) -> TrustList:
    """Sign the list of all nodes this office knows, with the next serial. Caller's transaction."""
    known = stored_trust_list(workspace.db, workspace.node)
    trust = TrustList(
        office=workspace.node,
        serial=known[0] + 1 if known else 1,
        created=utc_time(workspace.clock_ms()),
        nodes=tuple(_trusted(node) for node in all_nodes(workspace.db)),
    )
    data, signature = sign_trust_list(trust, workspace.identity)
    save_trust_list(workspace.db, trust.office, trust.serial, data, signature)
    return trust


def read_own_trust_list(workspace: Workspace) -> TrustList | None:
    """The newest list of the office this node belongs to."""
    known = stored_trust_list(workspace.db, workspace.office)
    office = next((n for n in all_nodes(workspace.db) if n.id == workspace.office), None)
    if known is None or office is None:
        return None
    return read_trust_list(known[1], known[2], bytes.fromhex(read_card(office.card).sign_key))


def _trusted(node: NodeRow) -> TrustedNode:
    match node.revoked:
        case {"sign_key": str(sign_key), "reason": str(reason), "heads": dict(heads)}:
            return TrustedNode(node.card, Revocation(sign_key, reason, _heads(heads)))
    return TrustedNode(node.card)


def _heads(value: Mapping[str, Json]) -> dict[str, tuple[int, str]]:
    heads: dict[str, tuple[int, str]] = {}
    for stream, head in value.items():
        match head:
            case [int(seq), str(digest)]:
                heads[stream] = (seq, digest)
    return heads
