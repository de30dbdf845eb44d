import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from desktop.documents.read_sheet import SheetRow, read_sheet
from desktop.documents.write_sheet import write_sheet
from desktop.errors import UserError
from desktop.services.master_data.export_sheet import export_sheet
from desktop.services.master_data.import_sheet import import_sheet
from desktop.services.records.unit_groups import group_of_units
from desktop.services.workspace.journal import birth, change, write_entries
from desktop.storage.records import find_row
from tests.services.worlds import UNITS, dump, events, rows

PEOPLE = (
    {
        "name": "张三",
        "gender": "男",
        "unit": "澄湖区",
        "title": "副区长",
        "role": "分管领导",
        "phone": "13800000000",
    },
    {"name": "李四", "unit": "澄湖区", "role": "联络员", "from_date": date(2026, 1, 1)},
)
TARGETS = (
    {
        "year": 2026,
        "sort_no": 1,
        "code": "CH-01",
        "unit": "澄湖区",
        "name": "地区生产总值增速",
        "category": "主要综合目标",
        "level": "市定",
        "kind": "定量",
        "measure_unit": "%",
        "direction": "正向",
        "method": "S01",
        "weight": Decimal("10.5"),
        "target_value": Decimal("6.70"),
        "adjusted_on": date(2026, 7, 15),
        "is_key": "是",
    },
    {
        "year": 2026,
        "unit": "市政务大数据局",
        "name": "一网通办",
        "category": "主要综合目标",
        "weight": Decimal(5),
    },
)
SITES = (
    {
        "name": "产业园一期",
        "kind": "项目",
        "unit": "澄湖区",
        "address": "创新大道88号",
        "latitude": Decimal("30.274150"),
        "longitude": Decimal("120.155150"),
    },
    {"name": "二号大厅", "unit": "澄湖区"},
)
ALL = {"units": UNITS, "people": PEOPLE, "targets": TARGETS, "sites": SITES}


@pytest.fixture
def sheet(tmp_path):
    def write(kind, *values, ids=()):
        path = tmp_path / "sheet.xlsx"
        path.unlink(missing_ok=True)
        ids = [*ids, *[None] * (len(values) - len(ids))]
        write_sheet(kind, [SheetRow(*pair) for pair in zip(values, ids, strict=True)], path)
        return path.read_bytes()

    return write


@pytest.fixture
def exported(world, tmp_path):
    def export(kind):
        path = tmp_path / "exported.xlsx"
        path.unlink(missing_ok=True)
        export_sheet(world.office, kind, path)
        return path.read_bytes()

    return export


def edited(content, **cells):
    """The workbook with some cells changed, as a clerk would."""
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in cells.items():
        workbook.worksheets[0][cell] = value
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def without_group_column(values):
    workbook = openpyxl.Workbook()
    workbook.active.title = "单位"
    workbook.active.append(["行政序列号", "单位名称", "类型"])
    workbook.active.append(list(values.values()))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def counts(result):
    return result.created, result.changed, result.unchanged


def record_entries(world):
    return world.office.db.execute("SELECT count(*) FROM entry WHERE kind = 'write'").fetchone()[0]


@pytest.mark.parametrize("kind", ["units", "people", "targets", "sites"])
def test_what_was_exported_and_comes_back_unchanged_makes_no_entry(world, sheet, exported, kind):
    import_sheet(world.office, kind, sheet(kind, *ALL[kind]))
    content = exported(kind)
    before = record_entries(world)

    again = import_sheet(world.office, kind, content)

    assert (counts(again), again.errors) == ((0, 0, len(ALL[kind])), ())
    assert record_entries(world) == before
    assert [row.values for row in read_sheet(exported(kind), kind).rows] == [
        row.values for row in read_sheet(content, kind).rows
    ]


@pytest.mark.parametrize("kind", ["people", "targets", "sites"])
def test_the_same_sheet_without_ids_finds_its_records_again(world, sheet, kind):
    content = sheet(kind, *ALL[kind])
    assert counts(import_sheet(world.office, kind, content)) == (2, 0, 0)
    before = record_entries(world)

    assert counts(import_sheet(world.office, kind, content)) == (0, 0, 2)
    assert record_entries(world) == before


def test_an_empty_workspace_exports_an_empty_sheet(world, tmp_path):
    assert export_sheet(world.office, "targets", tmp_path / "t.xlsx") == 0
    assert read_sheet((tmp_path / "t.xlsx").read_bytes(), "targets").rows == ()
    assert events(world.office)[-1] == "exported_sheet"


def test_a_target_keeps_its_exact_figures(world, sheet):
    import_sheet(world.office, "targets", sheet("targets", *TARGETS))

    (first,) = [row for row in rows(world.office, "targets") if row["code"] == "CH-01"]
    row = find_row(world.office.db, "target", first["id"])
    assert (Decimal(row["weight"]), Decimal(row["target_value"])) == (Decimal("10.5"), Decimal("6.7"))
    assert (row["adjusted_on"], row["is_key"], row["is_livelihood"]) == ("2026-07-15", 1, 0)


def test_a_site_is_stored_in_millionths_of_a_degree(world, sheet):
    import_sheet(world.office, "sites", sheet("sites", *SITES))

    found = {row["name"]: find_row(world.office.db, "site", row["id"]) for row in rows(world.office, "sites")}
    assert (found["产业园一期"]["lat_udeg"], found["产业园一期"]["lon_udeg"]) == (30274150, 120155150)
    assert found["二号大厅"]["lat_udeg"] is None


def test_a_row_with_an_id_changes_its_record_whatever_it_is_called_now(world, sheet, exported):
    unit = next(row for row in rows(world.office, "units") if row["short"] == "澄湖区")

    changed = import_sheet(
        world.office,
        "units",
        sheet("units", {**UNITS[0], "name": "澄湖新区", "uscc": None}, ids=[unit["id"]]),
    )

    assert counts(changed) == (0, 1, 0)
    row = find_row(world.office.db, "unit", unit["id"])
    assert (row["name"], row["short"], row["phone"]) == ("澄湖新区", "澄湖区", "0999-88005179")


def test_a_unit_is_found_by_its_credit_code_else_by_its_name(world, sheet):
    renamed = import_sheet(world.office, "units", sheet("units", {**UNITS[0], "name": "澄湖新区"}, UNITS[1]))

    assert counts(renamed) == (0, 1, 1)
    assert len(rows(world.office, "units")) == 2


def test_columns_that_the_sheet_does_not_have_keep_their_values(world):
    workbook = openpyxl.Workbook()
    workbook.active.title = "单位"
    workbook.active.append(["行政序列号", "单位名称", "类型"])
    workbook.active.append([99, "澄湖区人民政府", "县区"])
    target = io.BytesIO()
    workbook.save(target)

    assert counts(import_sheet(world.office, "units", target.getvalue())) == (0, 1, 0)

    row = next(row for row in rows(world.office, "units") if row["short"] == "澄湖区")
    assert row["uscc"] == "11997102071000016E"
    assert find_row(world.office.db, "unit", row["id"])["sort_no"] == 99


def test_parameters_that_no_sheet_shows_survive_a_change(world, sheet):
    import_sheet(world.office, "targets", sheet("targets", TARGETS[0]))
    (target,) = rows(world.office, "targets")
    scoring = {"scoring": {"weight": "10.5", "method": "S01", "params": {"cap": 120}}}
    with world.office.db.atomic():
        write_entries(world.office, [change(world.office, target["id"], "target", scoring)])

    import_sheet(world.office, "targets", sheet("targets", {**TARGETS[0], "weight": Decimal(12)}))

    row = find_row(world.office.db, "target", target["id"])
    assert (row["weight"], row["method"], row["params"]) == ("12", "S01", '{"cap":120}')


def test_what_is_changed_about_a_person_is_not_lost(world, sheet, exported):
    import_sheet(world.office, "people", sheet("people", *PEOPLE))
    (row,) = [row for row in read_sheet(exported("people"), "people").rows if row.values["title"]]
    values = {**row.values, "name": "张三丰", "gender": "女", "phone": "13900000000"}

    assert counts(import_sheet(world.office, "people", sheet("people", values, ids=[row.id]))) == (0, 1, 0)

    (after,) = [row for row in read_sheet(exported("people"), "people").rows if row.values["title"]]
    assert dict(after.values) == values
    assert counts(import_sheet(world.office, "people", exported("people"))) == (0, 0, 2)


def test_two_posts_of_one_person_must_say_the_same_about_him(world, sheet, exported):
    import_sheet(world.office, "people", sheet("people", PEOPLE[0]))
    second = {**PEOPLE[0], "title": "督查专员"}
    import_sheet(world.office, "people", sheet("people", second))
    posts = [{**post, "phone": "13900000000"} for post in (PEOPLE[0], second)]

    agreed = import_sheet(world.office, "people", sheet("people", *posts))
    disputed = import_sheet(
        world.office, "people", sheet("people", {**posts[0], "phone": "1"}, {**posts[1], "phone": "2"})
    )

    assert (counts(agreed), agreed.errors) == ((0, 2, 0), ())
    assert [error.cell for error in disputed.errors] == ["人员!3"]
    assert {row.values["phone"] for row in read_sheet(exported("people"), "people").rows} == {"13900000000"}


def test_a_post_whose_person_has_not_come_is_left_as_it_is(world, sheet, exported):
    import_sheet(world.office, "people", sheet("people", PEOPLE[0]))
    content = exported("people")
    world.office.db.execute("DELETE FROM person")

    assert counts(import_sheet(world.office, "people", content)) == (0, 0, 1)


def test_a_second_post_of_a_person_in_one_unit_is_the_same_person(world, sheet):
    import_sheet(world.office, "people", sheet("people", PEOPLE[0]))
    import_sheet(world.office, "people", sheet("people", {**PEOPLE[0], "title": "督查专员"}))

    posts = [row for row in rows(world.office, "posts") if row["title"] in ("副区长", "督查专员")]
    assert len(posts) == 2
    assert len({row["person_id"] for row in posts}) == 1


def test_a_namesake_in_another_unit_is_another_person(world, sheet):
    import_sheet(world.office, "people", sheet("people", PEOPLE[0], {**PEOPLE[0], "unit": "市政务大数据局"}))

    assert len({row["person_id"] for row in rows(world.office, "posts")}) == 2


def test_units_are_put_into_the_groups_of_the_year(world, sheet, exported):
    year = 2026
    units = {row["short"]: row["id"] for row in rows(world.office, "units")}
    assert group_of_units(world.office, year) == {
        units["澄湖区"]: "县区一组",
        units["市政务大数据局"]: "执法组",
    }

    import_sheet(world.office, "units", sheet("units", {**UNITS[0], "group": "执法组"}, UNITS[1]))

    assert set(group_of_units(world.office, year).values()) == {"执法组"}
    assert group_of_units(world.office, year + 1) == {}


def test_an_emptied_group_takes_the_unit_out_of_it_and_a_missing_column_does_not(world, sheet):
    unit = next(row["id"] for row in rows(world.office, "units") if row["short"] == "澄湖区")
    names = ("sort_no", "name", "kind")
    without_column = {name: UNITS[0][name] for name in names}

    assert counts(import_sheet(world.office, "units", without_group_column(without_column))) == (0, 0, 1)
    assert group_of_units(world.office, 2026)[unit] == "县区一组"

    emptied = sheet("units", {**UNITS[0], "group": None})
    assert counts(import_sheet(world.office, "units", emptied)) == (0, 1, 0)
    assert unit not in group_of_units(world.office, 2026)
    assert counts(import_sheet(world.office, "units", emptied)) == (0, 0, 1)


def test_a_unit_never_comes_to_stand_above_itself(world, sheet):
    above = {"sort_no": 1, "name": "甲局", "kind": "市直部门"}
    below = {"sort_no": 2, "name": "乙局", "kind": "市直部门", "parent": "甲局"}
    import_sheet(world.office, "units", sheet("units", above, below))

    circle = import_sheet(world.office, "units", sheet("units", {**above, "parent": "乙局"}))
    itself = import_sheet(world.office, "units", sheet("units", {**above, "parent": "甲局"}))

    assert [error.cell for error in (*circle.errors, *itself.errors)] == ["单位!2", "单位!2"]


def test_a_parent_is_named_by_any_of_its_names_also_when_it_comes_in_the_same_sheet(world, sheet):
    parent = {"sort_no": 1, "name": "云泽市人民政府", "kind": "县区"}
    child = {"sort_no": 2, "name": "新设局", "kind": "市直部门", "parent": "云泽市人民政府"}
    import_sheet(world.office, "units", sheet("units", parent, child))

    by_name = {row["name"]: row["id"] for row in rows(world.office, "units")}
    assert find_row(world.office.db, "unit", by_name["新设局"])["parent_id"] == by_name["云泽市人民政府"]


class TestErrors:
    def test_faulty_cells_are_named_and_nothing_is_imported(self, world, exported):
        content = edited(exported("units"), B2="十", E3="没有这种类型")
        before = dump(world.office)

        result = import_sheet(world.office, "units", content)

        assert [error.cell for error in result.errors] == ["单位!B2", "单位!E3"]
        assert not result.is_applied
        assert dump(world.office) == before

    def test_on_demand_the_right_rows_are_taken(self, world, sheet):
        new = {"sort_no": 30, "name": "新设局", "kind": "市直部门"}
        content = sheet("units", new, {**new, "name": "另一局", "parent": "没有这个单位"})

        refused = import_sheet(world.office, "units", content)
        taken = import_sheet(world.office, "units", content, skips_errors=True)

        assert (refused.is_applied, taken.is_applied) == (False, True)
        (error,) = taken.errors
        assert (error.cell, "没有这个单位" in error.problem) == ("单位!I3", True)
        assert counts(taken) == (1, 0, 0)
        assert "新设局" in {row["name"] for row in rows(world.office, "units")}

    def test_a_dry_run_counts_and_changes_nothing(self, world, sheet):
        before = dump(world.office)

        result = import_sheet(world.office, "sites", sheet("sites", *SITES), is_dry_run=True)

        assert counts(result) == (2, 0, 0)
        assert not result.is_applied
        assert dump(world.office) == before

    def test_two_rows_of_one_record_are_refused(self, world, sheet):
        result = import_sheet(world.office, "units", sheet("units", UNITS[0], {**UNITS[0], "short": "澄湖"}))

        (error,) = result.errors
        assert (error.cell, "第 2 行" in error.problem) == ("单位!3", True)

    @pytest.mark.parametrize("kind", ["people", "targets", "sites"])
    def test_two_rows_of_one_new_record_are_refused(self, world, sheet, kind):
        result = import_sheet(world.office, kind, sheet(kind, ALL[kind][0], ALL[kind][0]))

        assert all(error.cell.endswith("!3") for error in result.errors)
        assert result.errors
        assert not result.is_applied

    def test_two_new_units_with_one_credit_code_are_refused(self, world, sheet):
        new = {"sort_no": 30, "name": "新设局", "kind": "市直部门", "uscc": "11997102MB0000001X"}

        result = import_sheet(world.office, "units", sheet("units", new, {**new, "name": "另一局"}))

        assert len(result.errors) == 1

    def test_a_row_that_could_mean_two_records_is_refused(self, world, sheet):
        for target in TARGETS[:1] * 2:
            _write_target(world, target["name"])

        result = import_sheet(world.office, "targets", sheet("targets", TARGETS[0]))

        (error,) = result.errors
        assert "2 条不同的记录" in error.problem

    def test_a_name_of_two_units_is_refused(self, world, sheet):
        twin = {"facts": {"sort_no": 30, "name": "澄湖区第二", "short": "澄湖区", "kind": "县区"}}
        with world.office.db.atomic():
            write_entries(world.office, [birth(world.office, world.office.new_id(), "unit", twin)])

        (error,) = import_sheet(world.office, "sites", sheet("sites", SITES[0])).errors

        assert "“澄湖区”对应 2 条" in error.problem

    @pytest.mark.parametrize("column", ["name", "short"])
    def test_two_units_of_one_name_are_refused_whatever_their_ids(self, world, sheet, column):
        ids = [next(row["id"] for row in rows(world.office, "units") if row["short"] == "澄湖区")]
        ids.append(next(row["id"] for row in rows(world.office, "units") if row["id"] != ids[0]))
        twin = {**UNITS[1], column: UNITS[0][column]}
        new = {"sort_no": 30, "name": "新设局", "kind": "市直部门"}

        (in_sheet,) = import_sheet(world.office, "units", sheet("units", UNITS[0], twin, ids=ids)).errors
        (stored,) = import_sheet(world.office, "units", sheet("units", twin, ids=ids[1:])).errors
        (made,) = import_sheet(world.office, "units", sheet("units", new, {**new, "uscc": "X"})).errors

        assert (in_sheet.cell, in_sheet.problem[:5]) == ("单位!3", "第 2 行")
        assert stored.problem == f"工作库中已有另一个单位名为“{UNITS[0][column]}”。"
        assert made.cell == "单位!3"

    def test_two_units_may_exchange_their_names(self, world, sheet):
        ids = [next(row["id"] for row in rows(world.office, "units") if row["short"] == "澄湖区")]
        ids.append(next(row["id"] for row in rows(world.office, "units") if row["id"] != ids[0]))
        first, second = ({**unit, "uscc": None} for unit in UNITS)
        first["name"], second["name"] = second["name"], first["name"]

        assert import_sheet(world.office, "units", sheet("units", first, second, ids=ids)).errors == ()

    def test_an_id_that_is_not_here_is_refused(self, world, sheet):
        strange = "01a1fbf5-f8ca-7000-b387-692651ab59a0"

        (error,) = import_sheet(world.office, "units", sheet("units", UNITS[0], ids=[strange])).errors

        assert "不存在" in error.problem

    def test_an_unknown_sheet_is_refused(self, world, tmp_path):
        with pytest.raises(UserError, match="没有名为“nothing”的表格"):
            import_sheet(world.office, "nothing", b"")
        with pytest.raises(UserError, match="没有名为“nothing”的表格"):
            export_sheet(world.office, "nothing", tmp_path / "x.xlsx")

    def test_a_field_node_imports_no_master_data(self, world, sheet):
        with pytest.raises(UserError, match="由中心维护"):
            import_sheet(world.anna, "units", sheet("units", *UNITS))


def _write_target(world, name):
    unit = next(row["id"] for row in rows(world.office, "units") if row["short"] == "澄湖区")
    facts = {"facts": {"year": 2026, "name": name, "unit_id": unit}}
    with world.office.db.atomic():
        write_entries(world.office, [birth(world.office, world.office.new_id(), "target", facts)])
