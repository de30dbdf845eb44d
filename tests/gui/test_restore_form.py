"""Restoring a backup from the first page, by pass phrase and with nothing but the recovery sheet."""

import pytest
from PySide6.QtWidgets import QLineEdit

from desktop.keys.keyslots import read_keyslots
from desktop.keys.recovery import grouped
from desktop.services.setup.add_person import add_person
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from tests.services.worlds import FAST, PASSPHRASE

SECONDS_MS = 20_000
NEW = "a quite new pass phrase"


@pytest.fixture
def backup(world):
    world.open()
    add_person(world.office, "赵六", "another-passphrase", cost=FAST)
    folder = back_up_workspace(world.office, world.stick).folder
    world.close()
    return folder


@pytest.fixture
def form(qtbot, window, backup, tmp_path):
    """The form with the folders filled in and the logins of the backup read."""
    start = window.start_page
    start._show_form(start.restore_form)
    start.restore_form.backup_field.edit.setText(str(backup))
    start.restore_form.folder_field.edit.setText(str(tmp_path / "restored"))
    qtbot.waitUntil(lambda: start.restore_form.login_field.count() == 2, timeout=SECONDS_MS)
    return start.restore_form


def secrets_left(form):
    return [
        field.text()
        for field in (form.key_field, form.passphrase_field, form.new_field, form.repeat_field)
        if field.text()
    ]


def test_with_a_pass_phrase_of_that_day_the_workspace_opens(qtbot, window, form, tmp_path):
    assert form.login_field.isVisible()
    assert not form.key_field.isVisible()
    form.passphrase_field.setText(PASSPHRASE)
    form.done_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert window.opened.folder == tmp_path / "restored"
    assert window.opened.person == "张三"
    assert secrets_left(form) == []
    assert window.watch_note.isVisible()
    assert "已恢复到备份当日" in window.watch_note.problem_label.text()
    assert "重新合并" in window.watch_note.advice_label.text()


def test_a_wrong_pass_phrase_restores_nothing_and_says_so(qtbot, form, tmp_path):
    form.passphrase_field.setText("not this one at all")
    form.done_button.click()
    qtbot.waitUntil(lambda: form.note.isVisible(), timeout=SECONDS_MS)

    assert not (tmp_path / "restored").exists()
    assert form.done_button.isEnabled()
    assert not form.progress.isVisible()


def test_the_recovery_sheet_alone_opens_it_with_a_new_pass_phrase(qtbot, window, form, world, tmp_path):
    form.sheet_box.setChecked(True)
    assert not form.passphrase_field.isVisible()
    assert form.key_field.echoMode() is QLineEdit.EchoMode.Password
    form.show_box.setChecked(True)
    assert form.key_field.echoMode() is QLineEdit.EchoMode.Normal
    form.key_field.setText(grouped(world.recovery_key))
    form.new_field.setText(NEW)
    form.repeat_field.setText(NEW)
    form.submit()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert read_keyslots(tmp_path / "restored" / "keyslots.json").open("1", NEW)
    assert secrets_left(form) == []
    assert form.key_field.echoMode() is QLineEdit.EchoMode.Password


def test_a_mistyped_key_is_said_and_what_was_typed_stays(qtbot, form, world):
    form.sheet_box.setChecked(True)
    form.key_field.setText(world.recovery_key[:-1] + ("2" if world.recovery_key[-1] != "2" else "3"))
    form.new_field.setText(NEW)
    form.repeat_field.setText(NEW)
    form.submit()
    qtbot.waitUntil(lambda: form.note.isVisible(), timeout=SECONDS_MS)

    assert form.key_field.text()


@pytest.mark.parametrize(("key", "new", "again"), [("", NEW, NEW), ("x", "", ""), ("x", NEW, "other")])
def test_what_is_incomplete_is_not_sent(form, key, new, again, tmp_path):
    form.sheet_box.setChecked(True)
    form.key_field.setText(key)
    form.new_field.setText(new)
    form.repeat_field.setText(again)
    form.submit()

    assert form.note.isVisible()
    assert form.done_button.isEnabled()
    assert not (tmp_path / "restored").exists()


def test_a_folder_that_is_no_backup_is_refused(qtbot, form, tmp_path):
    form.backup_field.edit.setText(str(tmp_path))
    form.passphrase_field.setText(PASSPHRASE)
    form.submit()
    qtbot.waitUntil(lambda: form.note.isVisible(), timeout=SECONDS_MS)

    qtbot.waitUntil(lambda: form.login_field.count() == 0, timeout=SECONDS_MS)


def test_a_stopped_restore_leaves_nothing_behind(qtbot, window, form, tmp_path):
    form.passphrase_field.setText(PASSPHRASE)
    form.submit()
    form.progress.stop_button.click()
    qtbot.waitUntil(lambda: form.done_button.isEnabled() or bool(window.pages), timeout=SECONDS_MS)

    assert window.pages or not (tmp_path / "restored").exists()


def test_leaving_the_form_forgets_what_was_typed(form, window):
    form.passphrase_field.setText(PASSPHRASE)
    form.back_button.click()
    window.start_page._show_form(form)

    assert secrets_left(form) == []
    assert form.backup_field.edit.text() == ""
