"""The log: searched, filtered, written."""

from openpyxl import load_workbook

from desktop.gui.setup.log_section import LogSection
from desktop.services.records.log_words import LogGroup
from desktop.services.upkeep.find_log_lines import Period
from tests.gui.setup_section_pages import SECONDS_MS, is_told


def choose(field, value):
    field.setCurrentIndex(field.findData(value))
    field.activated.emit(field.currentIndex())


class TestLog:
    def test_it_is_searched_filtered_and_written(self, qtbot, section, tmp_path):
        log = section("office", LogSection)
        whole = log.lines.rowCount()
        choose(log.group_field, LogGroup.KEYS)
        qtbot.waitUntil(lambda: 0 < log.lines.rowCount() < whole, timeout=SECONDS_MS)
        assert {log.lines.row(n).event for n in range(log.lines.rowCount())} == {"enrolled"}
        log.search.search_field.setText("王五")
        qtbot.waitUntil(lambda: log.lines.rowCount() == 1, timeout=SECONDS_MS)
        log.export_to(tmp_path / "log.xlsx")
        qtbot.waitUntil(lambda: is_told(log, "done"), timeout=SECONDS_MS)

        sheet = load_workbook(tmp_path / "log.xlsx").active
        assert [cell.value for cell in sheet[3]][3:6:2] == ["登记设备节点", "外业王五"]

    def test_nothing_found_says_so(self, qtbot, section):
        log = section("office", LogSection)
        log.search.search_field.setText("没有这个词")

        qtbot.waitUntil(lambda: log.sides.currentIndex() == 1, timeout=SECONDS_MS)
        assert not log.export_button.isEnabled()

    def test_a_person_a_period_and_this_computer_narrow_it(self, qtbot, section):
        log = section("anna", LogSection)
        assert log.person_field.count() >= 2
        log.own_box.setChecked(True)
        choose(log.period_field, Period.YEAR)
        choose(log.person_field, log.person_field.itemData(1))
        name = log.person_field.itemText(1)

        qtbot.waitUntil(
            lambda: {log.lines.row(n).by for n in range(log.lines.rowCount())} <= {name},
            timeout=SECONDS_MS,
        )
