"""The page of a visit over a real workspace."""

import pytest

from tests.gui.visit_pages import LONG_MS, Hand


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop, world):
    """The page of a visit that nobody has begun."""
    laptop.activateWindow()
    laptop.show_page("visit", world.visits[2])
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and page.items_view.hasFocus(), timeout=LONG_MS)
    return page


@pytest.fixture
def hand(qtbot, page):
    return Hand(qtbot, page)
