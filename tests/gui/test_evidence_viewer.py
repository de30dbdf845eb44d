import hashlib

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.domain.marks import WHOLE, MarkKind
from desktop.gui.evidence.evidence_dialog import FINE_SIDE, FIRST_SIDE, EvidenceDialog
from desktop.gui.evidence.facts_view import size_text
from desktop.gui.evidence.no_picture import kind_text
from desktop.gui.evidence.observation_words import degrees_text, key_text, status_text, value_text
from desktop.gui.evidence.picture_view import MOST_ZOOM, PictureView
from desktop.i18n import _
from desktop.media.observation import FIELDS, Observation, Source, Status
from desktop.services.evidence.attach_evidence import attach_evidence
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.show_visit import shown_evidence
from tests.media.picture_samples import (
    ascii_tag,
    exif,
    flat_gray_jpeg,
    gps_tags,
    jpeg,
    short_tag,
)

LONG_MS = 30_000


@pytest.fixture
def viewer(qtbot, jobs, world, open_in):
    """Opens the dialog on the first of some files, taken in as evidence of one visit."""

    def viewer(**files):
        paths = [world.file(name.replace("__", "."), content) for name, content in files.items()]
        with world.opened("anna") as anna:
            attach_evidence(anna, world.visits[0], paths)
            evidence = shown_evidence(anna, read_visit(anna.db, world.visits[0]))
        open_in(jobs, world, "anna")
        dialog = EvidenceDialog(jobs, evidence[0], None, among=evidence)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.facts_view.widget() is not None, timeout=LONG_MS)
        return dialog

    return viewer


def wait_picture(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.picture_view.has_picture, timeout=LONG_MS)


def texts_in(widget):
    return [label.text().replace("\u200b", "") for label in widget.findChildren(QLabel)]


def test_a_photo_is_shown_upright_with_what_it_says_and_who_had_it(qtbot, viewer):
    tags = exif([short_tag(0x0112, 6), ascii_tag(0x010F, "<b>Make</b>")], gps=gps_tags())
    dialog = viewer(photo__jpg=jpeg((400, 300), exif=tags))
    wait_picture(qtbot, dialog)
    texts = texts_in(dialog.facts_view)

    assert dialog.picture_view._whole == QSize(300, 400)
    assert "<b>Make</b>" in texts
    assert "30.250000° N" in texts
    assert any(dialog.evidence.sha256 == "".join(text.split()) for text in texts)
    assert _("Entered as evidence") in texts


def test_200_megapixels_are_shown_scaled_and_looked_at_more_closely(qtbot, viewer):
    dialog = viewer(huge__jpg=flat_gray_jpeg(16320, 12240))
    wait_picture(qtbot, dialog)
    assert dialog.picture_view._image.width() == FIRST_SIDE
    assert dialog.picture_view.zoom < 0.1
    dialog.full_button.click()
    qtbot.waitUntil(lambda: dialog.picture_view._image.width() == FINE_SIDE, timeout=LONG_MS)

    assert dialog.picture_view.zoom == 1.0


def test_keys_zoom_turn_and_lead_through_the_evidence(qtbot, viewer):
    dialog = viewer(a__jpg=jpeg((3000, 2000)), b__jpg=jpeg((50, 40)))
    wait_picture(qtbot, dialog)
    view = dialog.picture_view
    fitted = view.zoom
    qtbot.keyClick(dialog, Qt.Key.Key_1)
    assert view.zoom == 1.0
    qtbot.keyClick(dialog, Qt.Key.Key_Plus)
    assert view.zoom > 1.0
    qtbot.keyClick(dialog, Qt.Key.Key_Minus)
    qtbot.keyClick(dialog, Qt.Key.Key_0)
    assert view.zoom == fitted
    qtbot.keyClick(dialog, Qt.Key.Key_R)
    assert view.turns == 1
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert dialog.evidence.name == "b.jpg"
    assert view.turns == 0
    qtbot.keyClick(dialog, Qt.Key.Key_Right)
    assert not dialog.next_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Left)
    assert dialog.evidence.name == "a.jpg"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut__jpg", jpeg((300, 200))[:400]),
        ("empty__txt", b""),
        ("film__swf", b"FWS\x09" + b"\0" * 60),
        ("photo__jpg", b"MZ" + bytes(100)),
    ],
)
def test_other_files_are_shown_as_what_they_are(qtbot, viewer, name, content):
    dialog = viewer(**{name: content})
    qtbot.waitUntil(lambda: dialog.no_picture.text_label.text() != _("Loading …"), timeout=LONG_MS)

    assert dialog.no_picture.isVisible()
    assert dialog.no_picture.reason_label.text()
    assert not dialog.full_button.isEnabled()


def test_the_original_is_saved_byte_for_byte(qtbot, viewer, tmp_path):
    dialog = viewer(photo__jpg=jpeg((200, 100)))
    dialog.save_original(tmp_path / "out.jpg")
    qtbot.waitUntil(dialog.note.isVisible, timeout=LONG_MS)

    assert (tmp_path / "out.jpg").read_bytes() == jpeg((200, 100))
    assert hashlib.sha256(jpeg((200, 100))).hexdigest() in dialog.note.advice_label.text()


def test_a_target_that_cannot_be_written_is_said(qtbot, viewer, tmp_path):
    dialog = viewer(photo__jpg=jpeg())
    dialog.save_original(tmp_path / "nowhere" / "out.jpg")
    qtbot.waitUntil(dialog.note.isVisible, timeout=LONG_MS)

    assert dialog.note.property("tone") == "problem"


@pytest.fixture
def view(qtbot):
    view = PictureView()
    view.resize(400, 300)
    qtbot.addWidget(view)
    image = QImage(1000, 500, QImage.Format.Format_RGB32)
    image.fill(0)
    view.show_picture(image, QSize(2000, 1000))
    view.show()
    return view


def test_the_wheel_zooms_around_the_pointer_within_bounds(view):
    def wheel(delta):
        where = QPointF(100, 100)
        keys = (Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(view.viewport(), QWheelEvent(where, where, QPoint(), QPoint(0, delta), *keys))

    before = view.zoom
    wheel(240)
    assert view.zoom > before
    for _each in range(60):
        wheel(1200)
    assert view.zoom == MOST_ZOOM
    for _each in range(60):
        wheel(-1200)
    assert 0 < view.zoom <= 0.05


def test_finer_pixels_are_asked_for_only_when_these_are_too_coarse(view, qtbot):
    with qtbot.assertNotEmitted(view.detail_wanted):
        view.set_zoom(0.4)
    with qtbot.waitSignal(view.detail_wanted, timeout=1000):
        view.set_zoom(0.8)


def test_a_large_picture_is_moved_with_the_mouse(view, qtbot):
    view.set_zoom(1.0)
    before = view.horizontalScrollBar().value()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 100))
    qtbot.mouseMove(view.viewport(), QPoint(150, 100))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 100))

    assert view.horizontalScrollBar().value() == before + 50


def test_a_turned_picture_still_fits(view):
    view.turn(1)
    upright = view._shown_size()

    assert upright.height() <= 300
    assert upright.height() == pytest.approx(2 * upright.width(), abs=2)
    view.grab()


def test_every_observation_has_words_in_both_languages():
    for source, keys in FIELDS.items():
        for key in keys:
            assert key_text(key)
            for status in Status:
                value = 7 if key.endswith(("_px", "_udeg", "_bytes")) else "7"
                parsed = value if status in (Status.OK, Status.IMPLAUSIBLE) else None
                assert value_text(Observation(source, key, "", parsed, status))
                assert status_text(status)


def test_a_position_is_written_without_inventing_digits():
    assert degrees_text(-1_000_001, is_latitude=True) == "1.000001° S"
    assert degrees_text(120_500_000, is_latitude=False) == "120.500000° E"
    assert value_text(Observation(Source.GPS, "longitude_udeg", "x", None, Status.MALFORMED)) == "x"


def test_sizes_and_kinds_are_told_in_words_of_everyday():
    assert "1.5 KB" in size_text(1536)
    assert size_text(5) == _("{count} bytes").format(count=5)
    assert kind_text("application/zip", 5) == _("An archive")
    assert kind_text("image/wmf", 5) == _("A picture of a kind that is not shown")
    assert kind_text("audio/amr", 5) == _("A sound recording")
    assert kind_text("application/octet-stream", 5) == _("A file")
    assert kind_text("application/pdf", 5) == _("A document")


def drag(qtbot, view, start, end):
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)


def test_parts_are_covered_and_a_copy_without_metadata_is_saved(qtbot, viewer, tmp_path):
    dialog = viewer(photo__jpg=jpeg((400, 300), exif=exif([short_tag(0x0112, 1)], gps=gps_tags())))
    wait_picture(qtbot, dialog)
    view, bar = dialog.picture_view, dialog.mark_bar
    bar.begin_button.setChecked(True)
    bar.tool_buttons[MarkKind.COVER].click()
    middle = view.viewport().rect().center()
    drag(qtbot, view, middle - QPoint(300, 250), middle)
    assert bar.save_button.isVisible()
    bar.save(tmp_path / "copy.jpg")
    qtbot.waitUntil(dialog.note.isVisible, timeout=LONG_MS)

    copy = Image.open(tmp_path / "copy.jpg")
    assert max(copy.getpixel((50, 50))) < 8
    assert max(copy.getpixel((350, 250))) > 100
    assert not copy.getexif()


def test_a_stroke_is_taken_back_and_a_press_alone_covers_nothing(qtbot, view):
    view.pen.take_tool(MarkKind.COVER)
    drag(qtbot, view, QPoint(100, 120), QPoint(200, 180))
    assert len(view.pen.marks) == 1
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 150))
    assert len(view.pen.marks) == 1
    view.pen.undo()
    assert view.pen.marks == ()


def test_what_is_drawn_on_a_turned_picture_lies_where_it_was_drawn(qtbot, view):
    view.pen.take_tool(MarkKind.COVER)
    view.turn(1)
    shown = view._shown_size()
    place = view._place()
    corner = QPoint(round(place.x()) + 1, round(place.y()) + 1)
    drag(qtbot, view, corner, corner + QPoint(shown.width() // 4, shown.height() // 4))
    (cover,) = view.pen.marks

    # Turned to the right, the upper left corner of the screen is the lower left of the picture.
    assert cover.box[0] < 0.02 * WHOLE
    assert cover.box[3] > 0.98 * WHOLE
    view.grab()


def test_another_picture_begins_uncovered(qtbot, viewer):
    dialog = viewer(a__jpg=jpeg((300, 200)), b__jpg=jpeg((50, 40)))
    wait_picture(qtbot, dialog)
    dialog.mark_bar.begin_button.setChecked(True)
    drag(qtbot, dialog.picture_view, QPoint(200, 200), QPoint(300, 300))
    dialog.go(1)

    assert dialog.picture_view.pen.marks == ()
    assert not dialog.mark_bar.begin_button.isChecked()
