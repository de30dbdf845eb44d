"""Backups: made, checked, stopped, warned about."""

from desktop.gui.setup.backups_section import BackupsSection
from tests.gui.setup_section_pages import SECONDS_MS, is_told, note_of


class TestBackups:
    def test_a_complete_backup_takes_the_warning_away(self, qtbot, section, tmp_path):
        backups = section("anna", BackupsSection)
        assert backups.warning.isVisible()
        backups.back_up_to(tmp_path)
        qtbot.waitUntil(lambda: backups.complete.rowCount() == 1, timeout=SECONDS_MS)

        assert not backups.warning.isVisible()
        assert len(list(tmp_path.glob("mingcha-backup-*/backup.json"))) == 1
        assert not backups.progress.isVisible()

    def test_one_made_now_stands_in_the_list_and_is_found_sound(self, qtbot, section, world):
        world.clock.go_on()
        backups = section("office", BackupsSection)
        before = backups.rolling.rowCount()
        backups.now_button.click()
        qtbot.waitUntil(lambda: backups.rolling.rowCount() == before + 1, timeout=SECONDS_MS)
        backups.check_button.click()
        qtbot.waitUntil(lambda: bool(backups.checked), timeout=SECONDS_MS)

        assert set(backups.checked.values()) == {True}
        assert is_told(backups, "done")

    def test_a_damaged_one_is_named(self, qtbot, section, world):
        world.clock.go_on()
        backups = section("anna", BackupsSection)
        backups.now_button.click()
        qtbot.waitUntil(lambda: backups.rolling.rowCount() > 0 and backups.now_button.isEnabled())
        name = backups.rolling.row(0).name
        file = world.folder / "anna" / "backups" / name
        file.write_bytes(b"\0" * file.stat().st_size)
        backups.check()
        qtbot.waitUntil(lambda: is_told(backups, "problem"), timeout=SECONDS_MS)

        assert name in note_of(backups).problem_label.text()

    def test_a_stopped_backup_leaves_nothing_behind(self, qtbot, section, world, tmp_path):
        world.open()
        for number in range(60):
            world.file(f"{number}.txt", b"%d" % number)
        world.record(
            world.anna, world.visits[0], evidence=[{"path": f"{number}.txt"} for number in range(60)]
        )
        world.close()
        backups = section("anna", BackupsSection)
        backups.back_up_to(tmp_path)
        backups.progress.stop_button.click()
        qtbot.waitUntil(lambda: backups.folder_button.isEnabled(), timeout=SECONDS_MS)

        assert list(tmp_path.glob("mingcha-backup-*")) == []

    def test_a_folder_that_cannot_be_written_says_why(self, qtbot, section, tmp_path):
        backups = section("anna", BackupsSection)
        backups.back_up_to(tmp_path / "nowhere")
        qtbot.waitUntil(lambda: is_told(backups, "problem"), timeout=SECONDS_MS)

        assert backups.folder_button.isEnabled()
