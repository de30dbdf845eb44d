import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.widgets.rows_model import Column, RowsModel
from desktop.gui.widgets.rows_view import RowsView
from desktop.i18n import _
from desktop.services.printing.preview_form import form_choices
from tests.media.picture_samples import jpeg

MARKUP = '<img src="file:///etc/passwd"><b>粗体</b>'


@pytest.fixture
def office(founded, world, window_of):
    """The window on an office that has the results of anna, with a photo and markup in every text."""
    world.open()
    photo = world.file("photo.jpg", jpeg())
    world.clock.go_on()
    world.record(
        world.anna,
        world.visits[2],
        started_at="2026-11-20T10:00:00+08:00",
        leader=MARKUP,
        conclusion=MARKUP * 50,
        answers=[{"item": 1, "deduct": "2", "facts": MARKUP, "evidence": [1]}],
        evidence=[{"path": photo.name, "item": 1, "caption": MARKUP}],
    )
    world.bring(world.anna)
    world.close()
    return window_of("office")


def show(qtbot, window, name):
    window.show_page(name)
    page = window.pages[name]
    model = {"missions": "missions", "results": "visits", "print": "records"}[name]
    qtbot.waitUntil(lambda: getattr(page, model).rowCount() > 0, timeout=10_000)
    return page


def texts_of(widget):
    return [label.text() for label in widget.findChildren(QLabel)]


def test_the_overview_shows_the_figures_and_leads_to_what_waits(qtbot, office):
    page = office.pages["overview"]
    qtbot.waitUntil(lambda: page.figures["visits"].figure_label.text() == "2", timeout=10_000)
    button = next(
        b
        for b in page.findChildren(QPushButton)
        if _("Visits not recorded yet: {count}").format(count=1) in b.text()
    )
    button.click()
    results = office.pages["results"]
    qtbot.waitUntil(lambda: results.visits.rowCount() == 1, timeout=10_000)

    assert office.stack.currentWidget() is results
    assert results.state_field.currentData() == "planned"


def test_a_mission_shows_its_visits_and_leads_to_a_result(qtbot, office):
    page = show(qtbot, office, "missions")
    qtbot.waitUntil(lambda: page.visits.rowCount() == 3, timeout=10_000)
    page.results_button.click()

    results = office.pages["results"]
    qtbot.waitUntil(lambda: results.visit_view.shown is not None, timeout=10_000)
    assert results.isVisible()


def test_a_search_that_finds_nothing_says_what_belongs_there(qtbot, office):
    page = show(qtbot, office, "missions")
    qtbot.keyClicks(page.search.search_field, "zzz")
    qtbot.waitUntil(lambda: page.missions.rowCount() == 0, timeout=10_000)

    assert page._empty.isVisible()


def test_a_visit_is_shown_with_its_arithmetic_and_its_photo(qtbot, office, world):
    page = show(qtbot, office, "results")
    page.open_item(world.visits[2])
    qtbot.waitUntil(
        lambda: page.visit_view.shown is not None and page.visit_view.shown.id == world.visits[2],
        timeout=10_000,
    )

    assert MARKUP in "\n".join(texts_of(page.visit_view))
    assert all(
        label.textFormat() is Qt.TextFormat.PlainText for label in page.visit_view.findChildren(QLabel)
    )


def test_evidence_is_opened_and_its_original_saved(qtbot, office, world, tmp_path):
    page = show(qtbot, office, "results")
    page.open_item(world.visits[2])
    qtbot.waitUntil(
        lambda: page.visit_view.shown is not None and page.visit_view.shown.id == world.visits[2],
        timeout=10_000,
    )
    page.show_evidence(page.visit_view.shown.evidence[0])
    dialog = page.findChild(EvidenceDialog)
    qtbot.waitUntil(lambda: dialog.picture_view.has_picture, timeout=20_000)
    dialog.save_original(tmp_path / "original.jpg")
    qtbot.waitUntil(lambda: dialog.note.isVisible(), timeout=10_000)

    assert (tmp_path / "original.jpg").read_bytes() == (world.folder / "photo.jpg").read_bytes()
    dialog.close()


def test_a_form_is_seen_before_it_is_saved(qtbot, office, tmp_path):
    page = show(qtbot, office, "print")
    qtbot.waitUntil(lambda: page.preview.document.status() is QPdfDocument.Status.Ready, timeout=20_000)
    pages = page.preview.document.pageCount()
    page.save_pdf(tmp_path / "form.pdf")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=10_000)

    assert pages >= 1
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("code", "is_blank"),
    [
        ("F01", False),
        ("F02", True),
        ("F02b", True),
        ("F04", True),
        ("F12", False),
        ("F13", False),
        ("P01", False),
    ],
)
def test_every_form_has_a_preview(qtbot, office, code, is_blank):
    page = show(qtbot, office, "print")
    page.form_field.setCurrentIndex([form.code for form in form_choices()].index(code))
    page.blank_field.setChecked(is_blank)
    page.reload()
    qtbot.waitUntil(lambda: page.preview.document.status() is QPdfDocument.Status.Ready, timeout=20_000)

    assert not page.note.isVisible()


def test_a_model_of_rows_is_a_sound_model_and_asks_for_more(qtbot):
    model = RowsModel(
        [Column(lambda: "A", str), Column(lambda: "B", lambda row: f"{row}\n{row}", is_number=True)]
    )
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view = RowsView(model)
    qtbot.addWidget(view)
    asked = []
    model.more_wanted.connect(asked.append)
    model.show_rows(range(50), 100)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    model.append_rows(list(range(50, 100)))

    assert asked == [50]
    assert model.rowCount() == 100
    assert model.data(model.index(3, 1)) == "3 3"
    assert model.data(model.index(99, 0), Qt.ItemDataRole.UserRole) == 99
    assert not model.canFetchMore(QModelIndex())
    del tester


def test_ten_thousand_rows_with_long_names_are_shown_at_once(qtbot):
    model = RowsModel([Column(lambda: "A", lambda _row: "很长" * 2500)])
    view = RowsView(model)
    qtbot.addWidget(view)
    view.show()
    model.show_rows(range(10_000))

    assert not view.grab().isNull()
