import pytest

from desktop.demo.city import demo_rows, demo_units
from desktop.documents.read_sheet import read_sheet
from desktop.documents.sheet_columns import KINDS
from desktop.documents.write_sheet import write_sheet

UNITS = [row.values for row in demo_rows("units")]
TARGETS = [row.values for row in demo_rows("targets")]
SITES = [row.values for row in demo_rows("sites")]

# GB 32100-2015: the alphabet without I, O, S, V, Z, and the weight of each place.
USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@pytest.mark.parametrize(("kind", "count"), [("units", 39), ("targets", 150), ("sites", 28)])
def test_every_row_can_be_written_and_read_back_as_a_spreadsheet(kind, count, tmp_path):
    rows = demo_rows(kind)
    write_sheet(kind, rows, tmp_path / "rows.xlsx")

    read = read_sheet((tmp_path / "rows.xlsx").read_bytes(), kind)

    assert read.errors == ()
    assert len(rows) == count
    assert [{k: v for k, v in row.values.items() if v is not None} for row in read.rows] == [
        {k: v for k, v in row.values.items() if v is not None} for row in rows
    ]


def test_the_units_stand_in_official_order_in_six_groups():
    groups = list(dict.fromkeys(unit["group"] for unit in UNITS))

    assert [unit["sort_no"] for unit in UNITS] == sorted(unit["sort_no"] for unit in UNITS)
    assert groups == ["县区一组", "县区二组", "综合经济组", "城建环保组", "社会民生组", "执法监管与服务组"]


def test_the_credit_codes_have_the_right_check_digit():
    for unit in UNITS:
        code = unit["uscc"]
        total = sum(
            USCC_ALPHABET.index(char) * weight for char, weight in zip(code[:17], USCC_WEIGHTS, strict=True)
        )

        assert code[17] == USCC_ALPHABET[-total % 31], unit["name"]


def test_one_unit_has_a_long_name_with_brackets():
    assert "云泽市住房和城乡建设局（市人民防空办公室）" in {unit.name for unit in demo_units()}


def test_every_target_belongs_to_a_unit_and_the_weights_of_a_unit_sum_to_100():
    weights = {}
    for target in TARGETS:
        weights[target["unit"]] = weights.get(target["unit"], 0) + target["weight"]

    assert weights == {unit.short: 100 for unit in demo_units()}


def test_29_targets_were_raised_by_a_meeting_in_july():
    raised = [target for target in TARGETS if target["adjusted_value"] is not None]

    assert len(raised) == 29
    assert {(str(target["adjusted_on"]), target["adjusted_basis"]) for target in raised} == {
        ("2026-07-10", "市政府第31次常务会议")
    }
    for target in raised:
        harder = target["adjusted_value"] - target["target_value"]
        assert harder < 0 if target["direction"] == "反向" else harder > 0


def test_every_site_belongs_to_a_unit_and_lies_in_the_sea():
    assert {site["unit"] for site in SITES} <= {unit.short for unit in demo_units()}
    assert all(34 < site["latitude"] < 35 and 121.8 < site["longitude"] < 123 for site in SITES)
    assert len({site["name"] for site in SITES}) == len(SITES)


def test_the_columns_of_the_files_are_those_of_the_spreadsheets():
    for kind, rows in (("units", UNITS), ("targets", TARGETS), ("sites", SITES)):
        assert set(rows[0]) <= {column.field for column in KINDS[kind].columns}
