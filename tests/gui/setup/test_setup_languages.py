"""Every section of the setup page can be said again."""

import pytest

from tests.gui.setup_section_pages import SECONDS_MS


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
