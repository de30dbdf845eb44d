import time

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument

from desktop.datafiles import PICTURES
from desktop.gui.manual.manual_view import ManualView
from desktop.gui.office_and_field import pages_of
from desktop.i18n import LANGUAGES, use_language
from desktop.services.workspace.look_at_workspace import OpenedWorkspace
from desktop.services.workspace.read_manual import CONTENTS, WINDOW, read_manual

MOST_BYTES_OF_A_PICTURE = 150_000


@pytest.fixture
def manual(window):
    return window.manual


def opened(qtbot, window, manual):
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=10_000)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: manual.manual is not None and manual.isVisible(), timeout=10_000)


def heading_in_front(manual):
    return manual.view.textCursor().block().text()


def test_f1_opens_the_chapter_of_the_page_in_front(qtbot, window, manual):
    opened(qtbot, window, manual)

    assert heading_in_front(manual) == "欢迎使用明察"
    assert manual.tree.currentItem().text(0) == "欢迎使用明察"


def test_f1_follows_the_page(qtbot, window_of, manual):
    window = window_of("office")
    window.show_page("merge")
    opened(qtbot, window, manual)
    window.show_page("print")
    window.status_line.help_button.click()

    assert heading_in_front(manual) == "打印"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["office", "field"])
def test_every_page_of_the_window_has_its_chapter(language, kind, jobs, tmp_path):
    use_language(language)
    pages = dict(pages_of(OpenedWorkspace(tmp_path, kind, "", ""), jobs))

    chapters = read_manual(language).find(WINDOW).chapters

    assert [page.title() for page in pages.values() if page.title() not in chapters] == []


def test_a_switch_of_language_shows_the_same_page_in_it(qtbot, window, manual):
    opened(qtbot, window, manual)
    window.choose_language("en")
    qtbot.waitUntil(lambda: manual.manual is not None and manual.manual.language == "en", timeout=10_000)

    assert "The window" in manual.view.toPlainText()


def test_a_chosen_chapter_is_shown(qtbot, window, manual):
    opened(qtbot, window, manual)
    branch = manual.tree.topLevelItem(0)
    manual.tree.setCurrentItem(branch)
    assert "严禁" in manual.view.toPlainText()
    first = manual.tree.topLevelItem(1)
    manual.tree.setCurrentItem(first.child(1))

    assert heading_in_front(manual) == first.child(1).text(0)


def test_a_link_leads_to_its_page_and_never_out_of_the_manual(qtbot, window, manual):
    opened(qtbot, window, manual)
    manual.view.anchorClicked.emit(QUrl("08-quarantine.md"))
    assert manual.view.toPlainText().startswith("待查区")
    manual.view.anchorClicked.emit(QUrl("file:///etc/passwd"))
    manual.view.anchorClicked.emit(QUrl("https://example.org/x.md"))

    assert manual.view.toPlainText().startswith("待查区")


def test_the_words_looked_for_are_marked_one_after_the_other(qtbot, window, manual):
    opened(qtbot, window, manual)
    manual._follow("08-quarantine.md")
    manual.search_field.setText("数据包")
    first = manual.view.textCursor().position()
    qtbot.keyClick(manual.search_field, Qt.Key.Key_Return)

    assert manual.view.textCursor().selectedText() == "数据包"
    assert manual.view.textCursor().position() > first
    manual.find_previous()
    assert manual.view.textCursor().position() == first
    manual.find_previous()
    assert manual.view.textCursor().position() > first
    assert manual.found_label.text().endswith("处")


def test_words_that_are_not_there_are_said(qtbot, window, manual):
    opened(qtbot, window, manual)
    manual.search_field.setText("没有这个词")

    assert manual.found_label.text() == "0 处"
    assert not manual.next_button.isEnabled()
    manual.search_field.clear()
    assert manual.found_label.text() == ""


def test_the_manual_shows_its_own_pictures_and_reads_nothing_from_the_disk(qtbot):
    use_language("zh")
    manual = read_manual("zh")
    view = ManualView()
    qtbot.addWidget(view)
    view.show_page(manual.find(WINDOW), manual.pictures)
    kind = QTextDocument.ResourceType.ImageResource.value

    name = next(iter(manual.pictures))
    assert isinstance(view.loadResource(kind, QUrl(f"../../pictures/{name}")), QImage)
    assert view.loadResource(kind, QUrl("file:///etc/passwd")) is None
    assert view.loadResource(QTextDocument.ResourceType.HtmlResource.value, QUrl("08-quarantine.md")) is None


def test_no_page_of_the_manual_keeps_the_window_waiting(qtbot):
    view = ManualView()
    qtbot.addWidget(view)
    manual = read_manual("zh")
    took = {}
    for page in manual.pages:
        start = time.perf_counter()
        view.show_page(page, {})
        took[page.name] = time.perf_counter() - start

    # Generous, because other tests may be running beside this one.
    assert {name: seconds for name, seconds in took.items() if seconds > 0.5} == {}


def test_pictures_are_few_and_small():
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}

    assert 0 < len(sizes) <= 16
    assert {name: size for name, size in sizes.items() if size > MOST_BYTES_OF_A_PICTURE} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_come_first_and_name_every_page(language):
    manual = read_manual(language)

    assert manual.pages[0].name == CONTENTS
    assert len({page.name for page in manual.pages}) == len(manual.pages) >= 10
    assert all(page.title for page in manual.pages)
