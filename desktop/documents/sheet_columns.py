"""The columns of the spreadsheets that go in and out: one declaration for writing, reading and explaining."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from desktop.domain.lengths import LONGEST_ENTRY, LONGEST_NAME

Value = str | int | Decimal | date

_NAMES = ("name", "short")


class ColumnType(Enum):
    """CODE is text without spaces whose full-width letters and digits become half-width: ids, codes, phones."""

    TEXT = "text"
    CODE = "code"
    INT = "int"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True)
class Column:
    """``field`` is the field of the record; references to other records are written by name. ``width`` is in
    characters. ``choices`` are stored as they are written, in both languages."""

    field: str
    zh: str
    en: str
    type: ColumnType = ColumnType.TEXT
    is_required: bool = False
    width: int = 14
    example: str = ""
    choices: tuple[str, ...] = ()

    def header(self, language: str) -> str:
        return self.zh if language == "zh" else self.en

    @property
    def longest(self) -> int:
        """How many characters its text may have."""
        return LONGEST_NAME if self.field in _NAMES else LONGEST_ENTRY


@dataclass(frozen=True)
class SheetKind:
    """One kind of spreadsheet; its titles name the sheet inside the workbook."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]

    def title(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


_CODE, _INT, _DECIMAL, _DATE = ColumnType.CODE, ColumnType.INT, ColumnType.DECIMAL, ColumnType.DATE
_YES_NO = ("是", "否")


def _choice(
    field: str, zh: str, en: str, choices: tuple[str, ...], is_required: bool = False, width: int = 12
) -> Column:
    return Column(field, zh, en, ColumnType.CHOICE, is_required, width, choices[0], choices)


_UNITS = SheetKind(
    "units",
    "单位",
    "Units",
    (
        Column("sort_no", "行政序列号", "Order", _INT, True, 11, "10"),
        Column("name", "单位名称", "Name", is_required=True, width=36, example="澄湖区人民政府"),
        Column("short", "简称", "Short name", width=14, example="澄湖区"),
        _choice("kind", "类型", "Kind", ("县区", "开发区", "市直部门", "驻市单位", "乡镇", "企业事业"), True),
        Column("group", "考核分组", "Group", width=14, example="县区一组"),
        Column("region_code", "行政区划代码", "Region code", _CODE, width=14, example="997102"),
        Column("uscc", "统一社会信用代码", "Credit code", _CODE, width=22, example="11997102071000016E"),
        Column("parent", "上级单位", "Parent unit", width=24, example="云泽市人民政府"),
        _choice("is_enforcement", "执法部门", "Law enforcement", _YES_NO, width=10),
        Column("contact", "联系人", "Contact", width=12, example="张三"),
        Column("phone", "联系电话", "Phone", _CODE, width=18, example="0571-88005179"),
    ),
)

_PEOPLE = SheetKind(
    "people",
    "人员",
    "People",
    (
        Column("name", "姓名", "Name", is_required=True, width=12, example="张三"),
        _choice("gender", "性别", "Gender", ("男", "女"), width=8),
        Column("unit", "单位", "Unit", is_required=True, width=30, example="澄湖区人民政府"),
        Column("title", "职务", "Post", width=20, example="副区长"),
        _choice(
            "role",
            "身份",
            "Role",
            (
                "主要领导",
                "分管领导",
                "责任人",
                "经办人",
                "联络员",
                "督查员",
                "组长",
                "督查室主任",
                "市领导",
            ),
            width=14,
        ),
        Column("from_date", "任职日期", "From", _DATE, width=13, example="2026-01-01"),
        Column("to_date", "免职日期", "To", _DATE, width=13, example="2026-12-31"),
        Column("basis", "任职依据", "Basis", width=24, example="云政任〔2026〕1号"),
        Column("phone", "联系电话", "Phone", _CODE, width=18, example="13800000000"),
    ),
)

_TARGETS = SheetKind(
    "targets",
    "责任目标",
    "Targets",
    (
        Column("year", "年度", "Year", _INT, True, 8, "2026"),
        Column("sort_no", "序号", "Order", _INT, width=8, example="1"),
        Column("code", "目标编号", "Code", _CODE, width=14, example="CH-01"),
        Column("unit", "责任单位", "Unit", is_required=True, width=24, example="澄湖区人民政府"),
        Column("name", "目标名称", "Target", is_required=True, width=34, example="地区生产总值增速"),
        Column("category", "目标类别", "Category", is_required=True, width=16, example="主要综合目标"),
        _choice("level", "目标层级", "Level", ("省定", "市定", "单位自定")),
        _choice("kind", "目标性质", "Kind", ("定量", "定性", "约束性", "反向", "事项类")),
        Column("measure_unit", "计量单位", "Measured in", width=12, example="%"),
        _choice("direction", "方向", "Direction", ("正向", "反向"), width=10),
        Column("method", "计分方法", "Method", _CODE, width=10, example="S01"),
        Column("weight", "权重", "Weight", _DECIMAL, True, 9, "10"),
        Column("certifier", "认定单位", "Certified by", width=24, example="市统计局"),
        Column("data_source", "数据来源", "Data source", width=24, example="统计月报"),
        Column("baseline", "基准值", "Baseline", _DECIMAL, width=11, example="6.2"),
        Column("target_value", "目标值", "Target value", _DECIMAL, width=11, example="6.7"),
        Column("stretch", "奋斗目标", "Stretch value", _DECIMAL, width=11, example="7.0"),
        Column("adjusted_value", "调整值", "Adjusted value", _DECIMAL, width=11, example="6.9"),
        Column("adjusted_on", "调整日期", "Adjusted on", _DATE, width=13, example="2026-07-15"),
        Column("adjusted_basis", "调整依据", "Basis", width=24, example="市政府第12次常务会议"),
        _choice("is_key", "重点目标", "Key target", _YES_NO, width=10),
        _choice("is_livelihood", "民生实事", "Livelihood", _YES_NO, width=10),
    ),
)

_SITES = SheetKind(
    "sites",
    "点位",
    "Sites",
    (
        Column("name", "点位名称", "Name", is_required=True, width=34, example="高端装备产业园一期"),
        _choice("kind", "类型", "Kind", ("项目", "窗口", "村", "企业", "工地")),
        Column("unit", "所属单位", "Unit", is_required=True, width=30, example="澄湖区人民政府"),
        Column("address", "地址", "Address", width=36, example="澄湖区创新大道88号"),
        Column("contact", "联系人", "Contact", width=14, example="李四"),
        Column("latitude", "纬度", "Latitude", _DECIMAL, width=12, example="30.274150"),
        Column("longitude", "经度", "Longitude", _DECIMAL, width=12, example="120.155150"),
    ),
)

KINDS: Mapping[str, SheetKind] = {kind.name: kind for kind in (_UNITS, _PEOPLE, _TARGETS, _SITES)}
ID_HEADERS = ("记录号（勿改）", "Record id (do not change)")
MOST_ROWS = 100_000
MOST_COLUMNS = 200
