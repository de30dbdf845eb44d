import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLabel

from desktop.gui.setup.people_section import PeopleSection
from desktop.gui.setup.sites_section import SitesSection
from desktop.gui.setup.targets_section import TargetsSection
from desktop.gui.setup.units_section import UnitsSection
from desktop.i18n import _, use_language
from desktop.services.master_data.edit_master_data import save_form
from tests.gui.setup_pages import LONG_MS, MARKUP, answer, choose, fill, loaded, note, on_disk, section_of

LONG_NAME = "很长的名字" * 1000


@pytest.fixture
def units(qtbot, window_of):
    return loaded(qtbot, section_of(qtbot, window_of("office"), UnitsSection))


@pytest.fixture
def people(qtbot, window_of):
    return loaded(qtbot, section_of(qtbot, window_of("office"), PeopleSection))


def wait_names(qtbot, section, *names, column="name"):
    qtbot.waitUntil(
        lambda: [section.rows.row(n).texts[column] for n in range(section.rows.rowCount())] == list(names),
        timeout=LONG_MS,
    )


def save(qtbot, section):
    section.panel.save_button.click()
    qtbot.waitUntil(lambda: not section.jobs.is_busy and not section.panel.is_changed, timeout=LONG_MS)


class TestUnits:
    def test_a_unit_is_made_by_keyboard_and_markup_is_only_text(self, qtbot, units, world):
        units.view.setFocus()
        qtbot.keyClick(units.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        fill(units, sort_no="15", name=MARKUP, kind="市直部门", group="县区一组")
        qtbot.keyClick(units.panel.form.fields["name"], Qt.Key.Key_Return)
        wait_names(qtbot, units, "澄湖区人民政府", MARKUP, "云泽市政务服务和大数据管理局")
        qtbot.waitUntil(lambda: units.panel.title_label.text() == MARKUP, timeout=LONG_MS)

        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in units.findChildren(QLabel))
        assert on_disk(world, "units", "group", "一组") == ["县区一组", "县区一组"]
        assert units.view.chosen_row().texts["name"] == MARKUP

    def test_an_edit_is_saved_and_the_group_can_be_emptied(self, qtbot, units, world):
        fill(units, short="澄湖", group="")
        save(qtbot, units)

        assert on_disk(world, "units", "short")[0] == "澄湖"
        assert on_disk(world, "units", "group")[0] == ""

    @pytest.mark.parametrize(
        ("field", "text"), [("name", LONG_NAME), ("uscc", "123"), ("parent", "没有这个单位"), ("sort_no", "")]
    )
    def test_what_is_wrong_is_said_and_stays_to_be_mended(self, qtbot, units, world, field, text):
        fill(units, **{field: text})
        units.panel.save()

        assert note(qtbot, units)
        assert units.panel.is_changed
        assert QApplication.focusWidget() is units.panel.form.fields[field]
        assert on_disk(world, "units", "name")[0] == "澄湖区人民政府"

    def test_the_official_order_is_changed_by_keyboard(self, qtbot, units):
        units.view.setFocus()
        qtbot.keyClick(units.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        wait_names(qtbot, units, "云泽市政务服务和大数据管理局", "澄湖区人民政府")
        qtbot.waitUntil(lambda: units.view.currentIndex().row() == 1, timeout=LONG_MS)

        assert units.up_button.isEnabled()
        assert not units.down_button.isEnabled()
        units.up_button.click()
        wait_names(qtbot, units, "澄湖区人民政府", "云泽市政务服务和大数据管理局")

    def test_a_search_hides_a_part_and_then_nothing_is_moved(self, qtbot, units):
        qtbot.keyClicks(units.search.search_field, "20")
        units.search.search_field.setText("政务")
        wait_names(qtbot, units, "云泽市政务服务和大数据管理局")

        assert not units.up_button.isEnabled()
        units.move_by(-1)
        assert not units.jobs.is_busy

    def test_what_is_found_is_shown_at_once_and_nothing_where_nothing_is(self, qtbot, units):
        units.search.search_field.setText("政务")
        qtbot.waitUntil(
            lambda: units.panel.title_label.text() == "云泽市政务服务和大数据管理局", timeout=LONG_MS
        )
        units.search.search_field.setText("没有这个")
        qtbot.waitUntil(lambda: units._lists.currentIndex() == 2, timeout=LONG_MS)

        assert not units.panel.delete_button.isVisible()

    def test_a_new_unit_that_is_discarded_leads_back_to_the_list(self, qtbot, units):
        units.begin()
        assert not units.view.currentIndex().isValid()
        units.panel.discard()
        qtbot.waitUntil(lambda: units.panel.title_label.text() == "澄湖区人民政府", timeout=LONG_MS)

        units.begin()
        units.view.selectRow(0)
        qtbot.waitUntil(lambda: units.panel.title_label.text() == "澄湖区人民政府", timeout=LONG_MS)
        assert not units.panel.is_new

    def test_a_new_unit_is_proposed_behind_the_last_one(self, qtbot, units, world):
        last = max(map(int, on_disk(world, "units", "sort_no")))
        units.begin()
        place = units.panel.form.fields["sort_no"]
        qtbot.waitUntil(lambda: place.text() == str(last + 10), timeout=LONG_MS)

        assert not units.panel.is_changed
        assert units.panel.form.fields["name"].hasFocus()

    def test_saving_leaves_the_keyboard_in_the_form(self, qtbot, units):
        fill(units, short="澄湖")
        units.panel.save_button.setFocus()
        save(qtbot, units)

        assert units.panel.form.isAncestorOf(units.window().focusWidget())

    def test_enter_on_a_proposal_takes_it_and_saves_nothing(self, qtbot, units):
        units.view.setFocus()
        qtbot.keyClick(units.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        field = units.panel.form.fields["parent"]
        qtbot.waitUntil(lambda: field.completer().model().rowCount() > 0, timeout=LONG_MS)
        field.setFocus()
        field.setText("澄湖")
        field.completer().setCompletionPrefix("澄湖")
        field.completer().complete()
        proposals = field.completer().popup()
        qtbot.waitUntil(proposals.isVisible, timeout=LONG_MS)
        submitted = []
        units.panel.form.submitted.connect(lambda: submitted.append(True))
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            press = QKeyEvent(QKeyEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(proposals, press)

        assert field.text() == "澄湖区人民政府"
        assert submitted == []

    def test_what_is_typed_at_once_is_not_replaced_by_the_proposal(self, qtbot, units):
        units.begin()
        fill(units, sort_no="35")
        qtbot.waitUntil(lambda: not units.jobs.is_busy, timeout=LONG_MS)
        qtbot.wait(50)

        assert units.panel.form.fields["sort_no"].text() == "35"

    def test_saving_twice_makes_one_unit(self, qtbot, units, world):
        units.begin()
        fill(units, sort_no="30", name="新设局", kind="市直部门")
        units.panel.save()
        units.panel.save()
        qtbot.waitUntil(lambda: not units.jobs.is_busy and not units.panel.is_changed, timeout=LONG_MS)

        assert on_disk(world, "units", "name").count("新设局") == 1
        assert note(qtbot, units) == _("Saved.")

    def test_deleting_asks_first_and_marks_the_unit(self, qtbot, units, world):
        units.begin()
        fill(units, sort_no="30", name="新设局", kind="市直部门")
        save(qtbot, units)
        choose(qtbot, units, "新设局")
        units.view.setFocus()
        qtbot.keyClick(units.view, Qt.Key.Key_Delete)
        answer(qtbot, units, -1)
        assert len(on_disk(world, "units", "name")) == 2 + 1

        units.panel.ask_to_delete()
        answer(qtbot, units, 0)
        wait_names(qtbot, units, "澄湖区人民政府", "云泽市政务服务和大数据管理局")

    def test_a_unit_in_use_is_not_deleted(self, qtbot, units):
        units.panel.ask_to_delete()
        answer(qtbot, units, 0)

        assert _("{count} visits").format(count=3) in note(qtbot, units)

    def test_what_was_typed_is_asked_about_before_another_row_is_shown(self, qtbot, units):
        fill(units, short="新简称")
        units.view.selectRow(1)
        answer(qtbot, units, 2)

        assert units.view.currentIndex().row() == 0
        assert units.panel.form.changes() == {"short": "新简称"}
        units.view.selectRow(1)
        answer(qtbot, units, 1)
        qtbot.waitUntil(lambda: units.panel.shown.texts["short"] == "市政务大数据局", timeout=LONG_MS)

    def test_what_was_typed_is_saved_when_the_workspace_is_left(self, qtbot, units, world):
        window = units.window()
        fill(units, short="离开前")
        window.leave_workspace()
        qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=LONG_MS)

        assert on_disk(world, "units", "short")[0] == "离开前"

    def test_a_newer_edit_is_shown_instead_of_being_overwritten(self, qtbot, units):
        first = units.panel.shown.record_id
        fill(units, short="我的")
        units.jobs.write(lambda office: save_form(office, "units", {"short": "别人的"}, record_id=first))
        qtbot.waitUntil(lambda: not units.jobs.is_busy, timeout=LONG_MS)
        units.panel.save()

        assert note(qtbot, units)
        qtbot.waitUntil(lambda: units.panel.form.texts()["short"] == "别人的", timeout=LONG_MS)

    def test_everything_is_reached_by_tab(self, units):
        wanted = {
            units.search.search_field,
            units.choice_field,
            units.import_button,
            units.export_button,
            units.new_button,
            units.view,
            units.panel.delete_button,
            *units.panel.form.fields.values(),
        }
        units.search.search_field.setFocus()
        seen = []
        for _each in range(40):
            seen.append(QApplication.focusWidget())
            QApplication.focusWidget().focusNextChild()

        assert wanted - set(seen) == set()
        fields = list(units.panel.form.fields.values())
        places = [seen.index(field) for field in fields]
        assert places == sorted(places)

    def test_the_language_is_switched_while_it_is_shown(self, qtbot, units):
        use_language("en")
        units.window().pages["setup"].say_again()
        qtbot.waitUntil(lambda: units.rows.rowCount() == 2, timeout=LONG_MS)

        assert units.new_button.text().strip() == "New unit"
        assert units.rows.headerData(1, Qt.Orientation.Horizontal) == "Name"


class TestPeople:
    def test_a_person_gets_a_post_and_another_one(self, qtbot, people, world):
        people.begin()
        fill(people, name="赵六", unit="澄湖区", title="副区长", role="分管领导")
        save(qtbot, people)
        choose(qtbot, people, "赵六")
        people.post_button.click()
        qtbot.waitUntil(lambda: people.panel.is_new, timeout=LONG_MS)
        fill(people, unit="市政务大数据局", title="局长")
        save(qtbot, people)

        assert sorted(on_disk(world, "people", "title", "赵六")) == ["副区长", "局长"]
        assert len(set(on_disk(world, "people", "person_id", "赵六"))) == 1

    def test_a_second_person_of_one_name_is_asked_about(self, qtbot, people, world):
        people.begin()
        fill(people, name="张三", unit="澄湖区", title="副区长")
        people.panel.save()
        qtbot.waitUntil(people.panel.question.isVisible, timeout=LONG_MS)
        texts = [button.text() for button in people.panel.question.buttons]
        assert texts == [
            _("Same person ({posts})").format(posts=_("no post")),
            _("Another person"),
            _("Cancel"),
        ]
        answer(qtbot, people, 1)
        qtbot.waitUntil(lambda: not people.panel.is_changed, timeout=LONG_MS)

        assert len(set(on_disk(world, "people", "person_id", "张三"))) == 2

    def test_or_is_the_same_one(self, qtbot, people, world):
        people.begin()
        fill(people, name="张三", unit="澄湖区", title="副区长")
        people.panel.save()
        answer(qtbot, people, 0)
        qtbot.waitUntil(lambda: not people.panel.is_changed, timeout=LONG_MS)

        assert on_disk(world, "people", "title", "张三") == ["副区长"]

    def test_the_order_within_a_unit_is_changed_by_keyboard(self, qtbot, world, window_of):
        world.open()
        for name, role in (("甲", "主要领导"), ("乙", "联络员")):
            save_form(
                world.office, "people", {"name": name, "unit": "澄湖区人民政府", "role": role, "title": role}
            )
        world.close()
        people = loaded(qtbot, section_of(qtbot, window_of("office"), PeopleSection))
        choose(qtbot, people, "乙")
        assert people.order.up_button.isEnabled()
        assert not people.order.down_button.isEnabled()
        qtbot.keyClick(people.view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: people.rows.row(0).texts["name"] == "乙", timeout=LONG_MS)
        qtbot.waitUntil(people.order.down_button.isEnabled, timeout=LONG_MS)

        assert not people.order.up_button.isEnabled()
        people.search.search_field.setText("乙")
        qtbot.waitUntil(lambda: not people.order.down_button.isEnabled(), timeout=LONG_MS)

    def test_a_person_without_a_post_gets_one_in_the_form(self, qtbot, people, world):
        choose(qtbot, people, "张三")
        fill(people, unit="澄湖区", title="督查专员")
        save(qtbot, people)

        assert on_disk(world, "people", "title", "张三") == ["督查专员"]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            TargetsSection,
            {"year": "2026", "unit": "澄湖区", "name": MARKUP, "category": "主要综合目标", "weight": "10"},
        ),
        (SitesSection, {"name": MARKUP, "unit": "澄湖区", "latitude": "30.25"}),
    ],
)
def test_an_empty_list_says_what_to_do_and_the_first_record_is_made(qtbot, window_of, kind, texts):
    section = section_of(qtbot, window_of("office"), kind)
    qtbot.waitUntil(lambda: section._lists.currentIndex() == 1, timeout=LONG_MS)
    section.new_button.click()
    fill(section, **texts)
    save(qtbot, section)
    wait_names(qtbot, section, MARKUP)

    assert section._lists.currentIndex() == 0
    section.panel.ask_to_delete()
    answer(qtbot, section, 0)
    wait_names(qtbot, section)


def test_the_models_are_sound(qtbot, units):
    tester = QAbstractItemModelTester(units.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    units.search.search_field.setText("政务")
    wait_names(qtbot, units, "云泽市政务服务和大数据管理局")
    units.search.search_field.clear()
    qtbot.waitUntil(lambda: units.rows.rowCount() == 2, timeout=LONG_MS)
    del tester


def test_a_laptop_has_no_master_data_to_edit(window_of):
    sections = window_of("anna").pages["setup"].sections

    assert not any(isinstance(section, UnitsSection) for section in sections)
