"""The sections of the setup page on real workspaces."""

import pytest

from tests.gui.setup_section_pages import SECONDS_MS


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
