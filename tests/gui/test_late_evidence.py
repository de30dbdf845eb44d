"""Evidence that is added while a signed visit is corrected: nothing is taken in before the reason is given."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from desktop.gui.visits.versions_dialog import VersionsDialog
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.finish_visit import finish_visit
from tests.media.picture_samples import jpeg

LONG_MS = 20_000
pytestmark = pytest.mark.filterwarnings("ignore:.*QDragEnterEvent:DeprecationWarning")


@pytest.fixture
def page(qtbot, window_of, world):
    """The page of a visit that is signed off, its first item being corrected."""
    with world.opened("anna") as anna:
        finish_visit(anna, world.visits[0], "有空岗", head=None)
    laptop = window_of("anna")
    laptop.activateWindow()
    laptop.show_page("visit", world.visits[0])
    page = laptop.pages["visit"]
    qtbot.waitUntil(
        lambda: page.visit is not None and page.correction.correct_button.isVisible(), timeout=LONG_MS
    )
    page.correction.correct_button.click()
    return page


def saved(page, world):
    with world.opened("anna", read_only=True) as workspace:
        return open_visit(workspace, page.visit.id)


def give_reason(qtbot, page, reason="存储卡当日未带回"):
    page.correction.save_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.reason_field.setPlainText(reason)
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.note.isVisible() and not page.jobs.is_busy, timeout=LONG_MS)


def test_files_chosen_for_a_correction_come_with_its_reason_and_are_marked(qtbot, page, world, tmp_path):
    photo = tmp_path / "IMG_7.jpg"
    photo.write_bytes(jpeg((60, 30)))
    page.add_files([photo])
    page.correction.files.caption_field.setText("三号窗口")
    assert "IMG_7.jpg" in page.correction.files.names_label.text()
    assert saved(page, world).evidence == ()
    give_reason(qtbot, page)
    qtbot.waitUntil(lambda: len(page.strip.evidence) == 1, timeout=LONG_MS)

    (shown,) = page.strip.evidence
    assert (shown.item, shown.caption, shown.added.reason) == ("1", "三号窗口", "存储卡当日未带回")
    assert "签发之后" in page.strip.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert saved(page, world).answers[1].evidence_ids == (shown.id,)
    assert not page.correction.files.isVisible()
    page.correction.versions_button.click()
    qtbot.waitUntil(lambda: page.findChild(VersionsDialog) is not None, timeout=LONG_MS)
    versions = page.findChild(VersionsDialog).versions
    assert [versions.row(number).evidence for number in range(2)] == [("Z01",), ()]


def test_a_changed_answer_and_a_pasted_picture_are_one_correction(qtbot, page, world):
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    page.correction.files.paste_button.click()
    QApplication.clipboard().clear()
    page.correction.files.paste()
    page.items_view.setFocus()
    page.editor.deduct_field.setText("3")
    page.editor.deduct_field.textEdited.emit("3")
    give_reason(qtbot, page)

    answer = saved(page, world).answers[1]
    assert answer.deduct == 3
    assert len(answer.evidence_ids) == 1


def test_what_is_dropped_can_be_left_out_again(qtbot, page, world, tmp_path):
    files = page.correction.files
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{number}.jpg")) for number in range(8)])
    left, copy, none = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none)
    files.dragEnterEvent(enter)
    files.dropEvent(QDropEvent(QPointF(5, 5), copy, mime, left, none))

    assert enter.isAccepted()
    assert files.names_label.text().endswith("…")
    assert page.correction.save_button.isEnabled()
    files.clear_button.click()

    assert not page.correction.save_button.isEnabled()
    assert files.found == ()


def test_a_file_that_cannot_be_read_corrects_nothing_and_stays_to_be_tried_again(
    qtbot, page, world, tmp_path
):
    page.add_files([tmp_path / "gone.jpg"])
    give_reason(qtbot, page)

    assert "gone.jpg" in page.note.problem_label.text()
    assert page.correction.is_under_way
    assert page.correction.save_button.isEnabled()
    assert saved(page, world).evidence == ()


def test_files_chosen_for_a_correction_count_for_what_is_missing(page, tmp_path):
    reminder = page.sides._reminder_label
    assert "照片" in reminder.text()
    page.add_files([tmp_path / "记录.pdf"])
    assert "照片" in reminder.text()
    page.add_files([tmp_path / "IMG_7.JPG"])

    assert not reminder.isVisible()
    page.correction.files.clear_button.click()
    assert "照片" in reminder.text()
    assert reminder.isVisible()


def test_files_of_a_correction_wait_at_its_item_and_are_forgotten_when_it_is_given_up(page, tmp_path):
    page.add_files([tmp_path / "a.jpg"])
    page.items_view.setCurrentIndex(page.items.index(1))
    assert page.items_view.currentIndex().row() == 0
    assert len(page.correction.files.found) == 1

    page.correction.drop_button.click()
    assert page.correction.files.found == ()
    assert not page.correction.files.isVisible()
