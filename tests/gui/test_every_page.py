"""What holds for every page and every tab of it, whoever adds one: markup in the data is shown as text, everything is
reached and named for the keyboard, no text is cut, and nothing is left in the other language.
"""

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextBrowser,
)

from desktop.gui.theme import use_theme
from desktop.settings import Theme
from tests.gui.whole_texts import (
    chinese_headings,
    english_words,
    is_cut,
    is_inner,
    is_scrolled,
    shown,
    texts_of,
)
from tests.media.picture_samples import jpeg
from tests.services.worlds import CHECKLIST

MARKUP = '<img src="file:///etc/passwd"><b>粗体</b>&amp;'
LONG = "云泽市" * 300
SCREENS = ((1366, 768), (1024, 640))


@pytest.fixture
def city(world):
    """The world of all tests, with markup and a very long text wherever somebody may write."""
    world.open()
    photo = world.file("photo.jpg", jpeg())
    world.plan(title=MARKUP, objects=[{"unit": "澄湖区", "checklist": CHECKLIST, "planned_on": "2026-11-20"}])
    world.plan(title=LONG[:200], mode="暗访", objects=[{"unit": "澄湖区", "checklist": CHECKLIST}])
    world.clock.go_on()
    world.record(
        world.anna,
        world.visits[2],
        started_at="2026-11-20T10:00:00+08:00",
        leader=MARKUP,
        conclusion=LONG,
        answers=[{"item": 1, "deduct": "2", "facts": MARKUP + LONG, "evidence": [1]}],
        evidence=[{"path": photo.name, "item": 1, "caption": MARKUP}],
    )
    world.bring(world.anna)
    world.close()
    return world


@pytest.fixture(params=["office", "anna"])
def opened(request, city, window_of, qtbot):
    window = window_of(request.param)
    window.resize(*SCREENS[0])
    settle(qtbot, window)
    return window


def settle(qtbot, window):
    """Wait until everything that was asked for has been read and laid out."""
    for _round in range(3):
        qtbot.wait(30)
        qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=60_000)
    QApplication.sendPostedEvents()


def faces(qtbot, window):
    """Bring each page, and each tab of it, to the front; yields its name."""
    for name, page in window.pages.items():
        window.show_page(name)
        settle(qtbot, window)
        bars = [bar for bar in page.findChildren(QTabBar) if bar.isVisible()]
        if not bars:
            yield name
        for bar in bars:
            for tab in range(bar.count()):
                bar.setCurrentIndex(tab)
                settle(qtbot, window)
                yield f"{name}/{tab}"


def test_markup_in_the_data_is_never_read_as_markup(qtbot, opened):
    found = []
    for face in faces(qtbot, opened):
        found += [
            (face, label.text()[:80])
            for label in opened.findChildren(QLabel)
            if label.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(label.text())
        ]
        found += [
            (face, widget.toolTip()[:80])
            for widget in shown(opened)
            if "粗体" in widget.toolTip() and Qt.mightBeRichText(widget.toolTip())
        ]
        found += [
            (face, "QTextBrowser") for browser in opened.findChildren(QTextBrowser) if browser.isVisible()
        ]

    assert found == []


def test_what_can_be_focused_has_a_name_for_those_who_hear_it(qtbot, opened):
    nameless = {
        f"{face}: {type(widget).__name__} {widget.objectName()}"
        for face in faces(qtbot, opened)
        for widget in shown(opened)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView)
        and not is_inner(widget)
        and not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
    }

    assert nameless == set()


def test_the_tab_key_visits_everything_and_is_caught_nowhere(qtbot, opened):
    for face in faces(qtbot, opened):
        wanted = {
            widget
            for widget in shown(opened)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.focusProxy() is None
            and not is_inner(widget)
            and not (isinstance(widget, QAbstractButton) and widget.isCheckable() and widget.autoExclusive())
            and isinstance(
                widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QAbstractItemView
            )
            and widget.window() is opened
        }
        opened.activateWindow()
        opened.sidebar.setFocus()
        visited = set()
        for _press in range(len(wanted) * 3 + 20):
            focused = QApplication.focusWidget() or opened
            visited.add(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        missed = {
            f"{face}: {type(widget).__name__} {widget.accessibleName()}"
            for widget in wanted - visited
            if widget.isVisible() and not (isinstance(widget, QAbstractButton) and widget.group())
        }
        assert missed == set()


def test_every_model_keeps_the_rules_of_qt(qtbot, opened):
    testers = []
    for _face in faces(qtbot, opened):
        known = {tester.model() for tester in testers}
        testers += [
            QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
            for model in opened.findChildren(QAbstractItemModel)
            if type(model).__module__.startswith("desktop.") and model not in known
        ]
    for _face in faces(qtbot, opened):
        opened.jobs.data_changed.emit()
        settle(qtbot, opened)

    assert testers


def test_a_chinese_page_shows_no_english(qtbot, opened):
    found = set()
    for face in faces(qtbot, opened):
        for text in texts_of(opened):
            if english_words(text):
                found.add((face, text[:80]))

    assert found == set()


def test_an_english_page_says_nothing_of_its_own_in_chinese(qtbot, opened):
    """Names, titles and facts stay what they are; buttons, headings and columns follow the language."""
    opened.choose_language("en")
    settle(qtbot, opened)
    found = set()
    for face in faces(qtbot, opened):
        language_name = opened.sidebar.language_button.text()
        found |= {(face, text) for text in chinese_headings(opened) if text != language_name}

    assert found == set()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", SCREENS, ids=lambda size: f"{size[0]}x{size[1]}")
def test_no_text_is_cut_and_nothing_overlaps_the_edge(qtbot, opened, size, language):
    opened.choose_language(language)
    opened.resize(*size)
    settle(qtbot, opened)
    found = set()
    for face in faces(qtbot, opened):
        found |= (
            {f"{face}: the page is wider than the window ({opened.width()})"}
            if opened.width() > size[0]
            else set()
        )
        for widget in shown(opened, QLabel) + shown(opened, QAbstractButton):
            if is_cut(widget):
                found.add(f"{face}: {widget.text()[:60]}")
        for widget in shown(opened, QAbstractButton) + shown(opened, QLineEdit):
            corner = widget.mapTo(opened, QPoint(0, 0))
            inside = opened.rect().contains(QRect(corner, widget.size()))
            if widget.window() is opened and not inside and not is_scrolled(widget):
                found.add(f"{face}: outside of the window: {widget.accessibleName()}")

    assert found == set()


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK], ids=lambda theme: theme.value)
def test_every_page_can_be_drawn_in_both_themes(qtbot, qapp, opened, theme):
    use_theme(qapp, theme)
    opened.say_again()
    for face in faces(qtbot, opened):
        picture = opened.grab().toImage()
        colors = {picture.pixelColor(x, y).name() for x in range(0, 1200, 60) for y in range(0, 700, 20)}
        assert len(colors) > 2, face
    use_theme(qapp, Theme.LIGHT)
