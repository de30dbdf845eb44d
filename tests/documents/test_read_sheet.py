import io
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from openpyxl import Workbook

from desktop.documents.read_sheet import CellError, SheetRow, read_sheet
from desktop.documents.sheet_columns import KINDS
from desktop.documents.workbook_file import NotAWorkbookError
from desktop.errors import UserError
from desktop.i18n import use_language

ID = "01932c5f-6a10-7abc-8def-0123456789ab"
HEADS = ["姓名", "性别", "单位", "任职日期", "联系电话"]


def workbook(*lines, title="人员", above=()):
    book = Workbook()
    book.active.title = title
    for line in (*above, *lines):
        book.active.append(line)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(*lines, kind="people", **options):
    return read_sheet(workbook(*lines, **options), kind)


def test_rows_are_read_with_their_line_numbers():
    sheet = read(HEADS, ["张三", "男", "澄湖区", date(2026, 1, 5), "0571-1"], [], ["李四", "女", "望岭区"])

    assert sheet.errors == ()
    assert [row.number for row in sheet.rows] == [2, 4]
    assert sheet.rows[0].values == {
        "name": "张三",
        "gender": "男",
        "unit": "澄湖区",
        "from_date": date(2026, 1, 5),
        "phone": "0571-1",
    }
    assert sheet.rows[1].values["from_date"] is None


def test_heads_may_be_english_reordered_starred_and_spaced():
    sheet = read([" Unit*", "姓　名＊"], ["澄湖区", "张三"])

    assert sheet.rows == (SheetRow({"unit": "澄湖区", "name": "张三"}, None, 2),)


def test_titles_above_the_heads_are_skipped():
    sheet = read(HEADS, ["张三", "", "澄湖区"], above=[["云泽市督查人员名册"], []])

    assert sheet.rows[0].number == 4


def test_sheet_named_after_the_kind_is_preferred_to_the_first():
    book = Workbook()
    book.active.append(["说明"])
    people = book.create_sheet("人员")
    people.append(["姓名", "单位"])
    people.append(["张三", "澄湖区"])
    out = io.BytesIO()
    book.save(out)

    assert len(read_sheet(out.getvalue(), "people").rows) == 1


def test_leading_empty_columns_do_not_shift_addresses():
    sheet = read([None, None, "姓名", "单位"], [None, None, None, "澄湖区"])

    assert [error.cell for error in sheet.errors] == ["人员!C2"]


def test_faulty_cell_is_told_with_its_address_and_the_fix():
    sheet = read(HEADS, ["张三", "未知", "澄湖区"], ["李四", "女", "望岭区"])

    assert sheet.errors == (CellError("人员!B2", "“未知”不在可选范围内。", "可填：男、女。"),)
    assert [row.values["name"] for row in sheet.rows] == ["李四"]


def test_unknown_double_and_missing_columns_are_errors():
    sheet = read(["姓名", "籍贯", "姓名"], ["张三", "云泽", "张三"])

    assert [(error.cell, error.problem) for error in sheet.errors] == [
        ("人员!B1", "无法识别的列“籍贯”。"),
        ("人员!C1", "“姓名”列出现了两次。"),
        ("人员!A1", "缺少“单位”列。"),
    ]


def test_value_in_a_column_without_a_head_is_an_error():
    sheet = read(["姓名", "单位", None], ["张三", "澄湖区", "备注"])

    assert [error.cell for error in sheet.errors] == ["人员!C2"]


def test_required_cell_that_is_empty_is_an_error():
    sheet = read(["姓名", "单位"], ["张三", "　"])

    assert sheet.errors == (CellError("人员!B2", "“单位”未填写。", "请填写，例如 澄湖区人民政府。"),)


def test_sheet_without_known_heads_is_refused():
    with pytest.raises(UserError, match="没有“人员”的表头"):
        read(["a", "b"])
    with pytest.raises(UserError):
        read()


def test_record_ids_come_back_and_false_or_double_ones_are_errors():
    heads = ["记录号（勿改）", "姓名", "单位"]
    sheet = read(heads, [ID, "张三", "甲"], ["123", "李四", "乙"], [ID, "王五", "丙"], [None, "赵六", "丁"])

    assert [(row.id, row.values["name"]) for row in sheet.rows] == [(ID, "张三"), (None, "赵六")]
    assert [error.cell for error in sheet.errors] == ["人员!A3", "人员!A4"]
    assert sheet.errors[1].problem == "第 2 行已有相同的记录号。"


def test_error_value_of_a_formula_is_not_read_as_empty():
    sheet = read(["姓名", "单位", "联系电话"], ["张三", "甲", "#N/A"], [None, None, "#DIV/0!"])

    assert [error.cell for error in sheet.errors if "公式" in error.problem] == ["人员!C2", "人员!C3"]


def test_formula_without_a_stored_result_is_not_read_as_empty():
    sheet = read(["姓名", "单位", "联系电话"], ["张三", "甲", "=1+1"])

    assert sheet.errors[0].problem == "文件中没有保存这一格公式的计算结果。"
    assert sheet.rows == ()


def test_too_many_rows_without_addresses_are_refused(monkeypatch):
    monkeypatch.setattr("desktop.documents.read_sheet.MOST_ROWS", 5)

    with pytest.raises(NotAWorkbookError, match="最多可读取"):
        read(HEADS, *[["张三", "男", "甲"]] * 20)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13800000000", "13800000000"),
        (13800000000, "13800000000"),
        ("０５７１－８８００５１７９", "0571-88005179"),
        (" 0571 88005179\u200b", "057188005179"),
    ],
)
def test_codes_lose_blanks_and_full_width(cell, value):
    sheet = read(["姓名", "单位", "联系电话"], ["张三", "甲", cell])

    assert sheet.rows[0].values["phone"] == value


def test_names_keep_their_full_width_characters():
    sheet = read(["姓名", "单位"], ["\u3000张　三 ", "Ａ区（市）\r\n分局"])

    assert sheet.rows[0].values == {"name": "张　三", "unit": "Ａ区（市）\n分局"}


def test_long_number_that_lost_its_digits_is_an_error():
    sheet = read(
        ["行政序列号", "单位名称", "类型", "统一社会信用代码"],
        [1, "甲", "县区", 119971040710000321],
        kind="units",
    )

    assert sheet.errors[0].cell == "人员!D2"
    assert "丢失" in sheet.errors[0].problem


def targets(head, cell):
    heads = ["年度", "责任单位", "目标名称", "目标类别", "权重"]
    line = [2026, "甲", "目标", "工业经济", 10]
    if head in heads:
        line[heads.index(head)] = cell
        return read(heads, line, kind="targets", title="责任目标")
    return read([*heads, head], [*line, cell], kind="targets", title="责任目标")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (0.1 + 0.2, "0.3"),
        (8.2, "8.2"),
        (100, "100"),
        (1e12, "1000000000000"),
        ("82.345", "82.345"),
        ("-3.20", "-3.20"),
        ("−3.2", "-3.2"),
        ("１２．５", "12.5"),
        ("1,234,567.8", "1234567.8"),
        ("0.12345678901234567890", "0.12345678901234567890"),
    ],
)
def test_decimals_are_exact(cell, value):
    sheet = targets("目标值", cell)

    assert str(sheet.rows[0].values["target_value"]) == value


@pytest.mark.parametrize(
    "cell", ["12.5%", "约10", "1e5", "1,23", "Infinity", True, date(2026, 1, 1), time(9)]
)
def test_what_is_no_number_is_an_error(cell):
    sheet = targets("目标值", cell)

    assert sheet.errors[0].cell == "责任目标!F2"
    assert "不是数字" in sheet.errors[0].problem


@pytest.mark.parametrize(
    ("cell", "value"), [(2026, 2026), ("2026", 2026), ("２０２６", 2026), (2026.0, 2026)]
)
def test_whole_numbers_are_read(cell, value):
    assert targets("年度", cell).rows[0].values["year"] == value


@pytest.mark.parametrize("cell", ["2026.5", 2026.5, "2026年", True])
def test_what_is_no_whole_number_is_an_error(cell):
    assert [error.cell for error in targets("年度", cell).errors] == ["责任目标!A2"]


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 7, 5),
        datetime.combine(date(2026, 7, 5), time(12, 30)),
        "2026-07-05",
        "2026-7-5",
        "2026/7/5",
        "2026.7.5",
        "2026年7月5日",
        " ２０２６年７月５日 ",
        "20260705",
    ],
)
def test_dates_are_read_however_they_are_written(cell):
    assert targets("调整日期", cell).rows[0].values["adjusted_on"] == date(2026, 7, 5)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [("7月5日", "不是日期"), (46000, "不是日期"), ("2026-02-30", "没有这一天"), (True, "不是日期")],
)
def test_what_is_no_date_is_an_error(cell, problem):
    assert problem in targets("调整日期", cell).errors[0].problem


@pytest.mark.parametrize("cell", [date(2026, 3, 1), True, time(9, 30)])
def test_text_that_the_spreadsheet_turned_into_something_else_is_an_error(cell):
    assert "变成了" in targets("目标名称", cell).errors[0].problem
    assert "变成了" in targets("目标编号", cell).errors[0].problem
    assert "变成了" in targets("目标层级", cell).errors[0].problem


@pytest.mark.parametrize(("cell", "value"), [("是", "是"), (True, "是"), (False, "否")])
def test_truth_value_is_yes_or_no(cell, value):
    assert targets("重点目标", cell).rows[0].values["is_key"] == value


def test_messages_follow_the_language():
    use_language("en")

    assert read(["Name", "Unit"], ["张三"]).errors[0].problem == "“Unit” is empty."


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_examples_of_every_column_are_accepted(kind):
    content = workbook(
        [column.zh for column in kind.columns], [column.example for column in kind.columns], title=kind.zh
    )

    sheet = read_sheet(content, kind.name)

    assert sheet.errors == ()
    assert all(value is not None for value in sheet.rows[0].values.values())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_heads_of_a_kind_are_unique_in_each_language(kind):
    for language in ("zh", "en"):
        heads = [column.header(language) for column in kind.columns]
        assert len(set(heads)) == len(heads)
    assert len({column.field for column in kind.columns}) == len(kind.columns)


def test_decimal_of_a_text_cell_keeps_its_zeros():
    assert targets("权重", "10.50").rows[0].values["weight"].as_tuple() == Decimal("10.50").as_tuple()


TARGET_HEADS = ["年度", "责任单位", "目标名称", "目标类别", "计分方法", "权重", "目标值"]


def target(name="地区生产总值增速", method="S01", weight=10, value=6.7):
    line = [2026, "澄湖区", name, "主要综合目标", method, weight, value]
    return read(TARGET_HEADS, line, kind="targets", title="责任目标")


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u2066", "\x7f"])
def test_a_name_with_an_invisible_character_is_an_error_that_names_it(mark):
    sheet = target(name=f"生产{mark}总值")

    (error,) = sheet.errors
    assert error.cell == "责任目标!C2"
    assert error.problem == f"“生产总值”含有不可见字符（U+{ord(mark):04X}）。"
    assert error.fix == "请清空该单元格后重新键入，不要粘贴。"


def test_invisible_characters_around_a_name_and_lines_inside_a_cell_are_no_error():
    assert target(name="\u200b生产\n总值\ufeff").rows[0].values["name"] == "生产\n总值"


def test_a_name_has_at_most_120_characters():
    assert target(name="长" * 120).errors == ()

    (error,) = target(name="长" * 121).errors
    assert (error.cell, error.problem) == ("责任目标!C2", "“目标名称”有 121 个字，最多 120 个字。")


def test_any_other_text_has_at_most_as_many_characters_as_the_form_of_the_window_takes():
    heads = ["点位名称", "所属单位", "地址"]
    assert read(heads, ["一号大厅", "澄湖区", "长" * 2000], kind="sites", title="点位").errors == ()

    (error,) = read(heads, ["一号大厅", "澄湖区", "长" * 2001], kind="sites", title="点位").errors
    assert (error.cell, error.problem) == ("点位!C2", "“地址”有 2001 个字，最多 2000 个字。")


def test_a_scoring_method_that_does_not_exist_is_an_error_that_lists_those_that_do():
    assert target(method="S01").errors == ()

    (error,) = target(method="S99").errors
    assert error.cell == "责任目标!E2"
    assert "S99" in error.problem
    assert "S01, S02" in error.fix


@pytest.mark.parametrize("weight", [0, -1, 1000.5, "1000000000000000"])
def test_a_weight_is_more_than_0_and_at_most_1000(weight):
    (error,) = target(weight=weight).errors

    assert error.cell == "责任目标!F2"
    assert "1000" in error.fix


@pytest.mark.parametrize("value", [1e12, -1e12, "1000000000000"])
def test_a_number_of_a_billion_of_thousands_is_still_read(value):
    assert target(value=value, weight=1000).errors == ()


@pytest.mark.parametrize("value", [1.1e12, -1e13, "9" * 400])
def test_an_absurd_number_is_an_error(value):
    (error,) = target(value=value).errors

    assert error.cell == "责任目标!G2"
    assert len(error.problem) < 60


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "people"])
def test_a_sheet_of_another_kind_is_refused_in_one_sentence(kind):
    heads = [column.zh for column in KINDS["people"].columns]

    with pytest.raises(UserError, match="该表看起来是“人员”"):
        read(heads, ["张三", "男", "澄湖区"], kind=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_with_all_its_heads_is_never_taken_for_another_kind(kind):
    assert read([column.zh for column in KINDS[kind].columns], kind=kind, title="x").errors == ()


@pytest.mark.parametrize(
    ("latitude", "longitude", "cell"), [(90.5, 120, "C2"), (30, -181, "D2"), (95, 12, "C2")]
)
def test_what_is_no_place_on_the_earth_is_an_error(latitude, longitude, cell):
    heads = ["点位名称", "所属单位", "纬度", "经度"]
    (error,) = read(heads, ["一号大厅", "澄湖区", latitude, longitude], kind="sites", title="点位").errors

    assert error.cell == f"点位!{cell}"
    assert "有效的经纬度" in error.problem
    assert read(heads, ["一号大厅", "澄湖区", -90, 180], kind="sites", title="点位").errors == ()
