import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from desktop.documents.read_sheet import SheetRow, read_sheet
from desktop.documents.sheet_columns import KINDS, ColumnType
from desktop.documents.write_sheet import write_sheet
from desktop.domain.scoring.methods import METHODS
from desktop.errors import UserError
from desktop.i18n import use_language

ID = "01932c5f-6a10-7abc-8def-0123456789ab"

BLANKS = " \t\r\n\u00a0\u3000\ufeff\u200b\u200c\u200d"
TEXTS = (
    st.one_of(
        st.text(
            st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Zl", "Zp"]), min_size=1, max_size=20
        ),
        st.text(st.sampled_from("=+-@#/_x0041N A督'\""), min_size=1, max_size=12),
        st.sampled_from(["=1+1", "#N/A", "_x0041_", "119971040710000321", "TRUE", "0571", "1E5"]),
    )
    .map(lambda text: text.strip(BLANKS))
    .filter(bool)
)
CODES = st.text(st.sampled_from("0123456789ABCXYZ-+=@_.x"), min_size=1, max_size=20)
STRATEGIES = {
    ColumnType.TEXT: TEXTS,
    ColumnType.CODE: CODES,
    ColumnType.INT: st.integers(-(10**12), 10**12),
    ColumnType.DECIMAL: st.decimals(-(10**12), 10**12, places=6),
    ColumnType.DATE: st.dates(date(1901, 1, 1), date(2999, 12, 31)),
}


BY_FIELD = {
    "method": st.sampled_from(sorted(METHODS)),
    "weight": st.decimals("0.000001", 1000, places=6),
    "latitude": st.one_of(st.none(), st.decimals(-90, 90, places=6)),
    "longitude": st.one_of(st.none(), st.decimals(-180, 180, places=6)),
}


def values_of(column):
    if column.field in BY_FIELD:
        return BY_FIELD[column.field]
    values = st.sampled_from(column.choices) if column.choices else STRATEGIES[column.type]
    return values if column.is_required else st.one_of(st.none(), values)


def rows_of(kind):
    values = st.fixed_dictionaries({column.field: values_of(column) for column in kind.columns})
    ids = st.one_of(st.none(), st.uuids(version=4).map(str))
    return st.lists(st.builds(SheetRow, values, ids), max_size=4, unique_by=lambda row: row.id or object())


def written(kind, rows):
    out = io.BytesIO()
    assert write_sheet(kind, rows, out) == len(rows)
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(data=st.data())
def test_exported_sheet_read_back_gives_the_same_values(kind, data):
    rows = data.draw(rows_of(kind))
    use_language(data.draw(st.sampled_from(["zh", "en"])))

    sheet = read_sheet(written(kind.name, rows), kind.name)

    assert sheet.errors == ()
    assert [(row.id, dict(row.values)) for row in sheet.rows] == [(row.id, row.values) for row in rows]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-1", "@SUM(A1)", "#N/A", "\t=1"])
def test_text_that_looks_active_stays_text(text):
    content = written("sites", [SheetRow({"name": text, "unit": "甲"})])

    cell = load_workbook(io.BytesIO(content)).active["B2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.quotePrefix) == (text, "s", "@", True)


def test_head_is_frozen_ids_are_hidden_and_choices_are_offered():
    content = written("units", [SheetRow({"sort_no": 1, "name": "甲", "kind": "县区"}, ID)])

    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.title == "单位"
    assert sheet.freeze_panes == "C2"
    assert sheet.column_dimensions["A"].hidden
    assert sheet["A2"].value == ID
    assert sheet["C1"].value == "单位名称*"
    assert sheet["C1"].font.bold
    assert "必填" in sheet["C1"].comment.text
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        '"县区,开发区,市直部门,驻市单位,乡镇,企业事业"',
        '"是,否"',
    }


def test_column_of_codes_is_text_below_the_last_row_too():
    sheet = load_workbook(io.BytesIO(written("units", []))).active

    assert sheet.column_dimensions["H"].number_format == "@"


def test_number_beyond_fifteen_digits_is_written_as_text():
    rows = [SheetRow({"name": "甲", "unit": "乙", "latitude": Decimal("12.3456789012345678")})]

    sheet = load_workbook(io.BytesIO(written("sites", rows))).active
    assert sheet["G2"].value == "12.3456789012345678"


def test_control_characters_become_a_replacement_mark():
    content = written("sites", [SheetRow({"name": "甲\x00\ud800乙\r\n丙", "unit": "丁"})])

    assert read_sheet(content, "sites").rows[0].values["name"] == "甲\ufffd\ufffd乙\n丙"


def test_text_too_long_for_a_cell_is_refused():
    with pytest.raises(UserError, match="放不进一个单元格"):
        written("sites", [SheetRow({"name": "甲" * 32_768, "unit": "乙"})])


def test_more_rows_than_can_be_read_back_are_refused(monkeypatch):
    monkeypatch.setattr("desktop.documents.write_sheet.MOST_ROWS", 2)

    with pytest.raises(UserError, match="最多容纳 2 行"):
        written("sites", [SheetRow({"name": "甲", "unit": "乙"})] * 3)


def test_30001_rows_come_back_complete():
    rows = [SheetRow({"name": f"点位{n}", "unit": "甲"}) for n in range(30_001)]

    sheet = read_sheet(written("sites", rows), "sites")

    assert len(sheet.rows) == 30_001
    assert sheet.rows[-1].values["name"] == "点位30000"


def test_dates_are_dates_in_the_spreadsheet():
    content = written("people", [SheetRow({"name": "甲", "unit": "乙", "from_date": date(2026, 1, 5)})])

    cell = load_workbook(io.BytesIO(content)).active["G2"]
    assert cell.is_date
    assert cell.value.date() - date(2026, 1, 5) == timedelta(0)


def test_no_temporary_file_is_made(monkeypatch):
    def refuse(*args, **options):
        raise AssertionError("a temporary file")

    monkeypatch.setattr("tempfile._get_default_tempdir", refuse)
    monkeypatch.setattr("openpyxl.worksheet._writer.NamedTemporaryFile", refuse)

    written("sites", [SheetRow({"name": "甲", "unit": "乙"})])
