import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLabel, QTabBar, QToolButton

from desktop.gui.start.start_tiles import Tile
from desktop.gui.widgets.fitting import fitting
from desktop.gui.window_fit import FIRST_SIZE, SMALLEST, RoomForPages
from desktop.i18n import LANGUAGES, use_language
from desktop.services.missions.keep_form import NEW
from desktop.settings import RecentWorkspace
from tests.gui.whole_texts import is_cut, shown

LAPTOP = QSize(1366, 768)
LAPTOP_AT_150 = QSize(910, 512)
DESKTOP = QSize(1920, 1080)


def put_on_small_screen(window):
    window.setMinimumSize(fitting(SMALLEST, LAPTOP_AT_150))
    window.resize(fitting(SMALLEST, LAPTOP_AT_150))


def small_visit(window, world, qtbot):
    """The page of a visit that is being recorded on a small screen, and the area around it."""
    put_on_small_screen(window)
    window.show_page("visit", world.visits[2])
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and window.jobs.is_quiet, timeout=20_000)
    return page, window.findChild(RoomForPages)


def every_tab(window, qtbot):
    """Bring every page and every tab of it to the front, and wait until it is filled."""
    for page in window.pages:
        window.show_page(page)
        bars = [bar for bar in window.pages[page].findChildren(QTabBar) if bar.isVisible()]
        for number in range(bars[0].count() if bars else 1):
            if bars:
                bars[0].setCurrentIndex(number)
            qtbot.waitUntil(lambda: window.jobs.is_quiet, timeout=20_000)
            QApplication.processEvents()
            yield page, number


def is_on(screen, size):
    return size.width() <= screen.width() and size.height() < screen.height()


def test_the_first_window_lies_on_the_screen_with_its_status_line():
    for screen in (LAPTOP, LAPTOP_AT_150, DESKTOP):
        assert is_on(screen, fitting(FIRST_SIZE, screen))
    assert fitting(FIRST_SIZE, DESKTOP) == FIRST_SIZE


def test_the_smallest_window_fits_a_screen_that_shows_everything_larger():
    assert is_on(LAPTOP_AT_150, fitting(SMALLEST, LAPTOP_AT_150))
    assert fitting(SMALLEST, LAPTOP) == SMALLEST


def test_the_window_asks_its_screen(window):
    assert window.minimumSize() == fitting(SMALLEST, window.screen().availableSize())


def test_on_a_small_screen_the_pages_are_scrolled_and_not_squeezed(window_of):
    window = window_of("office")
    put_on_small_screen(window)
    QApplication.processEvents()
    area = window.findChild(RoomForPages)
    overview = window.pages["overview"]
    assert overview.height() == overview.minimumSizeHint().height() > area.viewport().height()
    assert area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("name", ["office", "anna"])
def test_on_a_small_screen_the_whole_sidebar_is_seen(window_of, name, qtbot):
    window = window_of(name)
    put_on_small_screen(window)
    QApplication.processEvents()
    buttons = [each for each in window.sidebar.findChildren(QToolButton) if each.isVisible()]
    assert len(buttons) == len(window.pages) + 4
    qtbot.waitUntil(lambda: all(each.visibleRegion().boundingRect() == each.rect() for each in buttons))


def test_in_a_lower_window_the_sidebar_follows_the_focus(window_of, qtbot):
    window = window_of("office")
    window.setMinimumSize(680, 340)
    window.resize(683, 360)
    QApplication.processEvents()
    window.activateWindow()
    about = window.sidebar.about_button
    qtbot.waitUntil(lambda: about.visibleRegion().isEmpty())
    window.sidebar.language_button.setFocus()
    QTest.keyClick(window.sidebar.language_button, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: not about.visibleRegion().isEmpty())


def test_a_key_that_leads_to_a_field_out_of_sight_scrolls_to_it(window_of, world, qtbot):
    page, area = small_visit(window_of("anna"), world, qtbot)
    facts = page.editor.facts_field
    assert area.verticalScrollBar().maximum() > 0
    area.verticalScrollBar().setValue(0)
    page.items_view.setFocus()
    page.show_facts()
    qtbot.waitUntil(lambda: facts.visibleRegion().boundingRect().height() >= facts.height() - 2)


def test_what_is_told_on_a_small_screen_is_seen(window_of, qtbot):
    window = window_of("office")
    put_on_small_screen(window)
    area, page = window.findChild(RoomForPages), window.pages["overview"]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    page.note.show_done("Saved.")

    qtbot.waitUntil(lambda: area.verticalScrollBar().value() == 0)
    assert not page.note.visibleRegion().isEmpty()


def test_a_window_that_comes_back_stays_where_it_was_scrolled(window_of, qtbot):
    window = window_of("office")
    put_on_small_screen(window)
    area, page = window.findChild(RoomForPages), window.pages["overview"]
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
    page.ranking_view.setFocus()
    qtbot.wait(30)
    area.verticalScrollBar().setValue(0)
    QApplication.instance().focusChanged.emit(None, page.ranking_view)
    assert area.verticalScrollBar().value() == 0


def test_under_the_mouse_nothing_moves(window_of, world, qtbot):
    page, area = small_visit(window_of("anna"), world, qtbot)
    facts = page.editor.facts_field
    area.verticalScrollBar().setValue(0)
    page.items_view.setFocus()
    hidden_px = facts.mapTo(area, QPoint(0, facts.height())).y() - area.viewport().height()
    assert 0 < hidden_px < facts.height()
    QTest.mousePress(facts.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert facts.hasFocus()
    assert area.verticalScrollBar().value() == 0
    QTest.mouseRelease(facts.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_small_screen_the_ways_to_begin_are_said_whole(window, language):
    use_language(language)
    window.say_again()
    window.start_page.show_recent([RecentWorkspace("/srv/supervision/" * 6, "督查" * 30, "office")])
    put_on_small_screen(window)
    QApplication.processEvents()
    ways = shown(window.start_page.panels, Tile)
    assert len(ways) == 4
    assert not [way.text() for way in ways if "…" in way.text().replace(" …", "")]
    (recent,) = (tile for tile in shown(window.start_page, Tile) if tile not in ways)
    title, folder = recent.text().split("\n")
    assert title.endswith("…")
    assert folder.strip().startswith("…")
    assert window.findChild(RoomForPages).horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", ["office", "anna"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_small_screen_no_page_is_scrolled_sideways(window_of, name, language, qtbot):
    use_language(language)
    window = window_of(name)
    put_on_small_screen(window)
    area = window.findChild(RoomForPages)
    for page, number in every_tab(window, qtbot):
        assert area.horizontalScrollBar().maximum() == 0, (page, number)


@pytest.mark.parametrize("name", ["office", "anna"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_small_screen_no_text_of_a_page_is_cut_and_all_tabs_are_seen(window_of, name, language, qtbot):
    use_language(language)
    window = window_of(name)
    put_on_small_screen(window)
    cut = set()
    for page, number in every_tab(window, qtbot):
        # What is wrapped finds its height some turns of the loop after it has its width.
        qtbot.wait(50)
        said = [*shown(window.pages[page], QLabel), *shown(window.pages[page], QAbstractButton)]
        cut |= {(page, number, each.text()) for each in said if is_cut(each, with_scrolled=True)}
        bars = shown(window.pages[page], QTabBar)
        cut |= {
            (page, number, "tabs") for bar in bars if not bar.rect().contains(bar.tabRect(bar.count() - 1))
        }
    assert cut == set()


def test_on_a_small_screen_another_page_is_shown_from_its_top(window_of, qtbot):
    window = window_of("office")
    put_on_small_screen(window)
    QApplication.processEvents()
    area = window.findChild(RoomForPages)
    for page in [*window.pages][::-1]:
        window.show_page("overview")
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() > 0)
        area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
        assert area.verticalScrollBar().value() > 0
        window.show_page("setup" if page == "overview" else page)
        qtbot.waitUntil(lambda: area.verticalScrollBar().value() == 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_small_screen_no_text_of_a_visit_with_a_veto_is_cut(window_of, world, language, qtbot):
    use_language(language)
    window = window_of("anna")
    put_on_small_screen(window)
    window.show_page("visit", world.visits[2])
    page, area = window.pages["visit"], window.findChild(RoomForPages)
    qtbot.waitUntil(lambda: page.visit is not None and window.jobs.is_quiet, timeout=20_000)
    veto = next(row for row, item in enumerate(page.visit.checklist.items) if item.veto)
    page.items_view.setCurrentIndex(page.items.index(veto, 0))
    qtbot.waitUntil(page.editor.veto_field.isVisible)
    # The boxes find their places some turns of the loop after the item has its size.
    qtbot.wait(300)

    assert not [box.text() for box in shown(page.editor, QCheckBox) if is_cut(box, with_scrolled=True)]
    assert area.horizontalScrollBar().maximum() == 0
    boxes = [QRect(box.mapTo(page, QPoint()), box.size()) for box in shown(page.editor, QCheckBox)]
    facts = QRect(page.editor.facts_field.mapTo(page, QPoint()), page.editor.facts_field.size())
    assert len(boxes) == 3
    assert facts.height() >= page.editor.facts_field.minimumHeight()
    assert facts.bottom() <= page.height()
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in (*boxes[:number], facts))


def test_on_a_common_screen_no_page_is_scrolled_as_a_whole(window_of):
    window = window_of("office")
    area = window.findChild(RoomForPages)
    window.resize(fitting(SMALLEST, LAPTOP))
    for name in window.pages:
        window.show_page(name)
        if name == "missions":
            window.pages[name].open_item(NEW)
        QApplication.processEvents()
        assert area.horizontalScrollBar().maximum() == area.verticalScrollBar().maximum() == 0, name
