"""The quarantine in the window: what waits, what somebody has laid aside, and the way back."""

import pytest

from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.packages.merge_packages import merge_packages


@pytest.fixture
def page(qtbot, world, window_of):
    """The page of packages, with two wrong files in its quarantine."""
    world.open()
    for name in ("假日.jpg", "合影.jpg"):
        world.clock.go_on()
        merge_packages(world.office, [world.file(name, name.encode() * 100)])
    world.close()
    window = window_of("office")
    window.show_page("merge")
    page = window.pages["merge"]
    page.open_item("quarantine")
    qtbot.waitUntil(lambda: page.quarantine.rowCount() == 2, timeout=10_000)
    return page


@pytest.fixture
def panel(page):
    return page.quarantine_panel


def dismissed(qtbot, page, reason="误拖入"):
    page.quarantine_panel.dismiss_button.click()
    dialog = page.quarantine_panel.findChild(ReasonDialog)
    dialog.reason_field.setPlainText(reason)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.quarantine.rowCount() == 1, timeout=10_000)


def choose(panel, state):
    panel.state_field.setCurrentIndex(panel.state_field.findData(state))
    panel.filter_bar.changed.emit()


def test_a_dismissed_file_leaves_the_counter_and_lies_under_its_filter(qtbot, page, panel):
    assert page.tabs.tabText(2) == "待查区（2）"

    dismissed(qtbot, page)

    assert page.tabs.tabText(2) == "待查区（1）"
    assert page.note.property("tone") == "done"
    assert page.quarantine.row(0).file == "合影.jpg"
    choose(panel, "dismissed")
    assert [page.quarantine.row(0).file, page.quarantine.rowCount()] == ["假日.jpg", 1]
    assert "处置：误拖入" in panel._reason_label.text()
    choose(panel, "")
    assert page.quarantine.rowCount() == 2


def test_it_is_taken_up_again(qtbot, page, panel):
    dismissed(qtbot, page)
    choose(panel, "dismissed")
    assert (panel.take_up_button.isVisible(), panel.dismiss_button.isVisible()) == (True, False)

    panel.take_up_button.click()

    qtbot.waitUntil(lambda: page.tabs.tabText(2) == "待查区（2）", timeout=10_000)
    assert page.quarantine.rowCount() == 0
    assert (panel.take_up_button.isVisible(), panel.dismiss_button.isEnabled()) == (False, False)
    assert panel._reason_label.text().startswith("没有这样的文件")
    choose(panel, "open")
    assert page.quarantine.rowCount() == 2


def test_words_find_a_file(panel):
    panel.filter_bar.search_field.setText("合影")
    panel.filter_bar.changed.emit()

    assert [panel.lines.row(n).file for n in range(panel.lines.rowCount())] == ["合影.jpg"]


def test_what_was_chosen_stays_chosen(qtbot, page, panel):
    panel.lines_view.selectRow(1)
    page.reload()
    qtbot.waitUntil(lambda: panel.lines_view.chosen_row() is not None, timeout=10_000)

    assert panel.lines_view.chosen_row().file == "合影.jpg"


def test_one_that_was_dismissed_elsewhere_meanwhile_is_a_problem_that_is_told(qtbot, page, panel):
    object.__setattr__(panel.lines_view.chosen_row(), "id", "0" * 64)
    panel.dismiss("看过")

    qtbot.waitUntil(lambda: page.note.property("tone") == "problem", timeout=10_000)


def test_whoever_is_led_here_sees_what_waits_whatever_was_looked_at_before(qtbot, page, panel):
    choose(panel, "dismissed")
    assert page.quarantine.rowCount() == 0

    page.open_item("quarantine")

    assert page.quarantine.rowCount() == 2


def test_what_was_done_is_no_news_beside_another_tab(qtbot, page):
    dismissed(qtbot, page)

    page.tabs.setCurrentIndex(3)

    assert page.note.isHidden()
