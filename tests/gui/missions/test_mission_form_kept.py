"""What is typed into a mission is kept, stays text, is reached by keys and said in both languages."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.gui.missions.plan_summary import PlanSummary
from desktop.gui.texts import Texts
from desktop.i18n import _, use_language
from desktop.services.missions.keep_form import NEW, kept_form
from tests.gui.mission_pages import MARKUP, fill


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


def test_a_new_mission_begins_at_the_top_wherever_the_last_one_was_left(qtbot, page, editor):
    bar = editor._scroll.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0

    editor.fresh_button.click()
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=10_000)

    assert editor.window().focusWidget() is editor.basics.title_field
