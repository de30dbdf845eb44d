import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from desktop.gui.widgets.fitting import fitting
from desktop.gui.window_fit import FIRST_SIZE, SMALLEST, RoomForPages
from desktop.services.missions.keep_form import NEW

LAPTOP = QSize(1366, 768)
LAPTOP_AT_150 = QSize(910, 512)
DESKTOP = QSize(1920, 1080)


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
    window.setMinimumSize(fitting(SMALLEST, LAPTOP_AT_150))
    window.resize(fitting(SMALLEST, LAPTOP_AT_150))
    QApplication.processEvents()
    area = window.findChild(RoomForPages)
    assert area.widget().height() == 590
    assert area.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize("name", ["office", "anna"])
def test_on_a_small_screen_no_page_is_scrolled_sideways(window_of, name):
    window = window_of(name)
    window.setMinimumSize(fitting(SMALLEST, LAPTOP_AT_150))
    window.resize(fitting(SMALLEST, LAPTOP_AT_150))
    for page in window.pages:
        window.show_page(page)
        QApplication.processEvents()
        assert window.findChild(RoomForPages).horizontalScrollBar().maximum() == 0, page


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
