"""What is done with the mission that is chosen in the list: issued, unsealed, withdrawn, its packages written."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from desktop.domain.mission_status import MissionStatus
from desktop.errors import UserError
from desktop.gui.jobs import Job, Jobs
from desktop.gui.missions.mission_panel import MissionPanel
from desktop.gui.widgets.file_dialogs import choose_folder
from desktop.gui.widgets.note_bar import NoteBar
from desktop.gui.widgets.passphrase_dialog import PassphraseDialog
from desktop.gui.widgets.reason_dialog import ReasonDialog
from desktop.i18n import _
from desktop.services.missions.issue_mission import WrittenMission, issue_to_node, write_mission_packages
from desktop.services.missions.seal_mission import unseal_mission
from desktop.services.missions.withdraw_mission import WithdrawnMission, withdraw_mission
from desktop.services.workspace.workspace import ReportProgress, Workspace


class MissionDeeds(QObject):
    """Works on the mission that ``panel`` shows and says in ``note`` what came of it."""

    def __init__(
        self, jobs: Jobs, panel: MissionPanel, note: NoteBar, show_error: Callable[[UserError], object]
    ) -> None:
        super().__init__(panel)
        self._jobs, self._panel, self._note, self._show_error = jobs, panel, note, show_error
        self._job: Job | None = None
        panel.issue_button.clicked.connect(lambda: self.give_to(panel.node_field.currentData()))
        panel.unseal_button.clicked.connect(self._ask_passphrase)
        panel.package_button.clicked.connect(self._ask_folder)
        panel.withdraw_button.clicked.connect(self._ask_reason)
        panel.progress.stop_wanted.connect(self._stop)

    def withdraw(self, reason: str) -> None:
        work = partial(withdraw_mission, mission=self._mission(), reason=reason)
        self._jobs.write(work, self._show_withdrawn, self._show_error)

    def unseal(self, passphrase: str) -> None:
        work = partial(unseal_mission, mission=self._mission(), passphrase=passphrase)
        self._jobs.write(work, self._show_unsealed, self._show_error)

    def write_packages_to(self, folder: Path) -> None:
        """A package for every laptop of the chosen mission; each counts only when it has been read back."""

        mission = self._mission()

        def work(workspace: Workspace, report_progress: ReportProgress) -> tuple[WrittenMission, ...]:
            return write_mission_packages(workspace, mission, folder, report_progress)

        self._note.hide()
        self._panel.package_button.setEnabled(False)
        self._panel.progress.begin()
        self._job = self._jobs.write_long(
            work, self._panel.progress.show_progress, self._show_written, self._show_not_written
        )

    def give_to(self, node: str) -> None:
        """Issue the chosen sealed mission to a computer, or give the marked visits of an issued one to one more."""
        work = partial(issue_to_node, mission=self._mission(), node_id=node, only=self._panel.marked_visits())
        mission = self._panel.mission
        was_issued = mission is not None and mission.status == MissionStatus.ISSUED
        text = _("The visits go to this computer as well.") if was_issued else _("The mission is issued.")
        self._jobs.write(work, lambda _mission: self._show_given(text), self._show_error)

    def _show_withdrawn(self, withdrawn: WithdrawnMission) -> None:
        advice = ""
        if withdrawn.open_visits:
            advice = _(
                "Visits that are not to be made: {count}; the laptops learn of it with a new package."
            ).format(count=withdrawn.open_visits)
        self._note.show_done(_("The mission is withdrawn."), advice)

    def _show_unsealed(self, _mission_id: str) -> None:
        self._note.show_done(_("The mission is open on this computer."))

    def _show_written(self, written: tuple[WrittenMission, ...]) -> None:
        self._end_writing()
        self._panel.show_written(written)
        failed = [each for each in written if each.problem is not None]
        if failed:
            self._note.show_warning(
                lambda: _("Packages that could not be written: {count} of {all}.").format(
                    count=len(failed), all=len(written)
                ),
                lambda: _("What stands in the way is said beside the list; the others are ready."),
            )
        else:
            self._note.show_done(
                _("Packages written and read back: {count}.").format(count=len(written)),
                _("Carry them to the inspectors; each opens only on its own computer."),
            )

    def _show_not_written(self, error: UserError) -> None:
        self._end_writing()
        self._show_error(error)

    def _end_writing(self) -> None:
        self._job = None
        self._panel.progress.end()
        self._panel.package_button.setEnabled(True)
        # Switched off it gave the keyboard to the next button, which withdraws the mission.
        self._panel.package_button.setFocus()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ask_reason(self) -> None:
        dialog = ReasonDialog(
            _("Withdraw the mission"),
            _("Visits not recorded yet are no longer to be made. What was recorded stays and counts."),
            lambda: _("Withdraw"),
            self._panel,
        )
        dialog.reason_given.connect(self.withdraw)
        dialog.open()

    def _ask_passphrase(self) -> None:
        explanation = _(
            "The pass phrase of the team leader opens the mission on this computer. Every attempt is noted."
        )
        dialog = PassphraseDialog(_("Open the sealed mission …"), explanation, self._panel)
        dialog.given.connect(self.unseal)
        dialog.open()

    def _ask_folder(self) -> None:
        folder = choose_folder(self._panel, _("Where should the packages be written?"))
        if folder is not None:
            self.write_packages_to(folder)

    def _show_given(self, text: str) -> None:
        self._note.show_done(text, _("Write the packages for the laptops beside the list."))

    def _mission(self) -> str:
        return self._panel.mission.id if self._panel.mission is not None else ""
