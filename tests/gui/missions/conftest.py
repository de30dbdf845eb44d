"""The page of missions of an office, and its editor with a new mission."""

import pytest


@pytest.fixture
def page(qtbot, window_of):
    """The missions page of an office with one issued mission."""
    window = window_of("office")
    window.resize(1366, 768)
    window.show_page("missions")
    page = window.pages["missions"]
    qtbot.waitUntil(lambda: page.missions.rowCount() > 0, timeout=10_000)
    return page


@pytest.fixture
def editor(qtbot, page):
    page.new_button.click()
    qtbot.waitUntil(lambda: page.editor.isVisible(), timeout=10_000)
    return page.editor
