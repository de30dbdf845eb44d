"""Pass phrases: given, changed, taken away, and never left in a field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from desktop.gui.setup import passphrases_section
from desktop.gui.setup.passphrases_section import PassphrasesSection
from desktop.keys.keyslots import read_keyslots
from desktop.services.setup.add_person import add_person
from desktop.services.setup.change_passphrase import change_passphrase
from tests.gui.setup_section_pages import MARKUP, SECONDS_MS, give_reason
from tests.services.worlds import FAST, PASSPHRASE

OTHER = "another-passphrase"


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
