from openpyxl import load_workbook

from desktop.services.records.log_words import LogGroup
from desktop.services.upkeep.export_log import export_log
from desktop.services.upkeep.find_log_lines import LogFilter, find_log_lines


def test_what_the_filter_lets_through_is_written_and_the_writing_is_noted(world, tmp_path):
    count = export_log(world.office, LogFilter(group=LogGroup.KEYS), tmp_path / "log.xlsx")

    sheet = load_workbook(tmp_path / "log.xlsx").active
    assert sheet.max_row == count + 2 == 4
    assert sheet["A1"].value == "云泽市政府督查室日志"
    assert find_log_lines(world.office, LogFilter()).rows[0].event == "exported_sheet"
