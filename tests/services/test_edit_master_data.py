import pytest

from desktop.documents.read_sheet import SheetRow
from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError
from desktop.services.master_data.delete_master_data import delete_master_data
from desktop.services.master_data.edit_master_data import (
    ANOTHER_PERSON,
    NamesakeError,
    form_columns,
    new_form,
    read_form,
    save_form,
    suggestions,
)
from desktop.services.master_data.find_master_data import find_master_data
from desktop.services.master_data.import_rows import Outcome
from desktop.services.master_data.import_sheet import import_sheet
from desktop.services.master_data.order_units import move_unit
from desktop.services.master_data.preview_sheet import preview_sheet
from desktop.services.records.record_versions import ChangedMeanwhileError
from desktop.services.records.typed_texts import FieldError
from desktop.services.records.unit_groups import group_of_units
from desktop.storage.records import find_record, find_row
from tests.services.worlds import UNITS, dump

MARKUP = '<img src="file:///etc/passwd"><b>局</b>'


@pytest.fixture
def office(world):
    return world.office


def ids(office, kind, text="", **options):
    return [line.id for line in find_master_data(office, kind, text, **options).rows]


def texts(office, kind, column, text=""):
    return [line.texts[column] for line in find_master_data(office, kind, text).rows]


def unit(office, **changes):
    values = {"sort_no": "30", "name": "新设局", "kind": "市直部门", **changes}
    return save_form(office, "units", values)


def person(office, name="赵六", **changes):
    values = {"name": name, "unit": "澄湖区", "title": "副区长", "role": "分管领导", **changes}
    return save_form(office, "people", values, person_id=changes.pop("person_id", ANOTHER_PERSON))


def write(tmp_path, kind, *rows):
    path = tmp_path / "sheet.xlsx"
    path.unlink(missing_ok=True)
    write_sheet(kind, [SheetRow(row) for row in rows], path)
    return path


class TestForms:
    def test_a_new_unit_is_listed_at_its_place(self, office):
        unit(office, sort_no="15", name=MARKUP, group="县区一组")

        assert texts(office, "units", "name") == ["澄湖区人民政府", MARKUP, "云泽市政务服务和大数据管理局"]
        assert texts(office, "units", "group") == ["县区一组", "县区一组", "执法组"]

    def test_only_what_was_changed_is_written(self, office):
        first = ids(office, "units")[0]
        form = read_form(office, "units", first)

        save_form(office, "units", {"short": "澄湖"}, record_id=first, seen=form.seen)

        row = find_row(office.db, "unit", first)
        assert (row["short"], row["phone"], row["uscc"]) == ("澄湖", "0999-88005179", "11997102071000016E")

    def test_an_emptied_group_leads_out_of_it(self, office):
        first = ids(office, "units")[0]

        save_form(office, "units", {"group": ""}, record_id=first)

        assert first not in group_of_units(office, 2026)

    @pytest.mark.parametrize(
        ("field", "text"),
        [
            ("name", ""),
            ("name", "很长" * 2500),
            ("name", "局\u202e"),
            ("contact", "很长" * 2500),
            ("sort_no", "十"),
            ("kind", "没有"),
            ("uscc", "11997102071000016X"),
            ("region_code", "1"),
            ("parent", "没有这个单位"),
            ("name", "澄湖区人民政府"),
            ("name", "长" * 121),
            ("contact", "长" * 2001),
        ],
    )
    def test_a_wrong_text_is_refused_at_its_field_and_nothing_changes(self, office, field, text):
        before = dump(office)

        with pytest.raises(FieldError) as refused:
            unit(office, **{field: text})

        assert refused.value.field == field
        assert refused.value.advice
        assert dump(office) == before

    def test_an_edit_is_not_written_over_a_newer_one(self, office):
        first = ids(office, "units")[0]
        form = read_form(office, "units", first)
        save_form(office, "units", {"short": "甲"}, record_id=first, seen=form.seen)

        with pytest.raises(ChangedMeanwhileError):
            save_form(office, "units", {"short": "乙"}, record_id=first, seen=form.seen)

    @pytest.mark.parametrize("kind", ["units", "people"])
    def test_a_record_that_is_gone_has_no_form(self, office, kind):
        with pytest.raises(ChangedMeanwhileError):
            read_form(office, kind, "gone")

    def test_the_form_asks_for_the_columns_of_the_sheet(self):
        assert [column.field for column in form_columns("sites")][:3] == ["name", "kind", "unit"]

    def test_a_laptop_keeps_no_master_data(self, world):
        with pytest.raises(UserError):
            unit(world.anna)
        with pytest.raises(UserError):
            delete_master_data(world.anna, "units", "x")

    def test_names_are_suggested_in_official_order(self, office):
        found = suggestions(office, "units")

        assert found["parent"] == ("澄湖区人民政府", "云泽市政务服务和大数据管理局")
        assert found["group"] == ("县区一组", "执法组")
        assert len(suggestions(office, "targets")["category"]) == 12


class TestPeople:
    def test_a_namesake_is_asked_about(self, office):
        person(office, "张三")

        with pytest.raises(NamesakeError) as asked:
            save_form(office, "people", {"name": "张三", "unit": "市政务大数据局", "title": "局长"})

        assert [n.posts for n in asked.value.namesakes] == [(), ("澄湖区人民政府 副区长",)]

    def test_one_person_may_have_two_posts_and_be_changed_from_either(self, office):
        first = person(office)
        who = read_form(office, "people", first)
        second = save_form(
            office, "people", {"name": "赵六", "unit": "市政务大数据局"}, person_id=who.person_id
        )

        save_form(office, "people", {"phone": "139"}, record_id=second)

        assert read_form(office, "people", first).texts["phone"] == "139"
        assert len(ids(office, "people", "赵六")) == 2

    def test_another_person_of_the_name_is_another_record(self, office):
        posts = [person(office), person(office, unit="市政务大数据局")]

        assert len({read_form(office, "people", post).person_id for post in posts}) == 2

    def test_people_stand_by_unit_and_by_rank(self, office):
        person(office, "丙", unit="市政务大数据局", role="主要领导")
        person(office, "乙", role="联络员", title="科员")
        person(office, "甲", role="主要领导", title="区长")

        assert texts(office, "people", "name")[:3] == ["甲", "乙", "丙"]

    def test_a_person_without_a_post_is_listed_last_and_gets_one(self, office):
        person(office)
        assert texts(office, "people", "title")[0] == "副区长"
        (line,) = find_master_data(office, "people", "张三").rows
        form = read_form(office, "people", line.id)
        assert (line.is_post_missing, form.record_id, form.texts["name"]) == (True, "", "张三")

        save_form(
            office, "people", {**form.texts, "unit": "澄湖区"}, person_id=form.person_id, seen=form.seen
        )

        assert not any(line.is_post_missing for line in find_master_data(office, "people", "张三").rows)

    def test_the_person_of_a_laptop_is_kept(self, office):
        (line,) = find_master_data(office, "people", "王五").rows

        with pytest.raises(UserError):
            delete_master_data(office, "people", line.id)

    def test_with_the_last_post_goes_the_person_unless_it_can_log_in(self, office):
        post = person(office)
        who = read_form(office, "people", post).person_id
        delete_master_data(office, "people", post)
        login = find_master_data(office, "people", "张三").rows[0].id

        assert find_record(office.db, who).is_deleted
        with pytest.raises(UserError):
            delete_master_data(office, "people", login)


class TestDeleting:
    def test_a_deleted_unit_is_marked_and_leaves_its_group(self, office):
        made = unit(office, group="执法组")
        delete_master_data(office, "units", made)

        assert find_record(office.db, made).is_deleted
        assert made not in group_of_units(office, 2026)
        with pytest.raises(ChangedMeanwhileError):
            delete_master_data(office, "units", made)

    def test_a_unit_that_others_name_is_kept(self, office):
        before = dump(office)

        with pytest.raises(UserError) as refused:
            delete_master_data(office, "units", ids(office, "units")[0])

        assert "3" in refused.value.problem
        assert dump(office) == before

    def test_a_target_and_a_site_can_be_deleted(self, office):
        target = save_form(
            office,
            "targets",
            {
                "year": "2026",
                "unit": "澄湖区",
                "name": "增速",
                "category": "主要综合目标",
                "weight": "10",
            },
        )
        site = save_form(office, "sites", {"name": "一号大厅", "unit": "澄湖区", "latitude": "30.25"})
        assert (ids(office, "targets"), ids(office, "sites")) == ([target], [site])
        assert read_form(office, "sites", site).texts["latitude"] == "30.25"

        delete_master_data(office, "targets", target)
        delete_master_data(office, "sites", site)

        assert (ids(office, "targets"), ids(office, "sites")) == ([], [])


class TestOrder:
    def test_a_unit_changes_places_with_its_neighbour(self, office):
        first, second = ids(office, "units")

        move_unit(office, second, -1)
        assert ids(office, "units") == [second, first]

        move_unit(office, second, 1)
        assert texts(office, "units", "sort_no") == ["10", "20"]

    def test_units_of_one_number_are_numbered_anew(self, office):
        made = unit(office, sort_no="20")
        before = ids(office, "units")

        move_unit(office, before[2], -1)

        assert ids(office, "units") == [before[0], before[2], before[1]]
        assert texts(office, "units", "sort_no") == ["10", "20", "30"]
        assert find_row(office.db, "unit", made)["kind"] == "市直部门"

    @pytest.mark.parametrize("places", [-1, 1])
    def test_nothing_moves_beyond_the_ends(self, office, places):
        end = ids(office, "units")[0 if places < 0 else -1]

        with pytest.raises(UserError):
            move_unit(office, end, places)

    def test_what_is_gone_cannot_be_moved(self, office):
        with pytest.raises(ChangedMeanwhileError):
            move_unit(office, "x", 1)


class TestSearch:
    def test_words_are_found_in_any_column_and_signs_mean_themselves(self, office):
        assert len(ids(office, "units", "澄湖 一组")) == 1
        assert ids(office, "units", "%") == []
        assert len(ids(office, "units", choice="县区")) == 1

    def test_many_rows_come_page_by_page(self, office, tmp_path):
        names = [{"name": f"点位{n:03}", "unit": "澄湖区"} for n in range(70)]
        import_sheet(office, "sites", write(tmp_path, "sites", *names).read_bytes())

        first = find_master_data(office, "sites")
        rest = find_master_data(office, "sites", offset=len(first.rows))

        assert (first.total, len(first.rows) + len(rest.rows)) == (70, 70)
        assert rest.rows[-1].texts["name"] == "点位069"


class TestPreview:
    def test_new_and_changed_rows_are_shown_with_what_they_say(self, office, tmp_path):
        rows = (
            {**UNITS[0], "short": "澄湖", "group": None},
            UNITS[1],
            {"sort_no": 30, "name": "新设局", "kind": "市直部门"},
            {"sort_no": 40, "name": "另一局", "kind": "市直部门", "parent": "没有"},
        )
        before = dump(office)

        preview = preview_sheet(office, "units", write(tmp_path, "units", *rows))

        assert [preview.count(outcome) for outcome in Outcome] == [1, 1, 1]
        changed, new = preview.lines
        assert [(c.column.zh, c.before, c.after) for c in changed.changes] == [
            ("简称", "澄湖区", "澄湖"),
            ("考核分组", "县区一组", ""),
        ]
        assert (new.number, new.name, len(new.changes)) == (4, "新设局", 3)
        assert [error.cell for error in preview.errors] == ["单位!I5"]
        assert dump(office) == before

    def test_a_namesake_is_remarked(self, office, tmp_path):
        row = {"name": "张三", "unit": "澄湖区", "title": "副区长"}

        (line,) = preview_sheet(office, "people", write(tmp_path, "people", row)).lines

        assert line.remark

    def test_a_file_that_is_not_there_or_too_large_is_refused(self, office, tmp_path, monkeypatch):
        with pytest.raises(UserError):
            preview_sheet(office, "units", tmp_path / "none.xlsx")
        monkeypatch.setattr("desktop.services.master_data.read_sheet_file.MAX_SHEET_BYTES", 10)
        with pytest.raises(UserError):
            preview_sheet(office, "units", write(tmp_path, "units", UNITS[0]))


def test_somebody_of_a_unit_that_is_missing_is_told_to_add_the_unit_first(office):
    with pytest.raises(FieldError, match="市委督查室") as refused:
        person(office, unit="市委督查室")

    assert refused.value.field == "unit"
    assert refused.value.advice == "请核对名称；名单中尚无该单位的，请先在“单位”中新增。"


def test_a_new_unit_is_proposed_behind_the_last_and_nothing_else_is(office):
    unit(office, sort_no="47")

    assert new_form(office, "units").texts == {"sort_no": "57"}
    assert new_form(office, "people").texts == {}
