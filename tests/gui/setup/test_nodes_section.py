"""Nodes: cards compared, enrolled, written, revoked."""

import pytest
from PySide6.QtCore import Qt

from desktop.gui.setup.nodes_section import NodesSection
from desktop.gui.setup.own_node_section import OwnNodeSection
from desktop.keys.card import fingerprint, read_card
from desktop.services.setup.create_workspace import create_field_node
from desktop.services.setup.list_nodes import node_lines
from desktop.services.setup.read_card_file import card_file_name, write_card_file
from tests.gui.setup_section_pages import MARKUP, SECONDS_MS, drop, give_reason, is_told
from tests.services.worlds import FAST, PASSPHRASE

pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")


@pytest.fixture
def card(world):
    """The card of a laptop that the office does not know yet, and the laptop's own fingerprint."""
    world.open()
    write_card_file(world.office, world.folder / "office.json")
    carl = create_field_node(
        world.folder / "carl",
        "外业三组",
        MARKUP,
        PASSPHRASE,
        (world.folder / "office.json").read_bytes(),
        cost=FAST,
        clock_ms=world.clock,
    )
    path = world.folder / "carl.json"
    write_card_file(carl, path)
    carl.close()
    world.close()
    return path


class TestNodes:
    def test_the_list_shows_everybody_with_their_state(self, section):
        nodes = section("office", NodesSection)

        shown = {nodes.nodes.row(n).name: nodes.nodes.row(n).status for n in range(nodes.nodes.rowCount())}
        assert shown == {"云泽市政府督查室": "own", "外业欧阳㛃": "enrolled", "外业王五": "enrolled"}
        assert len(nodes.node_panel.fingerprint.text().split()) == 8
        assert not nodes.node_panel.revoke_button.isVisible()

    def test_a_dropped_card_is_enrolled_only_after_the_digits_were_compared(self, qtbot, section, card):
        nodes = section("office", NodesSection)
        drop(nodes.drop_zone, card)
        qtbot.waitUntil(lambda: nodes.enroll_panel.isVisible(), timeout=SECONDS_MS)
        panel = nodes.enroll_panel
        assert panel.fingerprint.text() == fingerprint(read_card(card.read_bytes()))
        assert not panel.enroll_button.isEnabled()
        nodes.enroll()
        panel.compared_box.setFocus()
        qtbot.keyClick(panel.compared_box, Qt.Key.Key_Space)
        qtbot.keyClick(panel.enroll_button, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: nodes.nodes.rowCount() == 4, timeout=SECONDS_MS)

        assert is_told(nodes, "done")
        assert nodes.node_panel.isVisible()
        assert MARKUP in {nodes.nodes.row(n).person for n in range(4)}

    def test_a_card_that_is_let_go_changes_nothing(self, qtbot, section, card):
        nodes = section("office", NodesSection)
        nodes.propose(card)
        qtbot.waitUntil(lambda: nodes.enroll_panel.isVisible(), timeout=SECONDS_MS)
        nodes.enroll_panel.cancel_button.click()

        assert nodes.enroll_panel.proposed is None
        assert nodes.nodes.rowCount() == 3

    def test_what_was_wrong_with_a_file_is_not_said_of_the_next_card(self, qtbot, section, card, tmp_path):
        nodes = section("office", NodesSection)
        (tmp_path / "x.json").write_text("{}")
        nodes.propose(tmp_path / "x.json")
        qtbot.waitUntil(nodes.page.note.isVisible, timeout=SECONDS_MS)
        nodes.propose(card)
        qtbot.waitUntil(lambda: nodes.enroll_panel.proposed is not None, timeout=SECONDS_MS)

        assert not nodes.page.note.isVisible()

    def test_a_file_that_is_no_card_is_refused_where_one_stands(self, qtbot, section, tmp_path):
        nodes = section("office", NodesSection)
        (tmp_path / "x.json").write_text("{}")
        nodes.propose(tmp_path / "x.json")

        qtbot.waitUntil(lambda: is_told(nodes, "problem"), timeout=SECONDS_MS)
        assert not nodes.enroll_panel.isVisible()

    def test_a_node_is_revoked_with_a_reason_and_its_card_warns_from_then_on(self, qtbot, section, world):
        world.open()
        write_card_file(world.anna, world.folder / "anna.json")
        world.close()
        nodes = section("office", NodesSection)
        nodes.nodes_view.selectRow(1)
        name = nodes.nodes.row(1).name
        nodes.node_panel.revoke_button.click()
        give_reason(nodes, "笔记本遗失")
        qtbot.waitUntil(lambda: nodes.nodes.row(1).status == "revoked", timeout=SECONDS_MS)
        assert name == "外业欧阳㛃"
        assert "笔记本遗失" in nodes.node_panel.reason_label.text()
        assert not nodes.node_panel.revoke_button.isVisible()

        nodes.propose(world.folder / "anna.json")
        qtbot.waitUntil(lambda: nodes.enroll_panel.isVisible(), timeout=SECONDS_MS)

        assert nodes.enroll_panel.note.property("tone") == "warning"

    def test_the_card_of_the_office_is_written(self, qtbot, section, tmp_path):
        nodes = section("office", NodesSection)
        nodes.write_card_to(tmp_path / "card.json")
        qtbot.waitUntil(lambda: is_told(nodes, "done"), timeout=SECONDS_MS)

        assert fingerprint(read_card((tmp_path / "card.json").read_bytes())) == nodes.nodes.row(0).fingerprint

    def test_a_laptop_shows_its_own_card_and_its_office(self, qtbot, section, tmp_path):
        own = section("anna", OwnNodeSection)
        own.write_card_to(tmp_path / "card.json")
        qtbot.waitUntil(lambda: is_told(own, "done"), timeout=SECONDS_MS)

        assert own.own_panel.fingerprint.text() == fingerprint(
            read_card((tmp_path / "card.json").read_bytes())
        )
        assert own.office_panel.name_label.text() == "云泽市政府督查室"
        assert not own.office_panel.revoke_button.isVisible()

    def test_both_screens_show_the_same_digits(self, section, world):
        world.open()
        at_home = {line.id: line.fingerprint for line in node_lines(world.office)}
        anna = world.anna.node
        world.close()
        own = section("anna", OwnNodeSection)

        assert own.own_panel.fingerprint.text() == at_home[anna]

    def test_a_name_becomes_a_file_name_every_medium_takes(self):
        assert card_file_name('外业/一组: "A"') == "外业-一组- -A-.json"
