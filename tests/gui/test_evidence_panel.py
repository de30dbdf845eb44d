import os
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from desktop.gui.evidence.evidence_panel import EvidencePanel
from desktop.gui.jobs import Jobs
from desktop.gui.texts import Texts
from desktop.i18n import _
from desktop.services.evidence.photo_folder import choose_photo_folder
from desktop.services.visits.edit_visit import open_visit
from tests.media.picture_samples import exif, jpeg, png, png_header, short_tag

LONG_MS = 20_000


@pytest.fixture
def visit_id(world):
    return world.visits[2]


@pytest.fixture
def panel(qtbot, jobs, world, open_in, visit_id):
    """The panel of a visit that anna holds, kept up to date as its page would."""
    open_in(jobs, world, "anna")
    panel = EvidencePanel(jobs, Texts())
    panel.resize(280, 640)
    qtbot.addWidget(panel)

    def reload():
        jobs.read(lambda workspace: open_visit(workspace, visit_id), show, name="visit")

    def show(visit):
        panel.show_visit(visit.id, visit.evidence, is_open=not visit.is_signed)

    jobs.data_changed.connect(reload)
    panel.show_items([(1, "窗口服务"), (2, "政务公开")])
    panel.show_item(1)
    panel.show()
    reload()
    qtbot.waitUntil(panel.isEnabled, timeout=LONG_MS)
    return panel


def wait_count(qtbot, panel, count):
    qtbot.waitUntil(lambda: panel.strip.count() == count and panel.add_button.isEnabled(), timeout=LONG_MS)


def dropped(panel, *paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    kind = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    with pytest.warns(DeprecationWarning, match="QDragEnterEvent"):  # Qt has no other way to make one
        enter = QDragEnterEvent(QPoint(5, 5), *kind)
    QApplication.sendEvent(panel, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(panel, QDropEvent(QPointF(5, 5), *kind))


def test_many_files_are_taken_in_and_belong_to_the_item_that_is_shown(qtbot, panel, world):
    linked = []
    panel.evidence_linked.connect(lambda item, ids: linked.append((item, ids)))
    panel.add_files([world.file(f"{number}.png", png((40 + number, 30))) for number in range(3)])
    wait_count(qtbot, panel, 3)
    qtbot.waitUntil(lambda: bool(linked), timeout=LONG_MS)

    assert {each.item for each in panel.strip.evidence} == {"1"}
    assert linked == [(1, tuple(each.id for each in panel.strip.evidence))]
    assert panel.report.summary_label.text() == _("{count} taken in").format(count=3)
    assert not panel.report.lines_view.isVisible()
    panel.show_item(2)
    assert panel.report.isHidden()


def test_the_folder_of_a_camera_card_is_dropped(qtbot, panel, tmp_path):
    card = tmp_path / "card"
    (card / "DCIM").mkdir(parents=True)
    (card / "DCIM" / "IMG_0001.JPG").write_bytes(jpeg(exif=exif([short_tag(0x0112, 6)])))
    (card / "DCIM" / "IMG_0002.JPG").write_bytes(jpeg((80, 60)))
    dropped(panel, card)
    wait_count(qtbot, panel, 2)

    assert [each.name for each in panel.strip.evidence] == ["IMG_0001.JPG", "IMG_0002.JPG"]


def test_bad_empty_huge_and_hostile_files_are_listed_with_a_sentence(qtbot, panel, world, tmp_path):
    (tmp_path / "link.jpg").symlink_to(tmp_path / "nowhere")
    panel.add_files(
        [
            tmp_path / "link.jpg",
            tmp_path / "a\0b.jpg",
            world.file("empty.jpg", b""),
            world.file("bomb.png", png_header(60_000, 60_000)),
            world.file("照片\u202egpj.exe", b"MZ" + bytes(90)),
            world.file("<b>markup<b>.jpg", jpeg()),
            world.file("cut.jpg", jpeg()[:300]),
        ]
    )
    wait_count(qtbot, panel, 5)
    texts = [panel.report.lines_view.item(row).text() for row in range(panel.report.lines_view.count())]

    assert len([text for text in texts if "\n" in text]) == len(texts) >= 4
    assert panel.report.property("tone") == "problem"
    assert "\u202e" not in "".join(texts) + "".join(each.name for each in panel.strip.evidence)
    assert any("<b>markup<b>" in panel.strip.item(row).text() for row in range(5))


def test_the_same_file_twice_is_said_and_not_doubled(qtbot, panel, world):
    photo = world.file("a.jpg", jpeg())
    panel.add_files([photo])
    wait_count(qtbot, panel, 1)
    panel.add_files([photo])
    qtbot.waitUntil(
        lambda: panel.report.summary_label.text() == _("{count} there already").format(count=1),
        timeout=LONG_MS,
    )

    assert panel.strip.count() == 1


def test_pictures_come_from_the_worker_and_a_missing_one_leaves_its_sign(qtbot, panel, world):
    panel.add_files([world.file("good.jpg", jpeg()), world.file("cut.jpg", jpeg()[:200])])
    wait_count(qtbot, panel, 2)
    qtbot.waitUntil(lambda: len(panel.strip._pictures) == 2, timeout=LONG_MS)
    by_name = {each.name: panel.strip._pictures[each.sha256] for each in panel.strip.evidence}

    assert by_name["good.jpg"] is not None
    assert by_name["cut.jpg"] is None
    assert not panel.strip.item(1).icon().isNull()


def test_copied_files_and_pictures_are_pasted(qtbot, panel, world):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(world.file("copied.jpg", jpeg())))])
    QApplication.clipboard().setMimeData(mime)
    panel.paste()
    wait_count(qtbot, panel, 1)
    image = QImage(60, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    QApplication.clipboard().setImage(image)
    panel.paste()
    wait_count(qtbot, panel, 2)

    assert panel.strip.evidence[1].mime == "image/png"
    assert panel.strip.evidence[1].name.startswith(_("Pasted"))


def test_a_ready_made_png_on_the_clipboard_is_taken_byte_for_byte(qtbot, panel):
    mime = QMimeData()
    mime.setData("image/png", png())
    QApplication.clipboard().setMimeData(mime)
    panel.paste()
    wait_count(qtbot, panel, 1)

    assert panel.strip.evidence[0].size == len(png())


def test_an_empty_clipboard_is_said(qtbot, panel):
    QApplication.clipboard().clear()
    panel.paste()

    assert panel.note.isVisible()
    assert panel.strip.count() == 0


def test_the_last_photo_of_the_photo_folder_is_attached_with_one_press(qtbot, panel, tmp_path):
    folder = tmp_path / "phone"
    folder.mkdir()
    for name, at in (("old.jpg", 10), ("new.jpg", 20)):
        (folder / name).write_bytes(jpeg((60 + at, 40)))
        os.utime(folder / name, (at, at))
    panel.watch(folder)
    wait_count(qtbot, panel, 1)
    (folder / "newest.jpg").write_bytes(jpeg((90, 40)))
    panel.last_button.click()
    wait_count(qtbot, panel, 2)

    assert [each.name for each in panel.strip.evidence] == ["new.jpg", "newest.jpg"]
    for name in ("old.jpg", "new.jpg", "newest.jpg"):
        (folder / name).unlink()
    panel.last_button.click()
    qtbot.waitUntil(panel.note.isVisible, timeout=LONG_MS)


def test_a_last_photo_asked_for_during_an_intake_waits_and_belongs_to_the_item_of_that_moment(
    qtbot, panel, jobs, tmp_path, world
):
    linked = []
    panel.evidence_linked.connect(lambda item, ids: linked.append((item, len(ids))))
    (tmp_path / "phone").mkdir()
    (tmp_path / "phone" / "new.jpg").write_bytes(jpeg((70, 40)))
    jobs.write(lambda workspace: choose_photo_folder(workspace, tmp_path / "phone"))
    qtbot.waitUntil(lambda: not jobs.is_busy, timeout=LONG_MS)
    panel.add_files([world.file(f"{number}.png", png((40 + number, 30))) for number in range(3)])
    panel.show_item(2)
    panel.last_button.click()
    panel.show_item(1)
    qtbot.waitUntil(lambda: len(linked) == 2, timeout=LONG_MS)

    assert linked == [(1, 3), (2, 1)]


def test_a_caption_and_another_item_are_saved(qtbot, panel, world):
    changes = []
    panel.evidence_linked.connect(lambda item, ids: changes.append(("linked", item, ids)))
    panel.evidence_unlinked.connect(lambda item, ids: changes.append(("unlinked", item, ids)))
    panel.add_files([world.file("a.jpg", jpeg())])
    wait_count(qtbot, panel, 1)
    panel.strip.setCurrentRow(0)
    panel.form.caption_field.setText("  三号窗口 ")
    panel.form.caption_field.editingFinished.emit()
    qtbot.waitUntil(lambda: panel.strip.evidence[0].caption == "三号窗口", timeout=LONG_MS)
    panel.form.item_field.setCurrentIndex(2)
    panel.form.item_field.activated.emit(2)
    qtbot.waitUntil(lambda: panel.strip.evidence[0].item == "2", timeout=LONG_MS)
    evidence_id = panel.strip.evidence[0].id
    qtbot.waitUntil(lambda: len(changes) == 3, timeout=LONG_MS)

    assert "三号窗口" in panel.strip.item(0).text()
    assert changes[1:] == [("unlinked", 1, (evidence_id,)), ("linked", 2, (evidence_id,))]


def test_evidence_is_taken_out_and_said(qtbot, panel, world):
    panel.add_files([world.file("a.jpg", jpeg())])
    wait_count(qtbot, panel, 1)
    panel.strip.setCurrentRow(0)
    panel.form.drop_button.click()
    wait_count(qtbot, panel, 0)

    assert panel.note.isVisible()
    assert not panel.form.isVisible()


def test_an_intake_is_stopped_and_what_is_in_stays(qtbot, panel, world):
    panel.add_files([world.file(f"{number}.bin", os.urandom(2_000_000)) for number in range(12)])
    assert not panel.add_button.isEnabled()
    qtbot.waitUntil(lambda: panel.progress.bar.maximum() == 1000, timeout=LONG_MS)
    panel.progress.stop_button.click()
    qtbot.waitUntil(lambda: panel.report.isVisible(), timeout=LONG_MS)
    qtbot.waitUntil(panel.add_button.isEnabled, timeout=LONG_MS)

    assert panel.strip.count() < 12
    assert _("{count} left out").format(count="")[-3:] in panel.report.summary_label.text()


def test_nothing_is_taken_in_where_the_visit_is_closed(qtbot, panel, world):
    panel.show_visit("another", (), is_open=False)
    panel.add_files([world.file("a.jpg", jpeg())])

    assert not panel.acceptDrops()
    assert not panel.progress.isVisible()
    assert not panel.last_button.isEnabled()


def test_an_intake_that_is_stopped_before_its_turn_frees_the_panel(qtbot, panel, world, jobs):
    go_on = Event()
    jobs.write(lambda _workspace: go_on.wait(10))
    panel.add_files([world.file("a.jpg", jpeg())])
    panel.progress.stop_button.click()
    qtbot.waitUntil(panel.add_button.isEnabled, timeout=LONG_MS)
    go_on.set()

    assert panel.strip.count() == 0


def test_a_refusal_of_the_service_is_shown_in_the_panel(qtbot, panel, world, jobs):
    jobs.data_changed.disconnect()
    panel.show_visit("no such visit", (), is_open=True)
    panel.add_files([world.file("a.jpg", jpeg())])
    qtbot.waitUntil(panel.note.isVisible, timeout=LONG_MS)

    assert panel.note.property("tone") == "problem"
    assert panel.add_button.isEnabled()


def test_nothing_of_the_evidence_lies_readable_on_the_disk(qtbot, panel, world, tmp_path, monkeypatch):
    secret = b"readable bytes of a secret document" * 50
    name = "机密附件-三号窗口.txt"
    panel.add_files([world.file(name, secret)])
    wait_count(qtbot, panel, 1)
    (world.folder / name).unlink()
    written = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert len(written) > 10
    for path in written:
        content = path.read_bytes()
        assert secret[:35] not in content, path
        assert name.encode() not in content, path


def test_the_panel_stays_a_narrow_column(qtbot, panel, world):
    panel.add_files([world.file("很长的文件名" * 12 + ".jpg", jpeg())])
    wait_count(qtbot, panel, 1)
    panel.strip.setCurrentRow(0)

    assert panel.minimumSizeHint().width() <= 280


def test_the_source_of_the_intake_stays_as_it_was(qtbot, panel, world):
    photo = world.file("a.jpg", jpeg())
    panel.add_files([photo])
    wait_count(qtbot, panel, 1)

    assert Path(photo).read_bytes() == jpeg()


def test_jobs_of_a_closed_workspace_leave_the_panel_alone(qtbot, world, qapp):
    jobs = Jobs()
    panel = EvidencePanel(jobs, Texts())
    qtbot.addWidget(panel)
    panel.add_last_photo()
    jobs.shut_down()

    assert not panel.note.isVisible()
