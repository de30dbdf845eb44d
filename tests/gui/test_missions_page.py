from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel

from desktop.gui.missions.plan_summary import PlanSummary
from desktop.gui.texts import Texts
from desktop.gui.widgets.check_list import CheckLine, CheckList, CheckModel
from desktop.i18n import _, use_language
from desktop.services.missions.check_plan import Weight
from desktop.services.missions.keep_form import NEW, kept_form
from desktop.services.missions.plan_mission import drafted_objects
from desktop.services.workspace.journal import birth, write_entries
from desktop.storage.records import all_rows, find_row
from tests.services.worlds import CHECKLIST

MARKUP = '<img src="file:///etc/passwd"><b>粗体</b>'
PASSPHRASE = "组长记得住的一句长口令"


@pytest.fixture
def page(qtbot, window_of):
    """The missions page of an office with one issued mission."""
    window = window_of("office")
    window.resize(1366, 768)
    window.show_page("missions")
    page = window.pages["missions"]
    qtbot.waitUntil(lambda: page.missions.rowCount() > 0, timeout=10_000)
    return page


@pytest.fixture
def editor(qtbot, page):
    page.new_button.click()
    qtbot.waitUntil(lambda: page.editor.isVisible(), timeout=10_000)
    return page.editor


def tick(check_list, *numbers):
    model = check_list.model
    for number in numbers:
        model.setData(model.index(number), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)


def choose(combo, text):
    number = next(n for n in range(combo.count()) if text in combo.itemText(n))
    combo.setCurrentIndex(number)
    combo.activated.emit(number)


def fill(editor, title="三季度督查", leader="韩立新"):
    """A mission that lacks nothing: both units, both to the laptop of 欧阳㛃."""
    editor.basics.title_field.setText(title)
    editor.basics.begin_field.setText("2026-11-24")
    tick(editor.units, 0, 1)
    editor.visits.view.selectAll()
    choose(editor.visits.checklist_field, CHECKLIST)
    choose(editor.visits.node_field, "欧阳㛃")
    editor.team.leader_field.setEditText(leader)


def saved(qtbot, page, action):
    """Do something that ends in a note, and wait for it."""
    page.note.hide()
    action()
    qtbot.waitUntil(page.note.isVisible, timeout=20_000)
    return page.note.problem_label.text()


def missions(qtbot, page):
    found = []
    page.jobs.read(lambda workspace: all_rows(workspace.db, "mission"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return {row["title"]: row for row in found[0]}


def look(qtbot, page, read):
    found = []
    page.jobs.read(lambda workspace: (read(workspace),), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    return found[0][0]


def test_an_empty_form_says_what_it_needs_without_shouting(editor):
    assert _("The mission has no title yet.") in editor.summary.text_of(Weight.WRONG)
    assert _("Say who leads the team.") in editor.summary.text_of(Weight.NEEDED)
    assert editor.basics.problem("title") == ""


def test_what_is_wrong_is_said_at_its_field_and_the_first_gets_the_focus(qtbot, page, editor):
    editor.basics.begin_field.setText("2026-11-24")
    editor.basics.end_field.setText("2026-11-2x")
    page.issue_button.click()

    assert editor.basics.problem("title") == _("The mission has no title yet.")
    assert editor.basics.problem("ends_on") == _("Write the day as in 2026-03-17.")
    assert page.window().focusWidget() is editor.basics.title_field
    assert editor.basics.end_field.property("wrong")
    assert set(missions(qtbot, page)) == {"一季度督查"}


def test_the_summary_counts_while_it_is_filled_in(editor):
    fill(editor)

    assert editor.summary.counts_label.text() == _(
        "Units: {units} · visits: {visits} · computers: {nodes}"
    ).format(units=2, visits=2, nodes=1)
    assert editor.summary.text_of(Weight.WRONG) == editor.summary.text_of(Weight.NEEDED) == ""


def test_units_are_found_by_typing_and_by_group(qtbot, editor):
    qtbot.keyClicks(editor.units.search_field, "zzz")
    assert editor.units.model.rowCount() == 0

    editor.units.search_field.clear()
    choose(editor.units.group_field, "县区一组")
    assert [editor.units.model.data(editor.units.model.index(0))] == ["澄湖区"]


def test_a_unit_is_ticked_and_taken_away_with_the_space_bar(qtbot, editor):
    editor.units.view.setCurrentIndex(editor.units.model.index(0))
    qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    assert [draft.unit for draft in editor.visits.visits()] == [editor.choices.units[0].id]

    qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    assert editor.visits.visits() == []


def test_visits_of_the_first_day_follow_when_it_is_corrected(qtbot, editor):
    begin = editor.basics.begin_field
    begin.setFocus()
    begin.setText("2026.11.24")
    begin.editingFinished.emit()
    for number in (0, 1):
        editor.units.view.setCurrentIndex(editor.units.model.index(number))
        qtbot.keyClick(editor.units.view, Qt.Key.Key_Space)
    editor.visits.view.selectRow(1)
    editor.visits.day_field.setText("2026-11-25")
    editor.visits.day_field.textEdited.emit("2026-11-25")

    begin.setText("2026-11-24")
    begin.editingFinished.emit()

    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-11-24", "2026-11-25"]


def test_that_it_is_kept_is_said_in_the_language_of_the_window(qtbot):
    texts = Texts()
    summary = PlanSummary(texts)
    qtbot.addWidget(summary)
    summary.show_kept(is_kept=True)
    try:
        use_language("en")
        texts.say_again()
        assert summary.saved_label.text().startswith("What is typed is kept")
    finally:
        use_language("zh")


def test_a_sealed_mission_is_proposed_for_a_laptop_before_this_computer(qtbot, page, editor):
    shown = [page.panel.node_field.itemData(row) for row in range(page.panel.node_field.count())]
    own = [node.id for node in editor.choices.nodes if node.is_own]

    assert shown[-len(own) :] == own


def test_a_visit_is_added_changed_and_removed_by_rows(editor):
    fill(editor)
    editor.visits.view.selectRow(0)
    editor.visits.again_button.click()
    editor.visits.day_field.setText("2026-11-25")
    editor.visits.day_field.textEdited.emit("2026-11-25")

    assert [draft.planned_on for draft in editor.visits.visits()] == [
        "2026-11-24",
        "2026-11-25",
        "2026-11-24",
    ]
    editor.visits.remove_button.click()
    assert len(editor.visits.visits()) == 2


def test_an_inspected_unit_of_a_member_asks_for_recusal(qtbot, world, window_of):
    world.open()
    unit = find_row(world.office.db, "unit", all_rows(world.office.db, "unit", "sort_no")[0]["id"])
    office = world.office
    with office.db.atomic():
        person, post = office.new_id(), office.new_id()
        write_entries(
            office,
            [
                birth(office, person, "person", {"facts": {"name": "赵六"}}),
                birth(
                    office,
                    post,
                    "post",
                    {"facts": {"person_id": person, "unit_id": unit["id"], "title": "副区长"}},
                ),
            ],
        )
    world.close()
    window = window_of("office")
    window.show_page("missions")
    page = window.pages["missions"]
    page.edit(NEW)
    qtbot.waitUntil(page.editor.isVisible, timeout=10_000)
    fill(page.editor, leader="赵六")

    assert _("{name} holds a post at {unit}, which is inspected: recusal?").format(
        name="赵六", unit="澄湖区"
    ) in page.editor.summary.text_of(Weight.ADVICE)


def test_a_draft_is_saved_opened_changed_and_issued(qtbot, page, editor):
    fill(editor)
    assert saved(qtbot, page, page.save_button.click) == _(
        "The mission is saved as a draft; nothing has left this computer."
    )
    page.back_button.click()
    qtbot.waitUntil(lambda: page.missions.rowCount() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: page.panel.mission.title == "三季度督查", timeout=10_000)
    page.panel.edit_button.click()
    qtbot.waitUntil(editor.isVisible, timeout=10_000)
    assert [draft.node for draft in editor.visits.visits()] != ["", ""]
    editor.basics.title_field.setText("四季度督查")

    assert saved(qtbot, page, page.issue_button.click) == _("The mission is issued.")
    found = missions(qtbot, page)
    assert found["四季度督查"]["status"] == "已下达"
    qtbot.waitUntil(lambda: page.visits.rowCount() == 2, timeout=10_000)


def test_a_covert_mission_is_sealed_by_the_pass_phrase_typed_twice(qtbot, page, editor):
    fill(editor, title="暗访大厅")
    editor.basics.mode_field.setCurrentIndex(1)
    editor.secrecy.cover_field.setText("资料整理")
    page.issue_button.click()
    assert editor.secrecy.problem("passphrase")
    editor.secrecy.passphrase_field.setText(PASSPHRASE)
    editor.secrecy.again_field.setText(PASSPHRASE + "x")
    assert editor.secrecy.problem("again") == _("The two pass phrases differ.")
    editor.secrecy.again_field.setText(PASSPHRASE)

    assert saved(qtbot, page, page.issue_button.click) == _("The mission is issued.")
    row = missions(qtbot, page)["资料整理"]
    assert (row["is_sealed"], row["status"], row["visits"]) == (1, "已下达", None)
    assert editor.secrecy.passphrase_field.text() == ""
    assert look(qtbot, page, lambda w: drafted_objects(w, row["id"])) is None
    page.deeds.unseal(PASSPHRASE)
    qtbot.waitUntil(
        lambda: page.note.problem_label.text() == _("The mission is open on this computer."), timeout=20_000
    )


def test_a_sealed_mission_is_given_to_a_computer_later(qtbot, page, editor):
    fill(editor, title="暗访大厅")
    editor.basics.mode_field.setCurrentIndex(1)
    editor.secrecy.cover_field.setText("资料整理")
    for field in (editor.secrecy.passphrase_field, editor.secrecy.again_field):
        field.setText(PASSPHRASE)
    saved(qtbot, page, editor.seal_button.click)
    qtbot.waitUntil(lambda: page.panel.mission.title == "资料整理", timeout=10_000)
    qtbot.waitUntil(page.panel.issue_button.isVisible, timeout=10_000)
    choose(page.panel.node_field, "王五")

    assert saved(qtbot, page, page.panel.issue_button.click) == _("The mission is issued.")
    assert missions(qtbot, page)["资料整理"]["status"] == "已下达"


def test_the_packages_are_written_read_back_and_open_on_the_laptop(qtbot, page, editor, tmp_path, world):
    fill(editor)
    saved(qtbot, page, page.issue_button.click)
    qtbot.waitUntil(lambda: page.panel.mission.title == "三季度督查", timeout=10_000)
    folder = tmp_path / "stick"
    folder.mkdir()

    text = saved(qtbot, page, lambda: page.deeds.write_packages_to(folder))

    assert text == _("Packages written and read back: {count}.").format(count=1)
    # Not with the button beside it, which withdraws the mission.
    assert page.panel.package_button.hasFocus()
    (written,) = [page.panel.written.row(0)]
    assert written.node == "外业欧阳㛃"
    with world.opened("anna") as anna:
        assert world.merge(anna, folder / written.file)[0].outcome == "applied"
        assert len(all_rows(anna.db, "mission")) == 2


def test_a_folder_that_is_gone_is_told_beside_the_list(qtbot, page, tmp_path):
    text = saved(qtbot, page, lambda: page.deeds.write_packages_to(tmp_path / "gone" / "away"))

    assert text == _("Packages that could not be written: {count} of {all}.").format(count=2, all=2)
    assert page.panel.written.row(0).problem is not None


def test_a_mission_is_withdrawn_with_its_reason(qtbot, page):
    assert saved(qtbot, page, lambda: page.deeds.withdraw("改期")) == _("The mission is withdrawn.")

    qtbot.waitUntil(lambda: page.panel.mission.status == "已撤回", timeout=10_000)
    assert not page.panel.withdraw_button.isVisible()
    assert page.panel.package_button.isVisible()


def test_what_is_typed_is_not_lost_when_the_page_or_the_workspace_is_left(qtbot, page, editor, world, window):
    fill(editor, title="没填完" + MARKUP)
    editor.basics.end_field.setText("下周")
    page.back_button.click()
    window.leave_workspace()
    qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=10_000)

    with world.opened("office") as office:
        form = kept_form(office, NEW)
    assert (form["title"], form["ends_on"], len(form["objects"])) == ("没填完" + MARKUP, "下周", 2)


def test_what_was_kept_is_shown_again_and_can_be_cleared(qtbot, page, editor):
    fill(editor, title="没填完")
    page.back_button.click()
    page.new_button.click()
    qtbot.waitUntil(page.note.isVisible, timeout=10_000)
    assert editor.basics.title_field.text() == "没填完"

    editor.fresh_button.click()
    qtbot.waitUntil(lambda: editor.basics.title_field.text() == "", timeout=10_000)
    assert editor.visits.visits() == []


def test_a_refusal_of_the_service_is_shown_and_the_form_stays(qtbot, page, editor):
    fill(editor, title="甲")
    editor.basics.number_field.setText("YZDC-1")
    saved(qtbot, page, page.issue_button.click)
    page.new_button.click()
    qtbot.waitUntil(editor.isVisible, timeout=10_000)
    fill(editor, title="乙")
    editor.basics.number_field.setText("YZDC-1")

    text = saved(qtbot, page, page.save_button.click)

    assert text == _("There is already a mission with the number {no}: “{title}”.").format(
        no="YZDC-1", title="甲"
    )
    assert editor.isVisible()
    assert editor.basics.title_field.text() == "乙"


def test_markup_and_long_texts_stay_text(qtbot, page, editor):
    fill(editor, title=MARKUP, leader=MARKUP)
    editor.team.route_field.setPlainText("很长" * 2500)
    assert editor.may_issue()
    editor.basics.title_field.setText("长" * 5000)
    assert not editor.may_save()
    assert editor.basics.problem("title") == _("At most {count} characters.").format(count=200)

    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert not page.grab().isNull()


def test_the_fields_follow_each_other_by_tab(qtbot, page, editor):
    fill(editor)
    order = [
        editor.basics.title_field,
        editor.basics.number_field,
        editor.basics.mode_field,
        editor.basics.period_field,
        editor.basics.regular_box,
        editor.basics.begin_field,
        editor.basics.end_field,
        editor.units.search_field,
        editor.units.group_field,
        editor.units.view,
        editor.visits.view,
        editor.visits.site_field,
        editor.visits.checklist_field,
        editor.visits.day_field,
        editor.visits.node_field,
        editor.visits.again_button,
        editor.visits.remove_button,
        editor.team.leader_field,
        editor.team.route_field,
        editor.team.members.search_field,
        editor.team.members.view,
    ]
    reached = [widget for widget in order if widget.isEnabled()]
    reached[0].setFocus()
    for before, after in pairwise(reached):
        qtbot.keyClick(before, Qt.Key.Key_Tab)
        assert page.window().focusWidget() is after, after.accessibleName()


def test_everything_that_takes_the_focus_has_a_name(editor):
    fields = [editor.units.search_field, editor.units.view, editor.visits.view, editor.team.members.view]
    fields += [editor.visits.form.field(key) for key in ("site", "checklist", "planned_on", "node")]

    assert [field for field in fields if not field.accessibleName()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_editor_is_said_again_in_another_language(qtbot, window, page, editor, language):
    fill(editor)
    window.choose_language(language)
    qtbot.wait(50)

    assert editor.summary.counts_label.text().startswith("Units: 2" if language == "en" else "2 个单位")
    assert editor.basics.title_field.text() == "三季度督查"
    window.choose_language("zh")
    qtbot.wait(50)


def test_a_list_with_check_marks_is_a_sound_model(qtbot):
    model = CheckModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    ticked = []
    model.toggled.connect(lambda line, on: ticked.append((line, on)))
    model.show_lines([CheckLine(str(n), f"单位{n}", "详情", f"第{n % 2}组") for n in range(500)])
    model.check({"3", "4"})
    model.narrow("单位", "第1组")
    model.setData(model.index(0), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    model.setData(model.index(1), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)

    assert model.rowCount() == 250
    assert ticked == [("1", True), ("3", False)]
    model.narrow("", "")
    assert model.data(model.index(4), Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    del tester


def test_the_visits_of_a_plan_are_a_sound_model(qtbot, editor):
    tester = QAbstractItemModelTester(editor.visits.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    fill(editor)
    editor.visits.again_button.click()
    editor.visits.remove_button.click()

    assert editor.visits.rows.rowCount() == 2
    del tester


def test_a_check_list_without_groups_shows_none(qtbot):
    check_list = CheckList(Texts(), lambda: "x", None)
    qtbot.addWidget(check_list)
    check_list.show()
    check_list.show_lines([CheckLine("1", "一")])

    assert not check_list.group_field.isVisible()


def test_a_new_mission_begins_at_the_top_wherever_the_last_one_was_left(qtbot, page, editor):
    bar = editor._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0

    editor.fresh_button.click()
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=10_000)

    assert editor.window().focusWidget() is editor.basics.title_field


def test_units_are_drawn_at_random_from_those_that_are_listed(qtbot, editor):
    editor.basics.begin_field.setText("2026-11-24")
    tick(editor.units, 0)
    listed = editor.units.model.rowCount()
    assert editor.draw_bar.count_field.maximum() == listed - 1
    editor.draw_bar.count_field.setValue(listed - 1)
    editor.draw_bar.draw_button.click()

    drafts = editor.visits.visits()
    assert {draft.unit for draft in drafts} == {unit.id for unit in editor.choices.units}
    assert len(drafts) == listed
    assert all(draft.planned_on == "2026-11-24" for draft in drafts[1:])
    assert editor.draw_bar.result_label.text().startswith(f"从 {listed - 1} 个单位中随机抽取：")
    assert not editor.draw_bar.draw_button.isEnabled()


def test_a_search_narrows_what_is_drawn_from(qtbot, editor):
    editor.units.search_field.setText("没有这样的单位")

    assert not editor.draw_bar.draw_button.isEnabled()
    editor.units.search_field.clear()
    assert editor.draw_bar.draw_button.isEnabled()


def test_a_day_may_be_typed_as_on_paper(qtbot, editor):
    tick(editor.units, 0)
    for field, text in ((editor.basics.begin_field, "2026年12月1日"), (editor.basics.end_field, "2026.12.9")):
        field.setFocus()
        field.insert(text)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    assert (editor.form()["starts_on"], editor.form()["ends_on"]) == ("2026-12-01", "2026-12-09")
    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-12-01"]
    editor.visits.day_field.setFocus()
    editor.visits.day_field.clear()
    qtbot.keyClicks(editor.visits.day_field, "2026/12/3")
    qtbot.keyClick(editor.visits.day_field, Qt.Key.Key_Return)
    assert [draft.planned_on for draft in editor.visits.visits()] == ["2026-12-03"]
    qtbot.keyClicks(editor.basics.end_field, "x")
    assert editor.form()["ends_on"] == "2026-12-09x"
