import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop.domain.marks import WHOLE, Mark, MarkKind
from desktop.gui.evidence.evidence_dialog import EvidenceDialog
from desktop.gui.evidence.pair_chooser import PairChooser
from desktop.gui.evidence.pair_dialog import PairDialog
from desktop.gui.evidence.relations_view import RelationsView
from desktop.gui.widgets.chip import Chip
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.evidence.derive_evidence import derive_evidence
from desktop.services.pictures.evidence_relations import Relations, evidence_relations
from desktop.services.pictures.pair_photos import pair_photos
from desktop.services.pictures.related import Related
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import ShownEvidence, shown_evidence
from desktop.storage.records import find_row
from tests.media.picture_samples import jpeg

LONG_MS = 30_000
BOX = Mark(MarkKind.BOX, 0, 0, WHOLE // 2, WHOLE // 2)


@pytest.fixture
def photos(world):
    """A photo in anna's first visit, and one in her other visit; both ids."""
    ids = []
    with world.opened("anna") as anna:
        for visit, size in ((0, (400, 300)), (2, (800, 600))):
            world.clock.go_on()
            path = world.file(f"{visit}.jpg", jpeg(size))
            ids += attach_evidence(anna, world.visits[visit], [path])
    world.clock.go_on()
    return ids


def shown(world, visit):
    with world.opened("anna") as anna:
        return shown_evidence(anna, read_visit(anna.db, world.visits[visit]))


def on_disk(world, jobs, qtbot, evidence_id):
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    with world.opened("anna") as anna:
        return find_row(anna.db, "evidence", evidence_id)


def opened(qtbot, dialog):
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def button(widget, *words):
    return next(
        each for each in widget.findChildren(QPushButton) if all(word in each.text() for word in words)
    )


def wait_pair(qtbot, dialog):
    views = (dialog.before_view, dialog.after_view)
    qtbot.waitUntil(lambda: all(view.has_picture for view in views), timeout=LONG_MS)
    return views


def test_a_pair_is_chosen_compared_and_taken_apart(qtbot, jobs, world, open_in, photos):
    before, after = photos
    (evidence,) = shown(world, 2)
    open_in(jobs, world, "anna")
    chooser = opened(qtbot, PairChooser(jobs, evidence))
    qtbot.waitUntil(lambda: chooser.strip.count() == 1, timeout=LONG_MS)
    chooser.strip.setCurrentRow(0)
    with qtbot.waitSignal(chooser.paired, timeout=LONG_MS):
        chooser.choose_button.click()
    dialog = opened(qtbot, PairDialog(jobs, after))
    wait_pair(qtbot, dialog)
    assert "Z01" in dialog.before_label.text()
    with qtbot.waitSignal(dialog.accepted, timeout=LONG_MS):
        dialog.part_button.click()

    assert on_disk(world, jobs, qtbot, after)["before_id"] == ""
    assert before


def test_both_photos_are_enlarged_and_moved_together(qtbot, jobs, world, open_in, photos):
    before, after = photos
    with world.opened("anna") as anna:
        pair_photos(anna, after, before)
    open_in(jobs, world, "anna")
    dialog = opened(qtbot, PairDialog(jobs, after))
    small, large = wait_pair(qtbot, dialog)
    large.set_zoom(4 * large.fit_zoom, QPointF(0, 0))
    assert small.zoom == pytest.approx(4 * small.fit_zoom)
    small.verticalScrollBar().setValue(small.verticalScrollBar().maximum())
    assert large.verticalScrollBar().value() == large.verticalScrollBar().maximum()
    small.fit()

    assert large.zoom == pytest.approx(large.fit_zoom)


def test_where_no_earlier_photo_is_the_chooser_says_so(qtbot, jobs, world, open_in, photos):
    (evidence,) = shown(world, 0)
    open_in(jobs, world, "anna")
    chooser = opened(qtbot, PairChooser(jobs, evidence))
    qtbot.waitUntil(lambda: bool(chooser._hint_label.text()), timeout=LONG_MS)

    assert chooser.strip.count() == 0
    assert not chooser.choose_button.isEnabled()


def test_a_pair_that_is_not_there_is_said(qtbot, jobs, world, open_in, photos):
    open_in(jobs, world, "anna")
    dialog = opened(qtbot, PairDialog(jobs, photos[1]))
    qtbot.waitUntil(dialog.note.isVisible, timeout=LONG_MS)

    assert dialog.note.property("tone") == "problem"


def test_the_viewer_leads_from_a_derivative_to_its_original_and_back(qtbot, jobs, world, open_in, photos):
    with world.opened("anna") as anna:
        derive_evidence(anna, photos[0], [BOX])
    original, derived = shown(world, 0)
    open_in(jobs, world, "anna")
    dialog = opened(qtbot, EvidenceDialog(jobs, derived))
    relations = dialog.side.relations_view
    qtbot.waitUntil(relations.isVisible, timeout=LONG_MS)
    assert relations.findChild(Chip) is not None
    button(relations, "Z01").click()
    assert dialog.evidence.id == original.id
    qtbot.waitUntil(relations.isVisible, timeout=LONG_MS)
    button(relations, "Z02").click()

    assert dialog.evidence.id == derived.id


def test_the_viewer_asks_for_the_photo_of_before_and_shows_the_pair(qtbot, jobs, world, open_in, photos):
    (evidence,) = shown(world, 2)
    open_in(jobs, world, "anna")
    dialog = opened(qtbot, EvidenceDialog(jobs, evidence))
    qtbot.waitUntil(dialog.pair_button.isEnabled, timeout=LONG_MS)
    dialog.pair_button.click()
    chooser = dialog.findChild(PairChooser)
    qtbot.waitUntil(lambda: chooser.strip.count() == 1, timeout=LONG_MS)
    chooser.strip.setCurrentRow(0)
    chooser.choose_button.click()
    qtbot.waitUntil(lambda: dialog.findChild(PairDialog) is not None, timeout=LONG_MS)
    wait_pair(qtbot, dialog.findChild(PairDialog))
    dialog.findChild(PairDialog).close_button.click()
    qtbot.waitUntil(dialog.side.relations_view.isVisible, timeout=LONG_MS)


def test_every_relation_is_told_as_plain_text(qtbot):
    def other(number, visit="<b>2026-11-20</b>"):
        return Related(
            ShownEvidence(f"id-{number}", f"Z{number:02d}", "", "", "image/jpeg", 1, "", "", True), "v", visit
        )

    view = RelationsView()
    qtbot.addWidget(view)
    view.show_relations(Relations("a"))
    assert view.isHidden()
    view.show_relations(
        Relations(
            "a",
            derivation="x",
            before=other(1),
            afters=(other(2),),
            same=tuple(other(number) for number in range(3, 8)),
            alike=(other(9),),
        )
    )
    texts = [label.text() for label in view.findChildren(QLabel)]

    assert sum("<b>" in text for text in texts) == 6
    assert any("2" in text and "Z" not in text for text in texts)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in view.findChildren(QLabel))
    with qtbot.waitSignal(view.pair_wanted) as wanted:
        view.findChildren(QPushButton)[0].click()
    assert wanted.args == ["a"]


def test_the_results_page_opens_a_pair(qtbot, world, window_of, photos):
    with world.opened("anna") as anna:
        pair_photos(anna, photos[1], photos[0])
        assert evidence_relations(anna, photos[1]).before is not None
    window = window_of("anna")
    window.show_page("results", world.visits[2])
    page = window.pages["results"]
    qtbot.waitUntil(
        lambda: page.visit_view.shown is not None and page.visit_view.shown.id == world.visits[2],
        timeout=LONG_MS,
    )
    button(page.visit_view, "Z01").click()
    wait_pair(qtbot, page.findChild(PairDialog))
    page.findChild(PairDialog).close_button.click()
