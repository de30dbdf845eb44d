import sys

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from desktop.gui.about_dialog import about_rows
from desktop.gui.crash_dialog import CrashDialog, crash_text
from desktop.gui.fonts import font_in_use
from desktop.gui.theme import DARK, LIGHT, tokens
from desktop.i18n import language, use_language
from desktop.settings import Theme, read_settings


def texts_of(window):
    return {label.text() for label in window.findChildren(QLabel)}


def test_the_language_is_switched_at_once_and_kept(qtbot, window, tmp_path):
    window.choose_language("en")
    qtbot.waitUntil(lambda: "Recent workspaces" in texts_of(window))
    window.close()

    assert language() == "en"
    assert read_settings(tmp_path / "settings.json").language == "en"
    use_language("zh")


def test_the_theme_is_switched_at_once_and_kept(qtbot, window, tmp_path):
    window.choose_theme(Theme.DARK)
    qtbot.waitUntil(lambda: tokens() is DARK)
    assert QApplication.palette().window().color().name() == DARK.background
    window.choose_theme(Theme.LIGHT)
    qtbot.waitUntil(lambda: tokens() is LIGHT)
    window.close()

    assert read_settings(tmp_path / "settings.json").theme is Theme.LIGHT


def test_the_place_of_the_window_is_kept(window, tmp_path):
    window.resize(1100, 700)
    window.close()

    assert read_settings(tmp_path / "settings.json").geometry


def test_what_was_done_is_not_said_any_more_after_going_to_another_page_or_language(qtbot, window_of):
    window = window_of("office")
    first, other, *_more = window.pages
    note = window.pages[first].note
    window.show_page(first)
    note.show_done("已保存。")
    window.show_page(other)
    window.show_page(first)
    assert not note.isVisible()

    note.show_done("已保存。")
    window.choose_language("en")
    qtbot.waitUntil(lambda: not note.isVisible())
    use_language("zh")


def test_leaving_a_workspace_asks_for_the_pass_phrase_again(qtbot, window_of):
    window = window_of("office")
    window.sidebar.leave_button.click()
    qtbot.waitUntil(lambda: not window.jobs.is_busy)

    assert window.stack.currentWidget() is window.start_page
    assert window.opened is None


def test_every_page_is_shown_in_both_languages_and_themes(qtbot, window_of):
    window = window_of("office")
    for language_ in ("en", "zh"):
        window.choose_language(language_)
        for theme in (Theme.DARK, Theme.LIGHT):
            window.choose_theme(theme)
            for name in window.pages:
                window.show_page(name)
                qtbot.wait(50)
                assert not window.pages[name].note.isVisible(), window.pages[name].note.accessibleName()


def test_a_mistake_is_shown_with_a_text_to_copy_that_holds_no_data(qtbot, window, capsys):
    try:
        raise KeyError("张三的口令")
    except KeyError:
        window.report_crash(*sys.exc_info())

    dialog = window.findChild(CrashDialog)
    dialog.copy_button.click()
    assert "张三" not in dialog.report
    assert "test_main_window.py" in QApplication.clipboard().text()
    assert "KeyError" in dialog.report
    dialog.close()
    capsys.readouterr()


def test_a_crash_text_names_program_and_place():
    assert crash_text(ValueError, None).startswith("mingcha ")


def test_about_names_the_font_in_use(qapp):
    assert font_in_use() in [value for _name, value in about_rows()]


def test_every_button_of_the_sidebar_can_be_reached_and_heard(window_of):
    window = window_of("office")
    buttons = [
        *window.sidebar._pages.buttons(),
        window.sidebar.leave_button,
        window.sidebar.theme_button,
        window.sidebar.language_button,
        window.sidebar.about_button,
    ]

    assert all(button.accessibleName() for button in buttons)
    assert window.sidebar._pages.buttons()[0].shortcut().toString() == "Ctrl+1"
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


@pytest.mark.parametrize("name", ["office", "anna"])
def test_opening_a_workspace_leaves_the_keyboard_with_the_window(window_of, name):
    """A part that is shown before it has its place would be a window of its own for a moment, and take the keys."""
    window = window_of(name)

    assert QApplication.activeWindow() is window


def test_a_narrow_window_shows_the_pages_as_pictures_that_are_named(qtbot, window_of):
    window = window_of("anna")
    button = window.sidebar.findChildren(QToolButton)[0]
    window.resize(1366, 768)
    QApplication.processEvents()
    wide = window.sidebar.width()

    window.resize(1024, 640)
    QApplication.processEvents()

    assert window.sidebar.width() < wide / 2
    assert button.toolTip() == button.accessibleName() != ""
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.sidebar.width() == wide
    assert button.toolTip() == ""
