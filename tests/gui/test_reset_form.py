"""A forgotten pass phrase: from the quiet line of the unlock form to the open workspace."""

import pytest

from desktop.keys.keyslots import read_keyslots
from desktop.keys.recovery import grouped
from desktop.keys.sealing import new_identity
from desktop.services.setup.add_person import add_person
from tests.services.worlds import FAST

LONG_MS = 20_000
NEW = "a quite new pass phrase"


@pytest.fixture
def form(qtbot, window, world):
    """The form for anna's laptop, reached from the unlock form."""
    world.open()
    add_person(world.anna, "赵六", "another-passphrase", cost=FAST)
    world.close()
    start = window.start_page
    start.ask_passphrase(world.folder / "anna")
    qtbot.waitUntil(start.unlock_form.isVisible, timeout=LONG_MS)
    start.unlock_form.forgotten_button.click()
    return start.reset.form


def test_the_recovery_key_sets_a_new_pass_phrase_for_a_chosen_person(qtbot, window, world, form):
    assert form.isVisible()
    assert not form.new_field.isVisible()
    form.key_field.setText(grouped(world.recovery_key))
    qtbot.waitUntil(lambda: form.person_field.count() == 2, timeout=LONG_MS)
    assert "校验无误" in form.check_label.text()
    assert [form.person_field.itemText(n) for n in range(2)] == ["欧阳㛃（1）", "赵六（2）"]
    form.person_field.setCurrentIndex(1)
    form.new_field.setText(NEW)
    form.repeat_field.setText(NEW)
    form.done_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=LONG_MS)

    assert window.opened.person == "赵六"
    assert not form.key_field.text() + form.new_field.text() + form.repeat_field.text()


def test_typing_is_checked_as_it_goes(qtbot, world, form):
    key = world.recovery_key
    form.key_field.setText(key[:30])
    assert "已输入字母和数字：27 / 71" in form.check_label.text()
    form.key_field.setText(key[:-1] + ("Q" if key[-1] != "Q" else "P"))
    assert "逐组核对" in form.check_label.text()
    form.key_field.clear()

    assert form.check_label.text() == ""
    assert not form.done_button.isEnabled()


def test_the_key_of_another_office_is_refused_in_the_form_and_counted(qtbot, world, form):
    form.key_field.setText(new_identity())
    qtbot.waitUntil(form.note.isVisible, timeout=LONG_MS)

    assert not form.done_button.isEnabled()
    assert read_keyslots(world.folder / "anna" / "keyslots.json").failures == 1


def test_a_file_with_the_key_fills_the_field(qtbot, world, form):
    file = world.file("key.txt", f"恢复密钥：\n{grouped(world.recovery_key)}\n".encode())
    form.file_chosen.emit(file)
    qtbot.waitUntil(lambda: form.person_field.count() == 2, timeout=LONG_MS)

    assert form.key_field.text() == grouped(world.recovery_key)
    form.key_field.clear()
    form.file_chosen.emit(world.folder / "gone.txt")
    qtbot.waitUntil(form.note.isVisible, timeout=LONG_MS)


def test_two_pass_phrases_that_differ_set_nothing(qtbot, world, form):
    form.key_field.setText(world.recovery_key)
    qtbot.waitUntil(lambda: form.person_field.count() == 2, timeout=LONG_MS)
    form.submit()
    assert form.note.isVisible()
    form.new_field.setText(NEW)
    form.repeat_field.setText("another one")
    before = (world.folder / "anna" / "keyslots.json").read_bytes()
    form.done_button.click()

    assert form.note.isVisible()
    assert (world.folder / "anna" / "keyslots.json").read_bytes() == before


def test_the_key_is_shown_only_on_demand_and_forgotten_on_the_way_back(qtbot, window, world, form):
    assert form.key_field.echoMode() is form.key_field.EchoMode.Password
    form.show_box.setChecked(True)
    assert form.key_field.echoMode() is form.key_field.EchoMode.Normal
    form.key_field.setText(world.recovery_key)
    form.back_button.click()

    assert form.key_field.text() == ""
    assert not form.isVisible()
