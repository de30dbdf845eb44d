import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.gui.visits import covert_notes, stopwatch
from desktop.gui.visits.covert_notes import CovertNotes
from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.gui.visits.identity_dialog import IdentityDialog
from desktop.gui.visits.visit_sides import HEAD_SIDE
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.note_observation import observations_of
from desktop.services.visits.save_findings import cut_drafts
from tests.gui.test_field_pages import seal_and_assign
from tests.gui.visit_pages import Hand
from tests.torture.pictures import photo

LONG_MS = 20_000


@pytest.fixture
def covert(qtbot, world, window_of):
    """The page of a covert visit."""
    world.open()
    visit = {"unit": "澄湖区", "checklist": "ZWDT-2026-V1", "planned_on": "2026-11-20"}
    plan = world.plan(title="暗访", mode="暗访", cover_name="资料整理", objects=[visit])
    seal_and_assign(world, plan)
    world.merge(world.anna, world.mission_package(world.anna))
    unseal_mission(world.anna, plan.id, "leader pass phrase")
    world.close()
    window = window_of("anna")
    window.activateWindow()
    window.show_page("visit", next(iter(plan.visits)))
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None and page.items_view.hasFocus(), timeout=LONG_MS)
    return page


def notes_of(qtbot, page):
    Hand(qtbot, page).press(Qt.Key.Key_B)
    notes = page.findChild(CovertNotes)
    qtbot.waitUntil(notes.fact_field.hasFocus, timeout=LONG_MS)
    return notes


def write(field, text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def on_disk(page, world):
    with world.opened("anna", read_only=True) as workspace:
        return observations_of(workspace, page.visit.id)


def test_one_line_and_enter_is_an_observation_with_its_time(qtbot, covert, world):
    notes = notes_of(qtbot, covert)
    notes.place_field.setText("二楼3号窗口")
    notes.stopwatch.toggle()
    write(notes.fact_field, "<b>空岗</b>")
    qtbot.keyClick(notes.fact_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=LONG_MS)

    seen = on_disk(covert, world)
    assert [(each.place, each.fact) for each in seen] == [("二楼3号窗口", "<b>空岗</b>")]
    assert seen[0].at.startswith("2026-11-20T")
    assert notes.fact_field.text() == ""
    assert not notes.stopwatch.is_running


def test_the_window_names_nothing_of_the_mission(qtbot, covert):
    notes = notes_of(qtbot, covert)

    assert notes.windowTitle() == "文档处理"
    shown = [label.text() for label in notes.findChildren(QLabel)]
    assert not [text for text in shown if "澄湖" in text or "暗访" in text or "督查" in text]


def test_an_open_visit_has_no_covert_notes(qtbot, world, window_of):
    window = window_of("anna")
    window.show_page("visit", world.visits[2])
    page = window.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    page.show_notes()

    assert page.findChild(CovertNotes) is None
    assert not page.notes_button.isVisible()


def test_one_key_locks_from_the_small_window_too_and_keeps_what_was_typed(qtbot, covert, world):
    window, visit_id = covert.window(), covert.visit.id
    notes = notes_of(qtbot, covert)
    QApplication.clipboard().setText("澄湖区政务大厅")
    write(notes.fact_field, "还没有按回车")
    qtbot.keyClick(notes.fact_field, Qt.Key.Key_F12)
    qtbot.waitUntil(lambda: window.opened is None and not window.jobs.is_busy, timeout=LONG_MS)

    assert (window.opened, window.pages, window.windowTitle()) == (None, {}, "文档处理")
    assert QApplication.clipboard().text() == ""
    assert window.isMinimized()
    with world.opened("anna") as workspace:
        assert [each.fact for each in observations_of(workspace, visit_id)] == ["还没有按回车"]


def test_one_key_locks_while_a_dialog_is_open(qtbot, covert):
    window = covert.window()
    covert.ask_finish()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=LONG_MS)
    qtbot.waitUntil(lambda: QApplication.focusWidget().window() is not window, timeout=LONG_MS)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F12)

    qtbot.waitUntil(lambda: window.opened is None and not window.jobs.is_busy, timeout=LONG_MS)
    assert window.opened is None


def press(qtbot, notes, key, modifier=Qt.KeyboardModifier.ControlModifier):
    qtbot.keyClick(QApplication.focusWidget() or notes, key, modifier)


def note_line(qtbot, notes, fact):
    count = notes.list.count()
    write(notes.fact_field, fact)
    qtbot.keyClick(notes.fact_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.list.count() == count + 1, timeout=LONG_MS)


def test_the_place_stays_for_the_next_line_and_is_gone_on_with_another_day(qtbot, covert, world, window_of):
    notes = notes_of(qtbot, covert)
    press(qtbot, notes, Qt.Key.Key_L)
    write(notes.place_field, "二楼3号窗口")
    qtbot.keyClick(notes.place_field, Qt.Key.Key_Return)
    press(qtbot, notes, Qt.Key.Key_P)
    write(notes.person_field, "胸牌 017")
    qtbot.keyClick(notes.person_field, Qt.Key.Key_Return)
    note_line(qtbot, notes, "看网络视频")
    note_line(qtbot, notes, "离开窗口")

    assert [(each.place, each.person) for each in on_disk(covert, world)] == [
        ("二楼3号窗口", "胸牌 017"),
        ("二楼3号窗口", ""),
    ]
    assert "胸牌 017  看网络视频" in notes.list.item(0).text()
    covert._close_notes()
    again = notes_of_anew(qtbot, covert, notes)
    assert again.place_field.text() == "二楼3号窗口"


def notes_of_anew(qtbot, page, before):
    page.show_notes()
    assert page.notes is not before
    qtbot.waitUntil(lambda: page.notes.list.count() > 0, timeout=LONG_MS)
    return page.notes


def test_the_stopwatch_stops_goes_on_and_survives_the_closing_of_the_window(qtbot, covert, monkeypatch):
    now = [100.0]
    monkeypatch.setattr(stopwatch.time, "monotonic", lambda: now[0])
    notes = notes_of(qtbot, covert)
    press(qtbot, notes, Qt.Key.Key_T)
    now[0] += 65
    press(qtbot, notes, Qt.Key.Key_T)
    now[0] += 1000
    assert (notes.stopwatch.seconds, notes.stopwatch.label.text()) == (65, "01:05")
    press(qtbot, notes, Qt.Key.Key_T)
    notes.close()
    now[0] += 60
    covert.show_notes()
    assert covert.notes is notes
    qtbot.waitUntil(notes.isActiveWindow, timeout=LONG_MS)
    assert notes.stopwatch.seconds == 125
    press(qtbot, notes, Qt.Key.Key_0)

    assert (notes.stopwatch.seconds, notes.stopwatch.is_running) == (0, False)


def test_the_last_line_is_taken_back_into_the_fields(qtbot, covert, world):
    notes = notes_of(qtbot, covert)
    note_line(qtbot, notes, "第一行")
    press(qtbot, notes, Qt.Key.Key_G)
    note_line(qtbot, notes, "第二行")
    press(qtbot, notes, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=LONG_MS)

    assert (notes.fact_field.text(), notes.good_field.isChecked()) == ("第二行", True)
    assert [each.fact for each in on_disk(covert, world)] == ["第一行"]
    # What is being typed is never written over.
    press(qtbot, notes, Qt.Key.Key_R)
    assert notes.list.count() == 1


def test_a_line_that_cannot_be_taken_back_is_said(qtbot, covert):
    notes = notes_of(qtbot, covert)
    note_line(qtbot, notes, "第一行")
    covert.jobs.write(lambda workspace: cut(workspace))
    notes.take_back()
    qtbot.waitUntil(notes.note.isVisible, timeout=LONG_MS)

    assert notes.list.count() == 1
    assert "不能撤回" in notes.note.problem_label.text()


def cut(workspace):
    with workspace.db.atomic():
        cut_drafts(workspace)


def test_the_last_photo_belongs_to_the_line_that_is_being_typed(qtbot, covert, world, tmp_path, monkeypatch):
    camera = tmp_path / "camera"
    camera.mkdir()
    (camera / "IMG_1.jpg").write_bytes(photo(1, 60))
    monkeypatch.setattr(covert_notes, "choose_folder", lambda *_asked: camera)
    notes = notes_of(qtbot, covert)
    write(notes.fact_field, "三号窗口空岗")
    press(qtbot, notes, Qt.Key.Key_E)
    qtbot.waitUntil(
        lambda: notes.list.count() == 1 and "照片 1 张" in notes.list.item(0).text(), timeout=LONG_MS
    )

    (seen,) = on_disk(covert, world)
    assert (seen.fact, len(seen.evidence)) == ("三号窗口空岗", 1)


def test_a_photo_without_a_line_is_said_and_no_folder_chosen_is_no_mistake(qtbot, covert, monkeypatch):
    monkeypatch.setattr(covert_notes, "choose_folder", lambda *_asked: None)
    notes = notes_of(qtbot, covert)
    notes.add_photo()
    qtbot.waitUntil(notes.note.isVisible, timeout=LONG_MS)
    assert "先记一行" in notes.note.advice_label.text()
    note_line(qtbot, notes, "第一行")
    notes.add_photo()
    qtbot.waitUntil(lambda: not covert.jobs.is_busy and covert.jobs.is_quiet, timeout=LONG_MS)

    assert notes.saved_label.text() == ""
    assert not notes.note.isVisible()


def test_a_line_that_is_refused_comes_back_with_all_that_was_typed(qtbot, covert):
    notes = notes_of(qtbot, covert)
    notes.person_field.setText("胸牌 017")
    notes.fact_field.setMaxLength(9999)
    notes.fact_field.setText("长" * 5001)
    notes.keep()
    qtbot.waitUntil(notes.note.isVisible, timeout=LONG_MS)

    assert (len(notes.fact_field.text()), notes.person_field.text()) == (5001, "胸牌 017")


@pytest.mark.parametrize(
    ("key", "is_ours"), [(Qt.Key.Key_E, True), (Qt.Key.Key_P, True), (Qt.Key.Key_A, False)]
)
def test_a_key_of_the_window_never_belongs_to_its_fields(qtbot, covert, key, is_ours):
    notes = notes_of(qtbot, covert)
    seen = []
    for field in (notes.fact_field, notes.place_field, notes.person_field):
        control = Qt.KeyboardModifier.ControlModifier
        seen.append(notes.eventFilter(field, QKeyEvent(QEvent.Type.ShortcutOverride, key, control)))

    assert seen == [is_ours] * 3


def test_enter_beside_the_line_notes_it_too(qtbot, covert):
    notes = notes_of(qtbot, covert)
    qtbot.keyClick(notes.place_field, Qt.Key.Key_Return)
    assert notes.fact_field.hasFocus()
    write(notes.fact_field, "五号窗口离岗")
    write(notes.person_field, "工号017")
    qtbot.keyClick(notes.person_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: notes.list.count() == 1, timeout=LONG_MS)

    assert notes.fact_field.hasFocus()
    assert (notes.fact_field.text(), notes.person_field.text()) == ("", "")


def test_a_long_line_is_read_to_its_end(qtbot, covert):
    notes = notes_of(qtbot, covert)
    note_line(qtbot, notes, "三号窗口空岗，无告知牌，" * 8)

    assert not notes.list.horizontalScrollBar().isVisible()
    assert notes.list.visualItemRect(notes.list.item(0)).height() > 2 * notes.list.fontMetrics().height()


def asked(page):
    """The question that is open now."""
    return next(each for each in page.findChildren(IdentityDialog) if each.isVisible())


def show_identity(qtbot, page):
    """In the particulars, where somebody goes on typing."""
    page.show_head()
    page.head_panel.identity_field.now_button.click()
    asked(page).yes_button.click()
    page.window().activateWindow()
    page.head_panel.unit_rep_field.setFocus()
    qtbot.waitUntil(lambda: page.state.is_locked(1), timeout=LONG_MS)


def test_showing_identity_says_what_is_locked_and_leaves_the_particulars_in_front(qtbot, covert, world):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    show_identity(qtbot, covert)

    assert "已锁定" in covert.note.problem_label.text()
    assert covert.sides.side == HEAD_SIDE
    covert.head_panel.unit_rep_field.setFocus()
    write(covert.head_panel.unit_rep_field, "大厅主任")
    covert.keep_typed()
    qtbot.waitUntil(lambda: covert.saver.is_idle and not covert.jobs.is_busy, timeout=LONG_MS)
    with world.opened("anna", read_only=True) as workspace:
        assert open_visit(workspace, covert.visit.id).head.unit_rep == "大厅主任"
        assert not open_visit(workspace, covert.visit.id).settled_conflicts


def test_photos_come_in_after_identity_was_shown_too_and_touch_no_locked_item(qtbot, covert, world):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    show_identity(qtbot, covert)
    covert.go_back()
    covert.add_files([world.file("later.jpg", photo(1, 60))])
    qtbot.waitUntil(lambda: len(covert.evidence.strip.evidence) == 1, timeout=LONG_MS)

    (later,) = covert.evidence.strip.evidence
    assert later.item == ""
    assert covert.state.answer(1).evidence_ids == ()


@pytest.mark.parametrize("size", [(1366, 768), (1600, 900)])
def test_what_an_item_asks_takes_the_height_it_needs_and_the_facts_have_the_rest(qtbot, covert, size):
    covert.window().resize(*size)
    hand, editor = Hand(qtbot, covert), covert.editor
    for _item in range(14):
        QApplication.processEvents()
        asked, scroll = editor._asked, editor._scroll
        needed = asked.layout().totalHeightForWidth(scroll.viewport().width())
        assert scroll.maximumHeight() == needed + 10, editor._title_label.text()
        hand.press(Qt.Key.Key_1, Qt.Key.Key_J)


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Space])
def test_a_key_that_scores_says_that_an_item_is_locked(qtbot, covert, key):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    show_identity(qtbot, covert)
    covert.go_back()
    before = covert.state.answer(1)
    Hand(qtbot, covert).press(key)

    assert "已锁定" in covert.sides.saved_label.text()
    assert covert.state.answer(1) == before


def test_the_correction_of_a_locked_item_speaks_of_no_signature(qtbot, covert):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    show_identity(qtbot, covert)
    covert.go_back()
    covert.correction.correct_button.click()
    covert.items_view.setFocus()
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    covert.correction.save_button.click()
    dialog = covert.findChild(ReasonDialog)
    said = [label.text() for label in dialog.findChildren(QLabel)]
    dialog.reject()

    assert "原记录仍可查阅。目前尚未签字，签字时以更正后的内容为准。" in said


def test_a_mistaken_press_is_asked_about_and_no_locks_nothing(qtbot, covert, world):
    hand = Hand(qtbot, covert)
    hand.press(Qt.Key.Key_1)
    covert.show_head()
    field = covert.head_panel.identity_field
    field.now_button.click()

    assert "第1项已填写" in asked(covert).locked_label.text()
    qtbot.keyClick(asked(covert), Qt.Key.Key_Escape)
    assert field.time() == ""
    assert not covert.state.head.identity_shown_at
    covert.keep_typed()
    qtbot.waitUntil(lambda: covert.saver.is_idle and not covert.jobs.is_busy, timeout=LONG_MS)
    with world.opened("anna", read_only=True) as workspace:
        assert open_visit(workspace, covert.visit.id).locked == frozenset()


def test_one_enter_confirms_and_nobody_is_asked_again(qtbot, covert):
    hand = Hand(qtbot, covert)
    hand.press(Qt.Key.Key_1)
    covert.show_head()
    covert.head_panel.identity_field.now_button.click()
    qtbot.keyClick(asked(covert), Qt.Key.Key_Return)
    covert.window().activateWindow()
    covert.head_panel.unit_rep_field.setFocus()
    write(covert.head_panel.unit_rep_field, "大厅主任")
    qtbot.waitUntil(lambda: covert.state.is_locked(1), timeout=LONG_MS)
    covert.head_panel.identity_field.edit.setFocus()
    covert.keep_typed()

    assert not [each for each in covert.findChildren(IdentityDialog) if each.isVisible()]
    assert covert.state.head.unit_rep == "大厅主任"


def test_the_time_that_locked_items_can_neither_be_emptied_nor_moved(qtbot, covert):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    show_identity(qtbot, covert)
    field = covert.head_panel.identity_field
    shown_at = field.time()
    qtbot.waitUntil(lambda: field.edit.isReadOnly(), timeout=LONG_MS)
    field.edit.setFocus()
    field.edit.selectAll()
    qtbot.keyClick(field.edit, Qt.Key.Key_Delete)
    qtbot.keyClicks(field.edit, "2026-11-20 09:55")
    covert.keep_typed()

    assert not field.now_button.isVisible()
    assert not covert.head_panel.mode_field.isEnabled()
    assert "不能再改" in covert.head_panel._identity_hint.text()
    assert (field.time(), covert.state.head.identity_shown_at) == (shown_at, shown_at)
    covert.open_item(covert.visit.id)
    qtbot.waitUntil(lambda: not covert.jobs.is_busy, timeout=LONG_MS)
    assert field.edit.isReadOnly()


def test_a_time_emptied_before_the_lock_was_known_comes_back(qtbot, covert):
    Hand(qtbot, covert).press(Qt.Key.Key_1)
    covert.show_head()
    field = covert.head_panel.identity_field
    field.now_button.click()
    shown_at = field.time()
    asked(covert).yes_button.click()
    covert.saver.flush()
    field.edit.setFocus()
    field.edit.clear()
    covert.keep_typed()
    qtbot.waitUntil(lambda: covert.state.is_locked(1), timeout=LONG_MS)

    assert (field.time(), covert.state.head.identity_shown_at) == (shown_at, shown_at)
    assert field.edit.isReadOnly()


def test_without_an_answer_only_the_notes_are_locked_and_the_question_says_so(qtbot, covert):
    covert.show_head()
    covert.head_panel.identity_field.now_button.click()

    assert "均未填写" in asked(covert).locked_label.text()
    asked(covert).no_button.click()


def test_a_time_that_is_still_typed_is_asked_about_before_the_end(qtbot, covert):
    covert.show_head()
    covert.head_panel.identity_field.edit.setFocus()
    covert.head_panel.identity_field.edit.setText("2026-11-20 09:55")
    covert.ask_finish()

    assert covert.findChild(FinishDialog) is None
    asked(covert).yes_button.click()
    covert.ask_finish()
    assert covert.findChild(FinishDialog) is not None
    covert.findChild(FinishDialog).reject()


@pytest.mark.parametrize("is_yes", [True, False])
def test_an_answer_that_comes_when_another_visit_is_open_counts_for_the_one_it_was_about(
    qtbot, covert, world, is_yes
):
    covert_id = covert.visit.id
    covert.show_head()
    covert.head_panel.identity_field.now_button.click()
    dialog = asked(covert)
    covert.open_item(world.visits[2])
    qtbot.waitUntil(lambda: covert.visit.id == world.visits[2], timeout=LONG_MS)
    (dialog.yes_button if is_yes else dialog.no_button).click()
    qtbot.waitUntil(lambda: not covert.jobs.is_busy, timeout=LONG_MS)

    with world.opened("anna", read_only=True) as workspace:
        assert bool(open_visit(workspace, covert_id).head.identity_shown_at) is is_yes
        assert not open_visit(workspace, world.visits[2]).head.identity_shown_at
