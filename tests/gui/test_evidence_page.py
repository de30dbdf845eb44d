import pytest
from PySide6.QtCore import Qt

from desktop.domain.marks import WHOLE, Mark, MarkKind
from desktop.gui.evidence import likeness_job
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.derive_evidence import derive_evidence
from desktop.services.pictures.find_evidence import EvidenceUse
from desktop.storage.picture_table import unread_pictures
from tests.media.picture_samples import jpeg

LONG_MS = 30_000


@pytest.fixture
def page(qtbot, world, window_of, monkeypatch):
    """The page of a laptop with a photo in two visits, one derived from it, and a text of 60 copies."""
    monkeypatch.setattr(likeness_job, "_PAUSE_MS", 50)
    with world.opened("anna") as anna:

        def attach(visit, name, content, **note):
            world.clock.go_on()
            return attach_evidence(anna, world.visits[visit], [world.file(name, content)], note)[0]

        photo = attach(0, "photo.jpg", jpeg((400, 300)), item=1, caption="窗口空岗")
        attach(2, "again.jpg", jpeg((400, 300)), item=12)
        world.clock.go_on()
        derive_evidence(anna, photo, [Mark(MarkKind.BOX, 0, 0, WHOLE // 2, WHOLE // 2)])
        for number in range(60):
            attach(2, f"{number}.txt", str(number).encode())
    world.clock.go_on()
    window = window_of("anna")
    window.show_page("evidence")
    page = window.pages["evidence"]
    qtbot.waitUntil(lambda: page.strip.count() == 60, timeout=LONG_MS)
    return page


def choose(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


def names(page):
    return [each.name for each in page.strip.evidence]


def test_evidence_of_all_visits_stands_in_pages_the_newest_first(qtbot, page):
    assert names(page)[:2] == ["59.txt", "58.txt"]
    assert "63" in page.count_label.text()
    assert not page.newer_button.isEnabled()
    page.older_button.click()
    qtbot.waitUntil(lambda: page.strip.count() == 3, timeout=LONG_MS)
    assert names(page)[1:] == ["again.jpg", "photo.jpg"]
    assert not page.older_button.isEnabled()
    page.newer_button.click()
    qtbot.waitUntil(lambda: page.strip.count() == 60, timeout=LONG_MS)


def test_it_is_filtered_by_visit_item_kind_and_use(qtbot, page, world):
    choose(page.use_field, EvidenceUse.AGAIN)
    qtbot.waitUntil(lambda: names(page) == ["again.jpg", "photo.jpg"], timeout=LONG_MS)
    choose(page.visit_field, world.visits[0])
    qtbot.waitUntil(lambda: names(page) == ["photo.jpg"], timeout=LONG_MS)
    choose(page.use_field, EvidenceUse.DERIVED)
    qtbot.waitUntil(lambda: len(names(page)) == 1 and page.strip.evidence[0].is_derived, timeout=LONG_MS)
    choose(page.use_field, EvidenceUse.PAIRED)
    qtbot.waitUntil(lambda: page._lists.currentIndex() == 1, timeout=LONG_MS)
    for field in (page.use_field, page.visit_field):
        choose(field, "")
    choose(page.item_field, "12")
    qtbot.waitUntil(lambda: names(page) == ["again.jpg"], timeout=LONG_MS)
    choose(page.item_field, "")
    choose(page.kind_field, "picture")
    qtbot.waitUntil(lambda: len(names(page)) == 3, timeout=LONG_MS)


def test_captions_and_names_are_searched(qtbot, page):
    page.older_button.click()
    qtbot.waitUntil(lambda: page.strip.count() == 3, timeout=LONG_MS)
    page.search.search_field.setText("空岗 photo")
    qtbot.waitUntil(lambda: page.strip.count() == 2, timeout=LONG_MS)

    assert page.item_field.count() == 3


def test_a_filter_that_leaves_less_shows_its_last_page(qtbot, page):
    page._offset = 600
    page.reload()
    qtbot.waitUntil(lambda: page.strip.count() == 3, timeout=LONG_MS)

    assert page._offset == 60


def test_what_is_chosen_is_named_opened_and_shown_with_its_visit(qtbot, page, world):
    assert not page.open_button.isEnabled() or page.strip.chosen() is not None
    choose(page.kind_field, "picture")
    qtbot.waitUntil(lambda: page.strip.count() == 3, timeout=LONG_MS)
    page.strip.setFocus()
    page.strip.setCurrentRow(2)
    assert "澄湖区" in page.chosen_label.text()
    assert "窗口空岗" in page.chosen_label.text()
    qtbot.keyClick(page.strip, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.findChild(EvidenceDialog) is not None, timeout=LONG_MS)
    page.findChild(EvidenceDialog).close_button.click()
    with qtbot.waitSignal(page.page_wanted, timeout=LONG_MS) as wanted:
        page.visit_button.click()
    assert wanted.args == ["results", world.visits[0]]


def test_the_bits_of_photos_are_computed_while_nobody_waits(qtbot, page, world):
    jobs = page.jobs

    def left():
        found = []
        jobs.read(lambda workspace: unread_pictures(workspace.db, ["image/jpeg"], 1 << 30, 9), found.append)
        qtbot.waitUntil(lambda: bool(found), timeout=LONG_MS)
        return found[0]

    qtbot.waitUntil(lambda: not left(), timeout=LONG_MS)
    qtbot.waitUntil(lambda: not page._likeness._is_running, timeout=LONG_MS)


def test_without_evidence_the_page_says_what_belongs_there(qtbot, world, window_of):
    window = window_of("office")
    window.show_page("evidence")
    page = window.pages["evidence"]
    qtbot.waitUntil(lambda: page._found is not None, timeout=LONG_MS)

    assert page._empty.isVisible()
    assert page.count_label.text() == ""
