"""Adding and replacing people on the road: from the particulars of a visit, and for a whole mission."""

import pytest
from PySide6.QtCore import Qt

from desktop.gui.visits.finish_dialog import FinishDialog
from desktop.gui.visits.team_dialog import TeamDialog
from desktop.services.visits.change_team import TeamChange, change_team
from desktop.services.visits.edit_visit import open_visit
from desktop.services.visits.visit_team import Team
from tests.services.worlds import events

LONG_MS = 20_000


@pytest.fixture
def laptop(window_of):
    return window_of("anna")


@pytest.fixture
def page(qtbot, laptop, world):
    laptop.show_page("visit", world.visits[2])
    page = laptop.pages["visit"]
    qtbot.waitUntil(lambda: page.visit is not None, timeout=LONG_MS)
    return page


def dialog_of(qtbot, page, button):
    button.click()
    qtbot.waitUntil(lambda: page.findChild(TeamDialog) is not None, timeout=LONG_MS)
    return page.findChild(TeamDialog)


def visit_on_disk(world, number):
    with world.opened("anna", read_only=True) as workspace:
        return open_visit(workspace, world.visits[number]).head, events(workspace)


def test_somebody_not_on_record_joins_one_visit_with_a_reason(qtbot, page, world):
    page.show_head()
    dialog = dialog_of(qtbot, page, page.head_panel.team_button)
    qtbot.keyClicks(dialog.new_field, "Zhao Liu")
    qtbot.keyClick(dialog.new_field, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.reason_field, "ill")
    qtbot.keyClick(dialog.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.visit.settled.members == ("Zhao Liu",), timeout=LONG_MS)

    assert page.head_panel.team_field.text() == "Zhao Liu"
    assert page.head_panel.team_field.isReadOnly()
    assert "Zhao Liu" in page.note.problem_label.text()
    head, said = visit_on_disk(world, 2)
    assert head.team == ("Zhao Liu",)
    assert said[-1] == "team_changed"


def test_without_a_reason_nothing_changes_and_the_dialog_says_so(qtbot, page):
    page.show_head()
    dialog = dialog_of(qtbot, page, page.head_panel.team_button)
    dialog.leader_field.setEditText("王五")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: dialog.note.isVisible(), timeout=LONG_MS)

    assert "理由" in dialog.note.problem_label.text()
    assert dialog.done_button.isEnabled()
    assert dialog.reason_field.hasFocus()
    dialog.reject()


def test_a_member_is_taken_off_the_team_for_the_whole_mission(qtbot, laptop, page, world):
    today = laptop.pages["today"]
    laptop.show_page("today")
    qtbot.waitUntil(lambda: today.missions.rowCount() > 0, timeout=LONG_MS)
    dialog = dialog_of(qtbot, today, today.team_button)
    dialog.leader_field.setEditText("王五")
    dialog.reason_field.setText("组长调走")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)

    assert "王五" in today.note.problem_label.text()
    assert visit_on_disk(world, 2)[0].leader == "王五"


def test_a_visit_that_is_open_takes_up_a_change_for_its_mission(qtbot, laptop, page, world):
    today = laptop.pages["today"]
    laptop.show_page("today")
    qtbot.waitUntil(lambda: today.missions.rowCount() > 0, timeout=LONG_MS)
    dialog = dialog_of(qtbot, today, today.team_button)
    dialog.members.model.setData(
        dialog.members.model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole
    )
    (member,) = dialog.change().team.members
    dialog.leader_field.setEditText("张三丰")
    dialog.reason_field.setText("换人")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: today.note.isVisible(), timeout=LONG_MS)
    laptop.show_page("visit")
    qtbot.waitUntil(lambda: page.state.head.leader == "张三丰", timeout=LONG_MS)

    assert page.head_panel.leader_field.text() == "张三丰"
    assert page.head_panel.team_field.text() == member


def test_one_visit_or_the_whole_mission_is_asked_where_both_are_possible(qtbot, page, world):
    page.show_head()
    dialog = dialog_of(qtbot, page, page.head_panel.team_button)

    assert dialog.whole_box.isVisible()
    assert dialog.change().visit_id == world.visits[2]
    dialog.whole_box.setChecked(True)
    assert (dialog.change().visit_id, bool(dialog.change().mission_id)) == ("", True)
    dialog.reject()


def test_who_was_settled_is_not_typed_over_at_the_end(qtbot, page):
    page.show_head()
    dialog = dialog_of(qtbot, page, page.head_panel.team_button)
    dialog.new_field.setText("赵六")
    dialog.reason_field.setText("增加一人")
    dialog.done_button.click()
    qtbot.waitUntil(lambda: page.visit.settled.members == ("赵六",), timeout=LONG_MS)
    page.ask_finish()
    finish = page.findChild(FinishDialog)

    assert finish.team_field.isReadOnly()
    assert "更换成员" in finish.team_field.toolTip()
    finish.reject()


def test_the_office_reads_who_went_and_why(qtbot, world, window_of):
    world.open()
    visit = world.visits[2]
    change_team(world.anna, TeamChange(Team("王五", ("赵六",)), "<b>组长</b>生病", visit_id=visit))
    world.bring(world.anna)
    world.close()
    office = window_of("office")
    office.show_page("results", visit)
    view = office.pages["results"].visit_view
    qtbot.waitUntil(lambda: view.shown is not None and view.shown.id == visit, timeout=LONG_MS)

    texts = [label.text() for label in view.findChildren(type(office.pages["results"].note.problem_label))]
    assert any("途中更换成员：<b>组长</b>生病" in text for text in texts)
