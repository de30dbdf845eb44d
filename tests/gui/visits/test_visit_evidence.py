"""Evidence on the visit page: asked for, taken in by one key or pasted, kept when a change is taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop.services.evidence.photo_folder import choose_photo_folder
from tests.gui.visit_pages import CTRL, LONG_MS, saved, wait_saved
from tests.media.picture_samples import jpeg


def test_a_failing_answer_asks_for_a_photo_until_one_is_there(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    asked = page.state.reminders(1)
    page.add_files([world.file("photo.jpg", jpeg())])
    qtbot.waitUntil(lambda: page.strip.count() == 1 and page.saver.is_idle, timeout=LONG_MS)
    wait_saved(qtbot, page)

    assert "本项扣分应附照片" in asked
    assert len(page.state.reminders(1)) == len(asked) - 1
    assert len(saved(page, world).answers[1].evidence_ids) == 1


def test_evidence_stays_when_a_change_is_taken_back(qtbot, page, hand, world):
    hand.press(Qt.Key.Key_1)
    page.add_files([world.file("photo.jpg", jpeg())])
    qtbot.waitUntil(lambda: page.strip.count() == 1 and page.saver.is_idle, timeout=LONG_MS)
    page.items_view.setFocus()
    hand.press(Qt.Key.Key_Z, modifier=CTRL)
    wait_saved(qtbot, page)

    answer = saved(page, world).answers[1]
    assert answer.inputs == {}
    assert len(answer.evidence_ids) == 1


@pytest.mark.parametrize("is_in_facts", [False, True])
def test_the_last_photo_comes_by_one_key_from_the_list_and_from_a_field(
    qtbot, page, hand, tmp_path, is_in_facts
):
    (tmp_path / "IMG_1.jpg").write_bytes(jpeg())
    page.jobs.write(lambda workspace: choose_photo_folder(workspace, tmp_path))
    wait_saved(qtbot, page)
    if is_in_facts:
        hand.press(Qt.Key.Key_Return)
        hand.press(Qt.Key.Key_E, modifier=CTRL)
    else:
        hand.press(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: len(page.evidence.strip.evidence) == 1, timeout=LONG_MS)

    assert page.evidence.strip.evidence[0].name == "IMG_1.jpg"


def test_a_picture_is_pasted_from_the_list_and_a_text_into_the_facts(qtbot, page, hand):
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QApplication.clipboard().setImage(picture)
    hand.press(Qt.Key.Key_V, modifier=CTRL)
    qtbot.waitUntil(lambda: len(page.evidence.strip.evidence) == 1, timeout=LONG_MS)
    QApplication.clipboard().setText("三号窗口空岗")
    hand.press(Qt.Key.Key_Return)
    hand.press(Qt.Key.Key_V, modifier=CTRL)

    assert page.editor.facts_field.toPlainText() == "三号窗口空岗"
    assert len(page.evidence.strip.evidence) == 1
    QApplication.clipboard().clear()
