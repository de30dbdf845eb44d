from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest

from desktop.documents.form_slip import (
    ImportResult,
    PackageKind,
    PackageSlip,
    SlipFile,
    draw_package_slip,
    slip_sheet,
)
from desktop.documents.page_edge import edge_texts
from desktop.documents.sheet import PORTRAIT
from desktop.i18n import use_language
from tests.documents.printed import rows, whole_text

CHINA = timezone(timedelta(hours=8))
SHA256 = "9f3a21bc" + "01234567" * 7
SLIP = PackageSlip(
    office="云泽市人民政府督查室",
    record_id="01932c5f-6a10-7abc-8def-0123456789ab",
    kind=PackageKind.RESULT,
    files=(SlipFile("成果包-0007.mcp", 1_234_567_890, SHA256),),
    number="SJB2026-01-0007",
    sender="外业一组",
    recipient="督查室（中心）",
    visits=12,
    issues=7,
    photos=86,
    first_on=date(2026, 11, 18),
    last_on=date(2026, 11, 20),
    medium="U盘 DC-03",
    exported_by="王芳",
    exported_at=datetime(2026, 11, 20, 18, 5, tzinfo=CHINA),
    received_by="李四",
    received_at=datetime(2026, 11, 21, 8, 30, tzinfo=CHINA),
    result=ImportResult.ALL,
    remarks="无",
)


def test_every_field_is_printed():
    text = whole_text(slip_sheet(SLIP))

    for value in (
        "数据包交接单",
        "编号：SJB2026-01-0007",
        "01932c5f-6a10-7abc-8def-0123456789ab",
        "□任务包  ☑成果包  □回执  □上报包",
        "外业一组",
        "督查室（中心）",
        "检查 12 次　　问题 7 个　　照片 86 张",
        "时间范围：2026年11月18日至2026年11月20日",
        "U盘 DC-03",
        "王　芳|导出时间|2026年11月20日18时05分",
        "李　四|接收时间|2026年11月21日8时30分",
        "☑全部成功  □部分成功（见清单）",
        "一式两份",
    ):
        assert value in text, value


def test_file_is_listed_with_size_checksum_and_short_code():
    row = next(row for row in rows(slip_sheet(SLIP)) if row[0] == "1")

    assert row[1:3] == ["成果包-0007.mcp", "1.1 GiB1,234,567,890 字节"]
    assert row[3].replace(" ", "") == SHA256
    assert row[4] == "9F3A 21BC"


def test_every_volume_of_a_split_package_is_listed():
    files = tuple(SlipFile(f"包.{number}", number, SHA256) for number in range(1, 40))

    printed = rows(slip_sheet(replace(SLIP, files=files)))

    assert sum(row[-1] == "9F3A 21BC" for row in printed) == 39


def test_slip_without_a_number_carries_the_short_code_of_the_package():
    assert "编号：4567 89AB" in whole_text(slip_sheet(replace(SLIP, number="")))


def test_unknown_counts_leave_room_to_write():
    slip = replace(SLIP, visits=None, issues=0, first_on=None, last_on=None)

    text = whole_text(slip_sheet(slip))
    assert "检查 ____ 次　　问题 0 个" in text
    assert "时间范围：　　　　年　　月　　日至　　　　年　　月　　日" in text


def test_what_a_package_does_not_count_is_not_asked_for():
    slip = replace(SLIP, issues=None, first_on=None, last_on=None)

    text = whole_text(slip_sheet(slip))
    assert "检查 12 次　　照片 86 张" in text
    assert "问题" not in text
    assert "时间范围" not in text


@pytest.mark.parametrize("last_on", [None, SLIP.first_on])
def test_a_single_day_is_said_once(last_on):
    assert "|检查 12 次　　问题 7 个　　照片 86 张时间范围：2026年11月18日\n" in whole_text(
        slip_sheet(replace(SLIP, last_on=last_on))
    )


def test_only_the_short_code_of_the_file_stands_on_a_slip():
    edges = [edge.text for edge in edge_texts(slip_sheet(SLIP), PORTRAIT, 1, 1, ())]

    assert not any("短码" in edge for edge in edges)


def test_slip_fits_on_one_page_and_is_reproducible():
    first, second = BytesIO(), BytesIO()

    assert draw_package_slip(SLIP, first).pages == 1
    draw_package_slip(SLIP, second)
    assert first.getvalue() == second.getvalue()


def test_english_slip_reads_well():
    use_language("en")

    text = whole_text(slip_sheet(SLIP))
    assert "Package slip" in text
    assert "Visits: 12　　Issues: 7　　Photos: 86" in text
    assert "Period: 2026-11-18 to 2026-11-20" in text
