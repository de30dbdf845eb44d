import shutil

import pytest

from desktop.gui.evidence import folder_watch as module
from desktop.gui.evidence.evidence_panel import EvidencePanel
from desktop.gui.texts import Texts
from desktop.i18n import _
from desktop.services.evidence.collect_evidence import FROM_DEVICE, FROM_SCANNER
from desktop.services.evidence.watch_folder import WatchedFolder, WatchKind
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import open_visit
from tests.media.picture_samples import jpeg

LONG_MS = 20_000


@pytest.fixture
def panel_of(qtbot, jobs, world, monkeypatch):
    """A panel of anna's third visit that looks at the watched folder many times a second."""
    monkeypatch.setattr(module, "EVERY_MS", 20)
    panels = []

    def panel_of():
        panel = EvidencePanel(jobs, Texts())
        panel.linked = []
        panel.evidence_linked.connect(lambda item, ids: panel.linked.append((item, ids)))
        qtbot.addWidget(panel)
        panel.show_item(4)
        panel.show()
        jobs.read(
            lambda workspace: open_visit(workspace, world.visits[2]),
            lambda visit: panel.show_visit(visit.id, visit.evidence, is_open=True),
        )
        qtbot.waitUntil(panel.isEnabled, timeout=LONG_MS)
        panels.append(panel)
        return panel

    yield panel_of
    for panel in panels:
        panel.leave()


@pytest.fixture
def panel(jobs, world, open_in, panel_of):
    open_in(jobs, world, "anna")
    return panel_of()


@pytest.fixture
def card(tmp_path):
    card = tmp_path / "DCIM"
    card.mkdir()
    (card / "old.jpg").write_bytes(jpeg((50, 40)))
    return card


def wait_seen(qtbot, panel):
    """Until the folder has been looked at, so that what comes now is new."""
    qtbot.waitUntil(lambda: panel.folder_watch._before is not None, timeout=LONG_MS)


def wait_linked(qtbot, panel, count):
    qtbot.waitUntil(lambda: len(panel.linked) == count, timeout=LONG_MS)
    qtbot.waitUntil(panel.add_button.isEnabled, timeout=LONG_MS)


def rows(qtbot, world, jobs):
    jobs.close_workspace()
    qtbot.waitUntil(lambda: jobs.is_quiet, timeout=LONG_MS)
    with world.opened("anna") as anna:
        return read_visit(anna.db, world.visits[2]).evidence


@pytest.mark.parametrize(
    ("kind", "mode"), [(WatchKind.CAMERA, FROM_DEVICE), (WatchKind.SCANNER, FROM_SCANNER)]
)
def test_new_photos_are_taken_in_once_for_the_item_that_is_answered(
    qtbot, panel, card, world, jobs, kind, mode
):
    panel.folder_watch.watch(WatchedFolder(card, kind))
    assert panel.folder_watch.isVisible()
    wait_seen(qtbot, panel)
    (card / "1.jpg").write_bytes(jpeg((60, 40)))
    wait_linked(qtbot, panel, 1)
    panel.show_item(5)
    (card / "2.jpg").write_bytes(jpeg((70, 40)))
    wait_linked(qtbot, panel, 2)
    found = rows(qtbot, world, jobs)

    assert [item for item, _ids in panel.linked] == [4, 5]
    assert [(row["name"], row["capture_mode"]) for row in found] == [("1.jpg", mode), ("2.jpg", mode)]


def test_a_folder_that_vanishes_is_said_and_found_again(qtbot, panel, card, tmp_path):
    panel.folder_watch.watch(WatchedFolder(card, WatchKind.CAMERA))
    wait_seen(qtbot, panel)
    usual = panel.folder_watch.text_label.text()
    shutil.move(card, tmp_path / "away")
    qtbot.waitUntil(lambda: panel.folder_watch.property("tone") == "warning", timeout=LONG_MS)
    assert panel.folder_watch.text_label.text() != usual
    (tmp_path / "away" / "new.jpg").write_bytes(jpeg((60, 40)))
    shutil.move(tmp_path / "away", card)
    wait_linked(qtbot, panel, 1)

    assert panel.folder_watch.text_label.text() == usual


def test_photos_wait_while_nothing_can_be_taken_in(qtbot, panel, card, world):
    panel.folder_watch.watch(WatchedFolder(card, WatchKind.CAMERA))
    wait_seen(qtbot, panel)
    panel.hide()
    (card / "1.jpg").write_bytes(jpeg((60, 40)))
    qtbot.waitUntil(lambda: len(panel.folder_watch._before.files) == 2, timeout=LONG_MS)
    panel.show_visit(world.visits[2], (), is_open=False)
    panel.show()
    seen = panel.folder_watch._before
    qtbot.waitUntil(lambda: panel.folder_watch._before is not seen, timeout=LONG_MS)
    assert panel.linked == []
    panel.show_visit(world.visits[2], (), is_open=True)

    wait_linked(qtbot, panel, 1)


def test_the_folder_is_watched_again_when_the_workspace_is_opened_again(qtbot, panel, card, panel_of):
    panel.folder_watch.watch(WatchedFolder(card, WatchKind.SCANNER))
    wait_seen(qtbot, panel)
    other = panel_of()
    qtbot.waitUntil(lambda: other.folder_watch.watched is not None, timeout=LONG_MS)
    assert other.folder_watch.isVisible()
    panel.folder_watch.end()
    other.folder_watch.stop_button.click()
    qtbot.waitUntil(lambda: other._jobs.is_quiet, timeout=LONG_MS)  # written, before a reader looks
    third = panel_of()
    qtbot.waitUntil(lambda: third._jobs.is_quiet, timeout=LONG_MS)

    assert not other.folder_watch.isVisible()
    assert third.folder_watch.watched is None


def test_the_folder_is_asked_for_from_the_menu(qtbot, panel, card, monkeypatch):
    answers = [None, card]
    monkeypatch.setattr(module, "choose_folder", lambda _parent, _title: answers.pop(0))
    by_text = {action.text(): action for action in panel._menu.actions()}
    by_text[_("Watch the folder of a camera or phone …")].trigger()
    assert panel.folder_watch.watched is None
    by_text[_("Watch the folder of a scanner …")].trigger()

    assert panel.folder_watch.watched == WatchedFolder(card, WatchKind.SCANNER)
    panel.folder_watch.watch(WatchedFolder(card, WatchKind.CAMERA))
    assert card.name in panel.folder_watch.text_label.text()
