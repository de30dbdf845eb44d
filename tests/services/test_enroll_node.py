import pytest

from desktop.errors import UserError
from desktop.exchange.manifest import PackageKind
from desktop.keys.card import fingerprint, read_card
from desktop.services.master_data.edit_master_data import ANOTHER_PERSON, save_form
from desktop.services.master_data.find_master_data import find_master_data
from desktop.services.missions.assign_mission import find_node_by_name
from desktop.services.missions.mission_choices import mission_choices
from desktop.services.packages.export_package import export_to_node
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.enroll_node import enroll_node, own_card, revoke_node
from desktop.services.setup.issue_trust_list import read_own_trust_list
from desktop.services.workspace.describe_workspace import describe_workspace
from desktop.storage.records import find_row
from tests.services.worlds import FAST, PASSPHRASE, dump, events, rows


@pytest.fixture
def newcomer(world, tmp_path):
    """A laptop that knows its office and that its office does not know yet."""
    with create_field_node(
        tmp_path / "field",
        "外业三",
        "周九",
        PASSPHRASE,
        own_card(world.office),
        cost=FAST,
        clock_ms=world.clock,
    ) as node:
        yield node


def test_both_sides_show_the_same_fingerprint(world, newcomer):
    enrolled = enroll_node(world.office, own_card(newcomer))

    assert enrolled.is_new
    assert enrolled.fingerprint == describe_workspace(newcomer).fingerprint
    assert enrolled.fingerprint == fingerprint(read_card(own_card(newcomer)))


def test_an_enrolled_node_brings_its_person_and_is_in_the_next_trust_list(world, newcomer):
    serial = read_own_trust_list(world.office).serial

    enroll_node(world.office, own_card(newcomer))

    trust = read_own_trust_list(world.office)
    assert trust.serial == serial + 1
    assert newcomer.node in {each.node_card.node for each in trust.nodes}
    assert "周九" in {row["name"] for row in rows(world.office, "people")}


def test_enrolling_the_same_card_again_changes_nothing(world):
    before = dump(world.office)

    again = enroll_node(world.office, own_card(world.anna))

    assert not again.is_new
    assert dump(world.office) == before


def test_the_card_of_another_offices_node_is_refused(world, tmp_path):
    other = create_office(tmp_path / "other", "邻市", "外人", PASSPHRASE, cost=FAST, clock_ms=world.clock)
    with other.workspace, pytest.raises(UserError, match="其他中心"):
        enroll_node(other.workspace, own_card(world.anna))


def test_only_an_office_enrolls_and_never_itself(world):
    with pytest.raises(UserError, match="只能由中心登记"):
        enroll_node(world.anna, own_card(world.bert))
    with pytest.raises(UserError, match="自己的设备名片"):
        enroll_node(world.office, own_card(world.office))


def test_after_a_revocation_later_packages_are_refused_and_earlier_work_stays(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    visits = rows(world.office, "visits")

    revoke_node(world.office, world.anna.node, "笔记本电脑遗失")
    world.record(world.anna, world.visits[2])
    refused = world.bring(world.anna)

    assert (refused.outcome, refused.reason) == ("quarantined", "revoked-sender")
    assert rows(world.office, "visits") == visits
    assert "revoked" in events(world.office)


def test_nothing_is_written_for_a_revoked_node(world):
    revoke_node(world.office, world.anna.node, "遗失")

    with pytest.raises(UserError, match="已被吊销"):
        export_to_node(world.office, world.anna.node, PackageKind.MISSION, world.stick)
    with pytest.raises(UserError, match="设备节点"):
        find_node_by_name(world.office, world.anna.node)
    with pytest.raises(UserError, match="未在此登记"):
        export_to_node(world.office, "0" * 32, PackageKind.MISSION, world.stick)


def test_a_revocation_names_the_last_trusted_head_and_travels_to_the_others(world):
    world.record(world.anna, world.visits[0])
    world.bring(world.anna)
    head = world.office.db.execute(
        "SELECT max(e.seq) FROM entry e JOIN stream s ON s.no = e.stream WHERE s.node = ?", [world.anna.node]
    ).fetchone()[0]

    revoke_node(world.office, world.anna.node, "遗失")
    world.merge(world.bert, world.mission_package(world.bert))

    known = {row["id"]: row["status"] for row in rows(world.bert, "nodes")}
    assert known[world.anna.node] == "revoked"
    trusted = {each.node_card.node: each for each in read_own_trust_list(world.bert).nodes}
    revocation = trusted[world.anna.node].revocation
    assert revocation.reason == "遗失"
    assert [seq for seq, _hash in revocation.heads.values()] == [head]


def test_a_node_that_was_found_again_is_enrolled_again_by_its_card(world):
    revoke_node(world.office, world.anna.node, "遗失")

    assert enroll_node(world.office, own_card(world.anna)).is_new

    world.record(world.anna, world.visits[0])
    assert world.bring(world.anna).outcome == "applied"


def test_a_revocation_needs_an_office_an_enrolled_node_and_a_reason(world):
    for workspace, node in (
        (world.anna, world.bert.node),
        (world.office, "0" * 32),
        (world.office, world.office.node),
    ):
        with pytest.raises(UserError, match="不能吊销"):
            revoke_node(workspace, node, "遗失")
    with pytest.raises(UserError, match="原因"):
        revoke_node(world.office, world.anna.node, " ")
    assert {row["status"] for row in rows(world.office, "nodes")} == {"own", "enrolled"}


def test_a_package_that_came_before_the_enrolment_waits_and_applies_after_it(world, newcomer):
    world.record(newcomer_with_master_data(world, newcomer), unit="澄湖区", checklist="ZWDT-2026-V1")
    package = world.results(newcomer)

    early = world.merge(world.office, package)[0]
    enroll_node(world.office, own_card(newcomer))
    ready = world.merge(world.office)

    assert (early.outcome, early.reason) == ("quarantined", "unknown-sender")
    assert [each.outcome for each in ready] == ["applied"]
    assert [row["state"] for row in rows(world.office, "quarantine")] == ["applied"]
    assert world.merge(world.office) == ()


def test_enrolment_before_or_after_the_package_gives_the_same_office(world, newcomer):
    world.record(newcomer_with_master_data(world, newcomer), unit="澄湖区", checklist="ZWDT-2026-V1")
    package, card = world.results(newcomer), own_card(newcomer)
    world.close()

    with world.copy_of("office", "before") as before, world.copy_of("office", "after") as after:
        enroll_node(before, card)
        world.merge(before, package)
        world.merge(after, package)
        enroll_node(after, card)
        world.merge(after)

        for kind in ("visits", "evidence", "sites", "people", "units"):
            assert rows(before, kind) == rows(after, kind)
        assert describe_workspace(before).records == describe_workspace(after).records
        assert (describe_workspace(after).held, describe_workspace(before).held) == (0, 0)


def newcomer_with_master_data(world, newcomer):
    """Give the newcomer units and checklists without the office knowing it: a copy of the office enrolls it."""
    folder = world.folder / "twin"
    world.office.close()
    with world.copy_of("office", "twin") as twin:
        enroll_node(twin, own_card(newcomer))
        package = export_to_node(twin, newcomer.node, PackageKind.MISSION, world.stick).path
    assert folder.is_dir()
    world.office = world.opened("office")
    assert world.merge(newcomer, package)[0].outcome == "applied"
    return newcomer


def listed(office, name):
    """How often somebody is in the list of people, and among those a mission can choose."""
    lines = [line.texts["name"] for line in find_master_data(office, "people").rows]
    return lines.count(name), [person.name for person in mission_choices(office).people].count(name)


def known(office, name):
    """Somebody of this name, with a post in the list of people."""
    values = {"name": name, "unit": "澄湖区", "title": "副区长", "role": "督查员"}
    save_form(office, "people", values, person_id=ANOTHER_PERSON)


def test_somebody_who_was_known_before_the_card_came_is_listed_once(world, newcomer):
    known(world.office, "周九")

    enroll_node(world.office, own_card(newcomer))

    assert listed(world.office, "周九") == (1, 1)
    author = read_card(own_card(newcomer)).person_id
    assert find_row(world.office.db, "person", author)["name"] == "周九"


def test_with_a_third_of_the_name_all_are_listed(world, newcomer):
    known(world.office, "周九")
    known_too = {"name": "周九", "unit": "市政务大数据局", "title": "科员"}
    save_form(world.office, "people", known_too, person_id=ANOTHER_PERSON)

    enroll_node(world.office, own_card(newcomer))

    assert listed(world.office, "周九") == (3, 3)


def test_two_laptops_of_one_name_are_both_listed(world, newcomer, tmp_path):
    card = own_card(world.office)
    enroll_node(world.office, own_card(newcomer))
    with create_field_node(
        tmp_path / "f", "外业四", "周九", PASSPHRASE, card, cost=FAST, clock_ms=world.clock
    ) as other:
        enroll_node(world.office, own_card(other))

    assert listed(world.office, "周九") == (2, 2)


def test_the_person_of_a_card_who_has_a_post_is_listed(world, newcomer):
    known(world.office, "周九")
    enroll_node(world.office, own_card(newcomer))
    values = {"name": "周九", "unit": "市政务大数据局", "title": "科员"}

    save_form(world.office, "people", values, person_id=read_card(own_card(newcomer)).person_id)

    assert listed(world.office, "周九") == (2, 2)
