"""A workspace that somebody else has open is opened for reading only."""

import pytest

from tests.services.worlds import PASSPHRASE

LONG_MS = 20_000


@pytest.fixture
def form(qtbot, window, world):
    """The unlock form of an office that is open elsewhere, after it was refused."""
    world.office = world.opened("office")
    start = window.start_page
    start.ask_passphrase(world.folder / "office")
    qtbot.waitUntil(start.unlock_form.isVisible, timeout=LONG_MS)
    assert not start.unlock_form.reading_button.isVisible()
    start.unlock_form.passphrase_field.setText(PASSPHRASE)
    start.unlock_form.submit()
    qtbot.waitUntil(start.unlock_form.note.isVisible, timeout=LONG_MS)
    return start.unlock_form


@pytest.fixture
def reading(qtbot, window, form):
    assert form.reading_button.isVisible()
    form.reading_button.click()
    qtbot.waitUntil(lambda: bool(window.pages), timeout=LONG_MS)
    return window


def test_the_pages_show_and_a_banner_says_that_nothing_can_be_changed(qtbot, reading):
    page = reading.pages["missions"]
    reading.show_page("missions")
    qtbot.waitUntil(lambda: page.missions.rowCount() == 1, timeout=LONG_MS)

    assert "只读打开" in reading.watch_note.problem_label.text()
    assert "只读" in reading.status_line._place_label.text()


def test_what_would_change_something_is_refused_where_it_is_tried(qtbot, reading, world):
    page = reading.pages["missions"]
    reading.show_page("missions")
    qtbot.waitUntil(lambda: page.missions.rowCount() == 1, timeout=LONG_MS)
    page.deeds.withdraw("改期")
    qtbot.waitUntil(page.note.isVisible, timeout=LONG_MS)

    assert "不能改动" in page.note.problem_label.text()
    assert [row["status"] for row in world.office.db.query("SELECT status FROM mission")] == ["已下达"]


def test_another_refusal_offers_no_reading(qtbot, form):
    form.passphrase_field.setText("not the right one")
    form.submit()
    qtbot.waitUntil(lambda: "口令不正确" in form.note.problem_label.text(), timeout=LONG_MS)

    assert not form.reading_button.isVisible()
