from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop.domain.visit_score import LineState
from desktop.gui.widgets.passphrase_dialog import PassphraseDialog
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.assign_mission import assign_visits, find_node_by_name
from desktop.services.edit_visit import open_visit
from desktop.services.find_visits import VisitState
from desktop.services.merge_packages import merge_packages
from desktop.services.seal_mission import seal_mission
from tests.media.picture_samples import jpeg
from tests.services.worlds import FAST

LONG_MS = 20_000


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop, world):
    """The page of a visit that nobody has begun."""
    laptop.show_page("visit", world.visits[2])
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    return page


def saved_answer(page, world, number):
    """What a second look at the workspace finds on the disk."""
    workspace = world.opened("anna", read_only=True)
    with workspace:
        return open_visit(workspace, page.visit.id).answers.get(number)


def wait_saved(qtbot, page):
    qtbot.waitUntil(lambda: page._unsaved is None and not page.jobs.is_busy, timeout=LONG_MS)


def test_missions_lead_to_the_visit(qtbot, laptop, world):
    today = laptop.pages["today"]
    qtbot.waitUntil(lambda: today.visits.rowCount() == 2, timeout=LONG_MS)
    numbers = [n for n in range(2) if today.visits.row(n).state is VisitState.PLANNED]
    today.visits_view.selectRow(numbers[0])
    today.begin_button.click()
    qtbot.waitUntil(lambda: laptop.pages["visit"].visit is not None, timeout=LONG_MS)

    assert laptop.pages["visit"].isVisible()
    assert laptop.pages["visit"].visit.id == world.visits[2]


def test_a_key_scores_an_item_and_it_is_on_the_disk(qtbot, page, world):
    page.items_view.setFocus()
    qtbot.keyClick(page.items_view, Qt.Key.Key_1)
    wait_saved(qtbot, page)

    suggestion = page.visit.checklist.items[0].rule.suggestions[0]
    answer = saved_answer(page, world, 1)
    assert page.items.lines[0].deduct == suggestion.deduct
    assert answer.deduct == suggestion.deduct or answer.inputs == suggestion.inputs
    assert _("Saved at {time}").format(time="")[:3] in page._saved_label.text()


def test_a_whole_visit_is_scored_without_the_mouse(qtbot, page):
    page.items_view.setFocus()
    for _each in page.visit.checklist.items:
        qtbot.keyClick(page.items_view, Qt.Key.Key_0)
        qtbot.keyClick(page.items_view, Qt.Key.Key_Down)
    wait_saved(qtbot, page)

    assert page._score().normalised == Decimal("100.00")
    assert not page._score().unanswered


def test_not_applicable_is_a_key_too(qtbot, page):
    numbers = [item.no for item in page.visit.checklist.items if item.allow_na]
    page.items_view.setCurrentIndex(page.items.index(numbers[0] - 1))
    qtbot.keyClick(page.items_view, Qt.Key.Key_N)
    wait_saved(qtbot, page)

    assert page.items.lines[numbers[0] - 1].state is LineState.NOT_APPLICABLE


def test_chinese_that_is_typed_is_saved_and_still_there_after_another_item(qtbot, page, world):
    event = QInputMethodEvent()
    event.setCommitString("窗口空岗15分钟")
    QApplication.sendEvent(page.editor.facts_field, event)
    page.items_view.setCurrentIndex(page.items.index(1))
    page.items_view.setCurrentIndex(page.items.index(0))
    wait_saved(qtbot, page)

    assert page.editor.facts_field.toPlainText() == "窗口空岗15分钟"
    assert saved_answer(page, world, 1).facts == "窗口空岗15分钟"


def test_a_deduction_that_is_too_large_is_said_and_stays_where_it_was_typed(qtbot, page):
    page.editor.deduct_field.setFocus()
    qtbot.keyClicks(page.editor.deduct_field, "999")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)
    assert page.editor.deduct_field.text() == "999"
    page.editor.deduct_field.clear()
    qtbot.keyClicks(page.editor.deduct_field, "1")
    wait_saved(qtbot, page)

    assert not page.note.isVisible()


def test_a_deduction_that_is_no_number_is_not_saved(qtbot, page):
    page.editor.deduct_field.setFocus()
    qtbot.keyClicks(page.editor.deduct_field, "x")

    assert page._saved_label.text() == _("Not saved: the deduction is not a number.")


def test_a_photo_is_taken_in_for_the_item_that_is_shown(qtbot, page, world):
    page.add_files([world.file("photo.jpg", jpeg())])
    qtbot.waitUntil(lambda: page.strip.count() == 1, timeout=LONG_MS)
    wait_saved(qtbot, page)

    assert len(saved_answer(page, world, 1).evidence_ids) == 1
    page.editor.give_full()
    wait_saved(qtbot, page)
    assert len(saved_answer(page, world, 1).evidence_ids) == 1


def test_a_visit_is_finished_signed_and_then_read_only(qtbot, page):
    page.editor.give_full()
    page.sign_button.click()
    dialog = page.findChild(ReasonDialog)
    dialog.reason_field.setPlainText("总体较好")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.visit.is_signed, timeout=LONG_MS)

    assert page.editor.facts_field.isReadOnly()
    assert not page.sign_button.isEnabled()


def test_closing_the_window_saves_what_was_typed_last(qtbot, page, laptop, world):
    page.editor.facts_field.setPlainText("最后一句")
    visit_id = page.visit.id
    laptop.close()

    with world.opened("anna") as workspace:
        assert open_visit(workspace, visit_id).answers[1].facts == "最后一句"


def test_without_a_visit_the_page_says_where_to_begin(laptop):
    laptop.show_page("visit")

    assert laptop.pages["visit"]._sides.currentIndex() == 1
    assert not laptop.pages["visit"].sign_button.isEnabled()


def test_results_are_exported_and_the_office_can_merge_them(qtbot, laptop, world, tmp_path):
    laptop.show_page("export")
    page = laptop.pages["export"]
    (tmp_path / "stick").mkdir()
    page.export_to(tmp_path / "stick")
    qtbot.waitUntil(lambda: page.packages.rowCount() == 1, timeout=LONG_MS)
    laptop.close()

    with world.opened("office") as office:
        report = merge_packages(office, list((tmp_path / "stick").glob("*.mcp")))
    assert report.is_complete


def test_a_folder_that_is_gone_is_said_and_nothing_counts_as_exported(qtbot, laptop, tmp_path):
    laptop.show_page("export")
    page = laptop.pages["export"]
    page.export_to(tmp_path / "pulled stick")
    qtbot.waitUntil(lambda: page.note.isVisible(), timeout=LONG_MS)

    assert page.export_button.isEnabled()
    assert page.note.property("tone") == "problem"


def test_the_card_of_the_laptop_is_saved_for_the_office(qtbot, laptop, tmp_path):
    today = laptop.pages["today"]
    today.save_card(tmp_path / "card.json")
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)

    assert (tmp_path / "card.json").stat().st_size > 100


def test_a_sealed_mission_shows_its_cover_name_until_it_is_opened(qtbot, world, window_of):
    world.open()
    plan = world.plan(
        title="暗访政务大厅",
        cover_name="业务资料整理",
        mode="暗访",
        leader="张三",
        depart_at="2026-11-20T08:00:00+08:00",
    )
    seal_and_assign(world, plan)
    assert world.merge(world.anna, world.mission_package(world.anna))[0].outcome == "applied"
    world.close()
    today = window_of("anna").pages["today"]
    qtbot.waitUntil(lambda: today.missions.rowCount() == 2, timeout=LONG_MS)
    number = next(n for n in range(2) if today.missions.row(n).is_locked)
    today.missions_view.selectRow(number)

    assert today.missions.row(number).title == "业务资料整理"
    assert not today.begin_button.isEnabled()
    today.unseal_button.click()
    dialog = today.findChild(PassphraseDialog)
    dialog.passphrase_field.setText("leader pass phrase")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: today.missions_view.chosen_row().title == "暗访政务大厅", timeout=LONG_MS)
    qtbot.waitUntil(lambda: today.begin_button.isEnabled(), timeout=LONG_MS)


def seal_and_assign(world, plan):
    seal_mission(world.office, plan.id, "leader pass phrase", FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))


def test_the_list_of_items_is_a_sound_model(page):
    QAbstractItemModelTester(page.items, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page._show_score()

    assert page.items.rowCount() == len(page.visit.checklist.items)
