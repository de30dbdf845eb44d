import json
import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from desktop.gui.main_window import MainWindow
from desktop.gui.start.start_forms import NewWorkspace
from desktop.i18n import _
from desktop.services.setup.read_card_file import write_card_file
from desktop.services.workspace import look_at_workspace
from desktop.settings import RecentWorkspace, Settings
from desktop.storage import places
from tests.services.worlds import PASSPHRASE

SECONDS_MS = 20_000


@pytest.fixture
def start(window):
    return window.start_page


def unlock(qtbot, start, folder, passphrase):
    start.ask_passphrase(folder)
    qtbot.waitUntil(lambda: start.panels.currentWidget() is start.unlock_form)
    qtbot.keyClicks(start.unlock_form.passphrase_field, passphrase)
    qtbot.keyClick(start.unlock_form.passphrase_field, Qt.Key.Key_Return)


def test_the_right_pass_phrase_opens_the_workspace(qtbot, window, start, world):
    unlock(qtbot, start, world.folder / "office", PASSPHRASE)
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert window.opened.name == "云泽市政府督查室"
    assert window.settings.recent[0].folder == str(world.folder / "office")
    assert start.unlock_form.passphrase_field.text() == ""


def test_a_pass_phrase_that_is_known_opens_the_workspace_at_once(qtbot, window, start, world):
    start.ask_passphrase(world.folder / "office", PASSPHRASE)

    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)


def test_a_wrong_pass_phrase_is_said_where_it_was_typed_and_another_try_is_free(qtbot, window, start, world):
    unlock(qtbot, start, world.folder / "office", "something else")
    qtbot.waitUntil(lambda: start.unlock_form.note.isVisible(), timeout=SECONDS_MS)

    assert start.unlock_form.done_button.isEnabled()
    assert start.unlock_form.passphrase_field.hasFocus()
    assert not window.pages


def test_a_folder_without_a_workspace_is_said(qtbot, start, tmp_path):
    start.ask_passphrase(tmp_path)

    qtbot.waitUntil(lambda: start.note.isVisible())


def test_a_new_office_is_opened_with_its_recovery_sheet_written(qtbot, window, start, tmp_path):
    form = start.office_form
    start._show_form(form)
    form.name_field.setText("云泽市政府督查室")
    form.person_field.setText("张三")
    form.folder_field.edit.setText(str(tmp_path / "office"))
    form.file_field.edit.setText(str(tmp_path / "sheet.pdf"))
    form.passphrase_field.setText("a long pass phrase")
    form.repeat_field.setText("a long pass phrase")
    form.done_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert window.opened.is_office


def test_a_field_node_joins_with_the_card_of_its_office(qtbot, window, start, world):
    world.open()
    card = world.folder / "office.card"
    write_card_file(world.office, card)
    world.close()
    form = start.field_form
    start._show_form(form)
    form.name_field.setText("外业三组")
    form.person_field.setText("赵六")
    form.folder_field.edit.setText(str(world.folder / "carl"))
    form.file_field.edit.setText(str(card))
    form.passphrase_field.setText("a long pass phrase")
    form.repeat_field.setText("a long pass phrase")
    form.done_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert window.opened.kind == "field"


def test_two_different_pass_phrases_make_nothing(start, tmp_path):
    form = start.office_form
    start._show_form(form)
    for field, text in (
        (form.name_field, "督查室"),
        (form.person_field, "张三"),
        (form.folder_field.edit, str(tmp_path / "office")),
        (form.file_field.edit, str(tmp_path / "sheet.pdf")),
        (form.passphrase_field, "a long pass phrase"),
        (form.repeat_field, "another long pass phrase"),
    ):
        field.setText(text)
    form.done_button.click()

    assert form.note.isVisible()
    assert not (tmp_path / "office").exists()
    assert form.name_field.text() == "督查室"


def test_an_empty_field_is_said(start):
    start._show_form(start.field_form)
    start.field_form.done_button.click()

    assert start.field_form.note.problem_label.text() == _("Something is still empty.")


def test_the_field_that_is_empty_is_named_and_takes_the_cursor(start):
    form = start.office_form
    start._show_form(form)
    form.name_field.setText("督查室")
    form.done_button.click()

    assert form.note.advice_label.text() == "请填写“使用人姓名”。"
    assert form.person_field.hasFocus()


def test_a_new_office_says_where_its_recovery_sheet_is_and_what_comes_first(qtbot, window, start, tmp_path):
    sheet = tmp_path / "sheet.pdf"
    start.make_office(NewWorkspace(tmp_path / "office", "督查室", "张三", sheet, "a long pass phrase"))
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)
    assert str(sheet) in window.watch_note.problem_label.text()
    assert window.watch_note.isVisible()

    page = window.pages["overview"]
    steps = [
        "录入单位，或从 Excel 导入",
        "录入人员任职",
        "录入要检查的点位",
        "登记督查人员的外业电脑",
        "新建第一个督查任务",
    ]
    qtbot.waitUntil(lambda: texts_of_buttons(page)[-5:] == steps, timeout=SECONDS_MS)
    next(button for button in page.findChildren(QPushButton) if steps[3] in button.text()).click()
    setup = window.pages["setup"]
    assert window.stack.currentWidget() is setup
    assert setup.sections[setup.tabs.currentIndex()].kind == "nodes"


def texts_of_buttons(widget):
    return [button.text().strip() for button in widget.findChildren(QPushButton)]


def test_a_recent_workspace_with_markup_and_a_long_name_is_shown_as_it_is(qtbot, window, start):
    name = "<b>粗&体</b>" * 1000
    start.show_recent([RecentWorkspace("/srv/x", name, "office")])

    tiles = [b for b in start.findChildren(QPushButton) if "<b>" in b.text()]
    assert len(tiles) == 1
    assert tiles[0].sizeHint().width() < 600
    assert "&&" in tiles[0].text()


def test_a_recent_workspace_that_is_gone_is_said_and_can_be_forgotten(qtbot, window, start, world):
    unlock(qtbot, start, world.folder / "office", PASSPHRASE)
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)
    window.leave_workspace()
    qtbot.waitUntil(lambda: not window.jobs.is_busy)
    shutil.rmtree(world.folder / "office")
    start.ask_passphrase(world.folder / "office")
    qtbot.waitUntil(lambda: start.note.isVisible())
    start.forget_wanted.emit(str(world.folder / "office"))

    assert window.settings.recent == ()


def test_a_demo_that_cannot_be_built_says_why(qtbot, start, tmp_path):
    (tmp_path / "diary.txt").write_text("mine")

    start.build_demo(tmp_path)
    qtbot.waitUntil(lambda: start.note.isVisible(), timeout=SECONDS_MS)

    assert (tmp_path / "diary.txt").exists()
    assert start.panels.currentWidget() is start._choices


def test_a_folder_on_a_stick_is_offered_to_be_carried_and_made_so(qtbot, window, start, world, monkeypatch):
    world.open()
    card = world.folder / "office.card"
    write_card_file(world.office, card)
    world.close()
    monkeypatch.setattr(places, "is_removable", lambda path, *_rest: "stick" in path.name)
    monkeypatch.setattr(look_at_workspace, "is_removable", lambda path: "stick" in path.name)
    form = start.field_form
    start._show_form(form)
    form.folder_field.edit.setText(str(world.folder / "fixed"))
    qtbot.waitUntil(lambda: window.jobs.is_quiet, timeout=SECONDS_MS)
    assert not form.portable_field.isVisible()
    form.folder_field.edit.setText(str(world.folder / "stick-of-carl"))
    qtbot.waitUntil(form.portable_field.isVisible, timeout=SECONDS_MS)
    assert not form.portable_field.isChecked()
    form.portable_field.click()
    form.name_field.setText("外业三组")
    form.person_field.setText("赵六")
    form.file_field.edit.setText(str(card))
    form.passphrase_field.setText("a long pass phrase")
    form.repeat_field.setText("a long pass phrase")
    form.done_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=SECONDS_MS)

    assert json.loads((world.folder / "stick-of-carl" / "keyslots.json").read_text())["portable"] is True


def test_a_program_that_is_carried_makes_workspaces_that_are_carried(qtbot, tmp_path):
    window = MainWindow(Settings(), tmp_path / "settings.json", is_carried=True)
    qtbot.addWidget(window)
    form = window.start_page.office_form
    window.start_page._show_form(form)
    orders = []
    form.submitted.connect(orders.append)
    form.submitted.disconnect(window.start_page.make_office)
    form.name_field.setText("督查室")
    form.person_field.setText("张三")
    form.folder_field.edit.setText(str(tmp_path / "office"))
    form.file_field.edit.setText(str(tmp_path / "sheet.pdf"))
    form.submit()

    assert form.form.isRowVisible(form.portable_field)
    assert [order.is_portable for order in orders] == [True]
