"""Persons who came with the card of a laptop although the list of people has them already."""

from desktop.keys.card import person_of_kept_card
from desktop.services.workspace.workspace import Workspace
from desktop.storage.master_search import doubles_among
from desktop.storage.nodes import all_nodes


def doubles_from_cards(workspace: Workspace) -> frozenset[str]:
    """Ids to leave out where people are listed.

    A card carries an id of its own, which the entries of the laptop name as their author: the record stays. It is
    taken for another person, and listed, as soon as it has a post or its name is not that of exactly one other.
    """
    # Proving hundreds of signatures at every look at a list would take half a second, and hold up a lock meanwhile.
    ids = {person_of_kept_card(node.card) for node in all_nodes(workspace.db) if node.status != "own"}
    return doubles_among(workspace.db, ids - {""})
