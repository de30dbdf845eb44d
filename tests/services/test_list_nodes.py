import pytest

from desktop.errors import UserError
from desktop.services.setup.enroll_node import enroll_node, own_card, propose_node, revoke_node
from desktop.services.setup.list_nodes import node_lines
from tests.services.worlds import dump


def line(workspace, node):
    return next(each for each in node_lines(workspace) if each.id == node)


def test_the_own_node_stands_first(world):
    first = node_lines(world.office)[0]

    assert (first.status, first.name, first.person) == ("own", "云泽市政府督查室", "张三")
    assert len(first.fingerprint.split()) == 8


def test_a_node_shows_whose_it_is_since_when_and_what_came_last(world):
    before = line(world.office, world.anna.node)
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)

    after = line(world.office, world.anna.node)

    assert (before.person, before.status, before.last_package_at) == ("欧阳㛃", "enrolled", "")
    assert before.enrolled_at.startswith("2026-11-20T")
    assert after.last_package_at > before.enrolled_at


def test_a_revoked_node_says_when_and_why_until_it_is_enrolled_again(world):
    revoke_node(world.office, world.anna.node, "笔记本遗失")
    revoked = line(world.office, world.anna.node)
    enroll_node(world.office, own_card(world.anna))

    again = line(world.office, world.anna.node)

    assert (revoked.status, revoked.revoked_because, bool(revoked.revoked_at)) == (
        "revoked",
        "笔记本遗失",
        True,
    )
    assert (again.status, again.revoked_because, again.revoked_at) == ("enrolled", "", "")


def test_a_laptop_knows_its_office(world):
    office = line(world.anna, world.office.node)

    assert office.is_our_office
    assert office.fingerprint == line(world.office, world.office.node).fingerprint
    assert not line(world.anna, world.anna.node).is_our_office


def test_a_card_is_looked_at_before_anybody_says_yes(world):
    card, before = own_card(world.anna), dump(world.office)

    proposed = propose_node(world.office, card)

    assert (proposed.card.name, proposed.status, proposed.is_other_card) == ("外业欧阳㛃", "enrolled", False)
    assert proposed.fingerprint == line(world.anna, world.anna.node).fingerprint
    assert dump(world.office) == before


def test_a_card_that_cannot_be_enrolled_is_refused_before_it_is_shown(world):
    for card in (own_card(world.office), b"{}"):
        with pytest.raises(UserError):
            propose_node(world.office, card)
