"""The line at the foot of the window: which workspace, what is saved, the last backup, help."""

from PySide6.QtWidgets import QStatusBar, QToolButton

from desktop.gui.jobs import Jobs
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.i18n import _
from desktop.services.upkeep.workspace_status import WorkspaceStatus, read_status
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


class StatusLine(QStatusBar):
    """``status`` is what was read last of the open workspace; None until then, and where none is open."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self.status: WorkspaceStatus | None = None
        self._jobs = jobs
        self._opened: OpenedWorkspace | None = None
        self._is_gone = False
        self._place_label = CutLabel()
        self._place_label.setContentsMargins(11, 0, 0, 0)
        self._saved_label = plain_label()
        self._backup_label = plain_label()
        self.help_button = QToolButton()
        self.help_button.setProperty("look", "plain")
        self.setSizeGripEnabled(False)
        self.addWidget(self._place_label, 1)
        for widget in (self._saved_label, self._backup_label, self.help_button):
            self.addPermanentWidget(widget)
        jobs.busy_changed.connect(lambda _busy: self._show())

    @property
    def not_exported(self) -> int:
        """Visits that lie on this computer only."""
        return self.status.not_exported if self.status is not None else 0

    def show_workspace(self, opened: OpenedWorkspace | None) -> None:
        self._opened, self.status, self._is_gone = opened, None, False
        self._show()
        if opened is not None:
            self.reload()

    def show_gone(self, *, is_gone: bool) -> None:
        """While the disk with the workspace is not there, nothing is promised."""
        self._is_gone = is_gone
        self._show()

    def reload(self) -> None:
        self._jobs.read(read_status, self._take, name="status")

    def say_again(self) -> None:
        self.help_button.setText(_("Help") + " F1")
        self.help_button.setAccessibleName(_("Help"))
        self._show()

    def _take(self, status: WorkspaceStatus) -> None:
        self.status = status
        self._show()

    def _show(self) -> None:
        if self.status is None or self._opened is None:
            self._place_label.setText(_("No workspace is open"))
            self._saved_label.setText("")
            self._backup_label.setText("")
            return
        kind = _("Office") if self._opened.is_office else _("Field node")
        state = [_("read only")] if self._opened.is_read_only else []
        self._place_label.setText(" · ".join([kind, *state, str(self._opened.folder)]))
        saved = _("Saving …") if self._jobs.is_busy else _("Everything is saved")
        self._saved_label.setText(_("Nothing can be saved now") if self._is_gone else saved)
        at = self.status.last_backup
        self._backup_label.setText(
            _("Last backup {time}").format(time=at) if at else _("No backup has been made yet")
        )
