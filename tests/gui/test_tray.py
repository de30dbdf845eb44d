import pytest
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop.gui.main_window import MainWindow
from desktop.settings import Settings, Theme

LONG_MS = 20_000


@pytest.fixture
def window(qtbot, tmp_path):
    """On a desktop with a tray."""
    window = MainWindow(Settings(theme=Theme.LIGHT), tmp_path / "settings.json", has_tray=lambda: True)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()


@pytest.fixture
def laptop(qtbot, window_of):
    laptop = window_of("anna")
    qtbot.waitUntil(lambda: laptop.status_line.status is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)
    return laptop


def test_the_sign_in_the_tray_names_nothing_of_the_work(laptop):
    assert laptop.tray.sign.toolTip() == "文档处理"
    assert not laptop.tray.sign.icon().isNull()
    menu = [action.text() for action in laptop.tray.sign.contextMenu().actions()]
    assert menu == ["锁定", "显示窗口", "退出"]


def test_one_click_on_the_sign_locks(qtbot, laptop):
    QApplication.clipboard().setText("澄湖区政务大厅")

    laptop.tray.sign.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    qtbot.waitUntil(lambda: not laptop.jobs.is_busy, timeout=LONG_MS)

    assert (laptop.opened, laptop.pages, laptop.windowTitle()) == (None, {}, "文档处理")
    assert laptop.isMinimized()
    assert QApplication.clipboard().text() == ""


def test_the_menu_of_the_sign_is_opened_without_locking(laptop):
    laptop.tray.sign.activated.emit(QSystemTrayIcon.ActivationReason.Context)

    assert laptop.opened is not None


def test_a_locked_window_comes_up_again_by_the_sign(qtbot, laptop):
    laptop.tray.lock_action.trigger()
    laptop.tray.show_action.trigger()

    qtbot.waitUntil(lambda: not laptop.isMinimized() and laptop.isVisible(), timeout=LONG_MS)
    assert laptop.windowTitle() == "文档处理"


def test_quitting_by_the_sign_says_first_what_was_not_exported(laptop):
    laptop.tray.quit_action.trigger()

    assert laptop.isVisible()
    assert laptop.leave_note.isVisible()


def test_quitting_by_the_sign_twice_means_it_and_the_sign_goes_too(laptop):
    laptop.tray.quit_action.trigger()
    laptop.tray.quit_action.trigger()

    assert not laptop.isVisible()
    assert not laptop.tray.sign.isVisible()


def test_without_a_tray_there_is_no_sign_and_everything_else_works(qtbot, tmp_path):
    window = MainWindow(Settings(theme=Theme.LIGHT), tmp_path / "settings.json", has_tray=lambda: False)
    with qtbot.waitExposed(window):
        window.show()
    assert window.tray.sign is None
    window.quit()

    assert not window.isVisible()
