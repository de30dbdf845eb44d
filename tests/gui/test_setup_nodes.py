"""The setup page about nodes, pass phrases, backups, the log and verification, on real workspaces."""

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit

from desktop.gui.setup import passphrases_section
from desktop.gui.setup.backups_section import BackupsSection
from desktop.gui.setup.log_section import LogSection
from desktop.gui.setup.nodes_section import NodesSection
from desktop.gui.setup.own_node_section import OwnNodeSection
from desktop.gui.setup.passphrases_section import PassphrasesSection
from desktop.gui.setup.verify_section import VerifySection
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.keys.card import fingerprint, read_card
from desktop.keys.keyslots import read_keyslots
from desktop.services.records.log_words import LogGroup
from desktop.services.setup.add_person import add_person
from desktop.services.setup.change_passphrase import change_passphrase
from desktop.services.setup.create_workspace import create_field_node
from desktop.services.setup.list_nodes import node_lines
from desktop.services.setup.read_card_file import card_file_name, write_card_file
from desktop.services.upkeep.find_log_lines import Period
from tests.services.worlds import FAST, PASSPHRASE

pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")
SECONDS_MS = 20_000
MARKUP = "<b>赵&六</b>"
OTHER = "another-passphrase"


@pytest.fixture
def section(window_of, qtbot):
    """The section of this class, in the window of this workspace, with what it reads."""

    def section(name, kind):
        window = window_of(name)
        window.show_page("setup", kind)
        page = window.pages["setup"]
        found = next(each for each in page.sections if type(each) is kind)
        qtbot.waitUntil(lambda: found.isVisible() and window.jobs.is_quiet, timeout=SECONDS_MS)
        found.page = page
        return found

    return section


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


def note_of(section):
    return section.page.note


def is_told(section, tone):
    return section.page.note.isVisible() and section.page.note.property("tone") == tone


def drop(zone, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    zone.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), *how))
    zone.dropEvent(QDropEvent(QPoint(5, 5), *how))


def give_reason(section, text):
    dialog = section.findChild(ReasonDialog)
    dialog.reason_field.setPlainText(text)
    dialog.done_button.click()


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


@pytest.fixture
def fast(monkeypatch):
    """Pass phrases at the cost of tests."""

    def adding(workspace, name, passphrase):
        return add_person(workspace, name, passphrase, cost=FAST)

    def changing(workspace, old, new):
        return change_passphrase(workspace, old, new, cost=FAST)

    monkeypatch.setattr(passphrases_section, "add_person", adding)
    monkeypatch.setattr(passphrases_section, "change_passphrase", changing)


def typed_secrets(section):
    return [
        field.text()
        for field in section.findChildren(QLineEdit)
        if field.echoMode() is QLineEdit.EchoMode.Password and field.text()
    ]


def add(section, name, passphrase=OTHER, again=OTHER):
    section.add_button.click()
    panel = section.add_panel
    panel.name_field.setText(name)
    panel.new_field.setText(passphrase)
    panel.repeat_field.setText(again)
    panel.submit()


@pytest.mark.usefixtures("fast")
class TestPassphrases:
    def test_somebody_else_gets_a_pass_phrase_and_nothing_typed_is_left(self, qtbot, section, world):
        people = section("office", PassphrasesSection)
        add(people, MARKUP)
        qtbot.waitUntil(lambda: people.people.rowCount() == 2, timeout=SECONDS_MS)

        assert people.people.row(1).name == MARKUP
        assert typed_secrets(people) == []
        assert set(read_keyslots(world.folder / "office" / "keyslots.json").slots) == {"1", "2"}

    def test_the_same_name_is_refused_in_the_form_and_what_was_typed_stays(self, qtbot, section):
        people = section("office", PassphrasesSection)
        add(people, "张三")
        panel = people.add_panel
        qtbot.waitUntil(lambda: panel.note.isVisible(), timeout=SECONDS_MS)

        assert panel.note.problem_label.text() == "张三已能解锁本工作库，登录名为 1。"
        assert panel.name_field.text() == "张三"
        assert panel.done_button.isEnabled()
        people.leave()
        assert typed_secrets(people) == []

    def test_two_different_pass_phrases_are_not_sent(self, section):
        people = section("office", PassphrasesSection)
        add(people, "赵六", again="another one")

        assert people.add_panel.note.isVisible()
        assert people.add_panel.done_button.isEnabled()

    def test_the_own_pass_phrase_is_changed_with_the_old_one(self, qtbot, section, world):
        people = section("office", PassphrasesSection)
        people.person_panel.change_button.click()
        panel = people.change_panel
        panel.old_field.setText("not this one")
        panel.new_field.setText(OTHER)
        panel.repeat_field.setText(OTHER)
        panel.submit()
        qtbot.waitUntil(lambda: panel.note.isVisible(), timeout=SECONDS_MS)
        panel.old_field.setText(PASSPHRASE)
        qtbot.keyClick(panel.repeat_field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: people.person_panel.isVisible(), timeout=SECONDS_MS)

        slots = read_keyslots(world.folder / "office" / "keyslots.json")
        assert slots.open("1", OTHER)
        assert typed_secrets(people) == []

    def test_a_pass_phrase_is_taken_away_with_a_reason_but_never_the_own_one(self, qtbot, section, world):
        people = section("office", PassphrasesSection)
        add(people, "赵六")
        qtbot.waitUntil(lambda: people.people.rowCount() == 2, timeout=SECONDS_MS)
        assert not people.person_panel.remove_button.isVisible()
        people.people_view.selectRow(1)
        people.person_panel.remove_button.click()
        give_reason(people, "调离")
        qtbot.waitUntil(lambda: people.people.rowCount() == 1, timeout=SECONDS_MS)

        assert set(read_keyslots(world.folder / "office" / "keyslots.json").slots) == {"1"}


class TestBackups:
    def test_a_complete_backup_takes_the_warning_away(self, qtbot, section, tmp_path):
        backups = section("anna", BackupsSection)
        assert backups.warning.isVisible()
        backups.back_up_to(tmp_path)
        qtbot.waitUntil(lambda: backups.complete.rowCount() == 1, timeout=SECONDS_MS)

        assert not backups.warning.isVisible()
        assert len(list(tmp_path.glob("mingcha-backup-*/backup.json"))) == 1
        assert not backups.progress.isVisible()

    def test_one_made_now_stands_in_the_list_and_is_found_sound(self, qtbot, section, world):
        world.clock.go_on()
        backups = section("office", BackupsSection)
        before = backups.rolling.rowCount()
        backups.now_button.click()
        qtbot.waitUntil(lambda: backups.rolling.rowCount() == before + 1, timeout=SECONDS_MS)
        backups.check_button.click()
        qtbot.waitUntil(lambda: bool(backups.checked), timeout=SECONDS_MS)

        assert set(backups.checked.values()) == {True}
        assert is_told(backups, "done")

    def test_a_damaged_one_is_named(self, qtbot, section, world):
        world.clock.go_on()
        backups = section("anna", BackupsSection)
        backups.now_button.click()
        qtbot.waitUntil(lambda: backups.rolling.rowCount() > 0 and backups.now_button.isEnabled())
        name = backups.rolling.row(0).name
        file = world.folder / "anna" / "backups" / name
        file.write_bytes(b"\0" * file.stat().st_size)
        backups.check()
        qtbot.waitUntil(lambda: is_told(backups, "problem"), timeout=SECONDS_MS)

        assert name in note_of(backups).problem_label.text()

    def test_a_stopped_backup_leaves_nothing_behind(self, qtbot, section, world, tmp_path):
        world.open()
        for number in range(60):
            world.file(f"{number}.txt", b"%d" % number)
        world.record(
            world.anna, world.visits[0], evidence=[{"path": f"{number}.txt"} for number in range(60)]
        )
        world.close()
        backups = section("anna", BackupsSection)
        backups.back_up_to(tmp_path)
        backups.progress.stop_button.click()
        qtbot.waitUntil(lambda: backups.folder_button.isEnabled(), timeout=SECONDS_MS)

        assert list(tmp_path.glob("mingcha-backup-*")) == []

    def test_a_folder_that_cannot_be_written_says_why(self, qtbot, section, tmp_path):
        backups = section("anna", BackupsSection)
        backups.back_up_to(tmp_path / "nowhere")
        qtbot.waitUntil(lambda: is_told(backups, "problem"), timeout=SECONDS_MS)

        assert backups.folder_button.isEnabled()


def choose(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


class TestLog:
    def test_it_is_searched_filtered_and_written(self, qtbot, section, tmp_path):
        log = section("office", LogSection)
        whole = log.lines.rowCount()
        choose(log.group_field, LogGroup.KEYS)
        qtbot.waitUntil(lambda: 0 < log.lines.rowCount() < whole, timeout=SECONDS_MS)
        assert {log.lines.row(n).event for n in range(log.lines.rowCount())} == {"enrolled"}
        log.search.search_field.setText("王五")
        qtbot.waitUntil(lambda: log.lines.rowCount() == 1, timeout=SECONDS_MS)
        log.export_to(tmp_path / "log.xlsx")
        qtbot.waitUntil(lambda: is_told(log, "done"), timeout=SECONDS_MS)

        sheet = load_workbook(tmp_path / "log.xlsx").active
        assert [cell.value for cell in sheet[3]][3:6:2] == ["登记设备节点", "外业王五"]

    def test_nothing_found_says_so(self, qtbot, section):
        log = section("office", LogSection)
        log.search.search_field.setText("没有这个词")

        qtbot.waitUntil(lambda: log.sides.currentIndex() == 1, timeout=SECONDS_MS)
        assert not log.export_button.isEnabled()

    def test_a_person_a_period_and_this_computer_narrow_it(self, qtbot, section):
        log = section("anna", LogSection)
        assert log.person_field.count() >= 2
        log.own_box.setChecked(True)
        choose(log.period_field, Period.YEAR)
        choose(log.person_field, log.person_field.itemData(1))
        name = log.person_field.itemText(1)

        qtbot.waitUntil(
            lambda: {log.lines.row(n).by for n in range(log.lines.rowCount())} <= {name},
            timeout=SECONDS_MS,
        )


class TestVerification:
    def test_a_sound_workspace_says_so_with_its_figures(self, qtbot, section):
        verify = section("office", VerifySection)
        verify.verify_button.click()
        qtbot.waitUntil(lambda: verify.verification is not None, timeout=SECONDS_MS)

        assert verify.result.property("tone") == "done"
        assert int(verify.figures["entries"].figure_label.text()) > 10
        assert verify.verify_button.isEnabled()

    def test_a_damaged_file_is_named_in_the_words_of_the_user(self, qtbot, section, world):
        world.open()
        world.file("a.txt", b"photo bytes")
        world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
        world.close()
        (stored,) = [path for path in (world.folder / "anna" / "objects").rglob("*") if path.is_file()]
        stored.unlink()
        verify = section("anna", VerifySection)
        verify.verify()
        qtbot.waitUntil(lambda: verify.findings.rowCount() == 1, timeout=SECONDS_MS)

        assert verify.result.property("tone") == "problem"
        assert verify.findings.data(verify.findings.index(0, 0)) == "缺失"
        assert "a.txt" in verify.meaning_label.text()

    def test_it_can_be_stopped(self, qtbot, section):
        verify = section("office", VerifySection)
        verify.verify()
        verify.progress.stop_button.click()
        qtbot.waitUntil(lambda: verify.verify_button.isEnabled(), timeout=SECONDS_MS)

        assert verify.verification is None

    def test_leaving_the_workspace_does_not_wait_for_it(self, qtbot, section, window):
        verify = section("office", VerifySection)
        verify.verify()
        window.leave_workspace()

        qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=SECONDS_MS)


@pytest.mark.parametrize("name", ["office", "anna"])
def test_every_section_can_be_said_again(qtbot, window_of, name):
    window = window_of(name)
    window.show_page("setup")
    page = window.pages["setup"]
    for number in range(page.tabs.count()):
        page.tabs.setCurrentIndex(number)
        qtbot.waitUntil(lambda: window.jobs.is_quiet, timeout=SECONDS_MS)
    window.choose_language("en")

    qtbot.waitUntil(lambda: page.tabs.tabText(page.tabs.count() - 1) == "Verification")
