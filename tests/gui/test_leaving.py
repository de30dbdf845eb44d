from threading import Event

import pytest
from PySide6.QtGui import QCloseEvent

from desktop.gui.workspace_watch import WorkspaceWatch
from desktop.i18n import _
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.workspace.look_at_workspace import is_workspace_there

LONG_MS = 20_000


class ClosedByTheUser(QCloseEvent):
    """As it comes from the window system when the cross is pressed."""

    def spontaneous(self):
        return True


def press_the_cross(window):
    """Whether the window closes by it; it is then closed as the program closes it, once."""
    event = ClosedByTheUser()
    if window._asks_before_closing():
        window.leave_note.hide()
        window.closeEvent(event)
        return event.isAccepted()
    return window.close()


@pytest.fixture
def laptop(qtbot, window_of):
    laptop = window_of("anna")
    qtbot.waitUntil(lambda: laptop.status_line.status is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)
    return laptop


def test_unexported_work_is_said_before_the_window_closes(laptop):
    assert not press_the_cross(laptop)
    assert laptop.isVisible()
    assert laptop.leave_note.isVisible()
    assert laptop.leave_note.what_label.text() == _("Visits stored on this computer only: {count}").format(
        count=1
    )
    laptop.leave_note.export_button.click()
    assert laptop.stack.currentWidget() is laptop.pages["export"]
    assert not laptop.leave_note.isVisible()


def test_who_closes_twice_means_it(laptop):
    assert not press_the_cross(laptop)
    assert press_the_cross(laptop)
    assert not laptop.isVisible()


def test_close_anyway_closes(laptop):
    press_the_cross(laptop)
    laptop.leave_note.leave_button.click()

    assert not laptop.isVisible()


def test_keep_working_puts_the_note_away(laptop):
    press_the_cross(laptop)
    laptop.leave_note.stay_button.click()

    assert laptop.isVisible()
    assert not laptop.leave_note.isVisible()


def test_the_evidence_is_counted_too(qtbot, world, laptop):
    photo = world.file("photo.bin", b"photo")
    laptop.jobs.write(lambda workspace: attach_evidence(workspace, world.visits[2], [photo]))
    qtbot.waitUntil(lambda: laptop.status_line.status.evidence_not_exported == 1, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)

    assert not press_the_cross(laptop)
    assert "2 次检查、1 件证据" in laptop.leave_note.what_label.text()


def test_a_workspace_that_was_left_before_is_said_by_its_name(qtbot, world, laptop, window_of):
    laptop.leave_workspace()
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)
    assert not press_the_cross(laptop)
    assert laptop.leave_note.what_label.text() == "anna：1 次检查只存在本机，尚未导出"
    assert not laptop.leave_note.export_button.isVisible()
    laptop.leave_note.stay_button.click()
    window_of("bert")
    qtbot.waitUntil(
        lambda: laptop.status_line.status is not None and not laptop.jobs.is_busy, timeout=LONG_MS
    )

    assert not press_the_cross(laptop)
    assert laptop.leave_note.what_label.text().startswith("anna")


def test_a_workspace_that_is_open_again_is_named_once(qtbot, laptop, window_of):
    laptop.leave_workspace()
    laptop.pages = {}
    window_of("anna")
    qtbot.waitUntil(
        lambda: laptop.status_line.status is not None and not laptop.jobs.is_busy, timeout=LONG_MS
    )

    assert not press_the_cross(laptop)
    assert laptop.leave_note.what_label.text() == "1 次检查只存在本机，尚未导出"


def test_after_a_quick_lock_the_screen_says_nothing_of_the_work(qtbot, laptop):
    laptop.lock()
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)

    assert press_the_cross(laptop)


def test_what_is_being_written_is_said_too(qtbot, window_of):
    office = window_of("office")
    go_on = Event()
    office.jobs.write(lambda _workspace: go_on.wait(10))
    assert not press_the_cross(office)
    assert not office.leave_note.export_button.isVisible()
    office.leave_note.stay_button.click()
    go_on.set()
    qtbot.waitUntil(lambda: not office.jobs.is_busy, timeout=LONG_MS)

    assert press_the_cross(office)


def test_a_form_that_was_not_saved_is_said_before_the_window_closes(qtbot, window_of):
    office = window_of("office")
    office.show_page("setup", "units")
    setup = office.pages["setup"]
    section = setup.sections[setup.tabs.currentIndex()]
    qtbot.waitUntil(lambda: section.rows.rowCount() > 0, timeout=LONG_MS)
    section.begin()
    section.panel.form.fields["name"].setText("没有类型的单位")
    qtbot.waitUntil(lambda: not office.jobs.is_busy, timeout=LONG_MS)

    assert not press_the_cross(office)
    assert office.leave_note.what_label.text() == "“设置”页中填写的内容尚未保存。"
    assert not office.leave_note.export_button.isVisible()
    office.leave_note.stay_button.click()
    assert section.panel.is_changed
    section.panel.discard()
    assert press_the_cross(office)


def test_an_office_and_an_exported_laptop_close_at_once(qtbot, laptop, tmp_path):
    laptop.show_page("export")
    laptop.pages["export"].export_to(tmp_path)
    qtbot.waitUntil(lambda: laptop.status_line.not_exported == 0, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)

    assert press_the_cross(laptop)


def test_a_workspace_that_is_pulled_out_is_noticed_and_explained(qtbot, jobs, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "keyslots.json").write_text("{}")
    watch = WorkspaceWatch(jobs)
    watch.watch(stick)
    stick.rename(tmp_path / "pulled")
    with qtbot.waitSignal(watch.vanished, timeout=LONG_MS) as vanished:
        watch.look()
    assert str(stick) in vanished.args[0].problem
    assert not watch.is_there
    (tmp_path / "pulled").rename(stick)
    with qtbot.waitSignal(watch.returned, timeout=LONG_MS):
        watch.look()
    watch.watch(None)
    assert watch.is_there


def test_the_window_shows_that_the_workspace_is_gone_and_back(qtbot, laptop, world):
    folder = laptop.opened.folder
    folder.rename(folder.with_name("pulled"))
    laptop.watch.look()
    qtbot.waitUntil(laptop.watch_note.isVisible, timeout=LONG_MS)
    assert laptop.watch_note.property("tone") == "problem"
    assert laptop.status_line._saved_label.text() == "现在无法保存"
    folder.with_name("pulled").rename(folder)
    laptop.watch.look()
    qtbot.waitUntil(lambda: laptop.watch_note.property("tone") == "warning", timeout=LONG_MS)
    qtbot.waitUntil(lambda: laptop.status_line._saved_label.text() == "已全部保存", timeout=LONG_MS)

    laptop.leave_workspace()
    assert not laptop.watch_note.isVisible()


def test_a_folder_that_answers_with_errors_is_not_there(tmp_path):
    assert not is_workspace_there(tmp_path / ("x" * 300))
