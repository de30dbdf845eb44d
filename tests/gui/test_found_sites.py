from desktop.gui.setup.sites_section import SitesSection
from tests.gui.setup_pages import LONG_MS, loaded
from tests.services.test_begin_unplanned_visit import unplanned


def found(world, **changes):
    world.open()
    unplanned(world, **changes)
    world.bring(world.anna)
    world.close()


def sites_by_overview(qtbot, window):
    """The way an office comes there: from what waits on the overview."""
    page = window.pages["overview"]
    window.show_page("overview")

    def buttons():
        rows = (page._waiting_rows.itemAt(n).widget() for n in range(page._waiting_rows.count()))
        return [row for row in rows if "途中登记" in row.text()]

    qtbot.waitUntil(lambda: bool(buttons()), timeout=LONG_MS)
    buttons()[0].click()
    section = next(s for s in window.pages["setup"].sections if type(s) is SitesSection)
    qtbot.waitUntil(section.isVisible, timeout=LONG_MS)
    return loaded(qtbot, section)


def test_a_found_site_is_taken_up_from_the_overview(qtbot, world, window_of):
    found(world)
    section = sites_by_overview(qtbot, window_of("office"))
    qtbot.waitUntil(section.found_bar.isVisible, timeout=LONG_MS)
    assert "欧阳㛃" in section.found_bar.what_label.text()
    section.found_bar.take_up_button.click()
    qtbot.waitUntil(lambda: not section.found_bar.isVisible(), timeout=LONG_MS)

    assert "已收入点位库" in section.window().pages["setup"].note.problem_label.text()


def test_a_site_of_an_unknown_unit_asks_for_it_first(qtbot, world, window_of):
    found(world, unit="城东 农贸市场", site="")
    section = sites_by_overview(qtbot, window_of("office"))
    qtbot.waitUntil(section.found_bar.isVisible, timeout=LONG_MS)

    assert not section.found_bar.take_up_button.isEnabled()
    assert "所属单位不明" in section.found_bar.what_label.text()
    window = section.window()
    window.choose_language("en")
    try:
        qtbot.waitUntil(lambda: "Found on the road" in section.found_bar.what_label.text(), timeout=LONG_MS)
    finally:
        window.choose_language("zh")
