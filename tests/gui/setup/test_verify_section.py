"""Verification: sound, damaged, stopped, left."""

from desktop.gui.setup.verify_section import VerifySection
from tests.gui.setup_section_pages import SECONDS_MS


class TestVerification:
    def test_a_sound_workspace_says_so_with_its_figures(self, qtbot, section):
        verify = section("office", VerifySection)
        verify.verify_button.click()
        qtbot.waitUntil(lambda: verify.verification is not None, timeout=SECONDS_MS)

        assert verify.result.property("tone") == "done"
        assert int(verify.figures["entries"].figure_label.text()) > 10
        assert verify.verify_button.isEnabled()

    def test_a_damaged_file_is_named_in_the_words_of_the_user(self, qtbot, section, world):
        world.open()
        world.file("a.txt", b"photo bytes")
        world.record(world.anna, world.visits[0], evidence=[{"path": "a.txt"}])
        world.close()
        (stored,) = [path for path in (world.folder / "anna" / "objects").rglob("*") if path.is_file()]
        stored.unlink()
        verify = section("anna", VerifySection)
        verify.verify()
        qtbot.waitUntil(lambda: verify.findings.rowCount() == 1, timeout=SECONDS_MS)

        assert verify.result.property("tone") == "problem"
        assert verify.findings.data(verify.findings.index(0, 0)) == "缺失"
        assert "a.txt" in verify.meaning_label.text()

    def test_it_can_be_stopped(self, qtbot, section):
        verify = section("office", VerifySection)
        verify.verify()
        verify.progress.stop_button.click()
        qtbot.waitUntil(lambda: verify.verify_button.isEnabled(), timeout=SECONDS_MS)

        assert verify.verification is None

    def test_leaving_the_workspace_does_not_wait_for_it(self, qtbot, section, window):
        verify = section("office", VerifySection)
        verify.verify()
        window.leave_workspace()

        qtbot.waitUntil(lambda: not window.jobs.is_busy, timeout=SECONDS_MS)
