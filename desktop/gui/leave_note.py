"""What is still open when somebody closes the window: said inside it, with two ways on, never in a box of its own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop.gui.texts import Texts
from desktop.gui.widgets.buttons import text_button
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import plain_label
from desktop.i18n import _
from desktop.services.upkeep.workspace_status import WorkspaceStatus
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


class LeaveNote(QFrame):
    """Hidden until it is asked. ``export_wanted`` or ``leave_wanted`` follows, or the note is closed.

    It also remembers the workspaces that were left since the program was started: what lies in them is not exported
    by closing the last one.
    """

    export_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("note")
        self.setProperty("tone", "warning")
        self.texts = Texts()
        self._status: WorkspaceStatus | None = None
        self._left: dict[OpenedWorkspace, WorkspaceStatus] = {}
        self._is_writing = False
        self._unsaved = ""
        self._sign = plain_label()
        self._sign.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.texts.say(self._sign.setPixmap, lambda: icon("triangle-alert", "warn").pixmap(18, 18))
        self.what_label = plain_label("", wraps=True)
        self.advice_label = plain_label("", wraps=True)
        self.export_button = text_button(self.texts, lambda: _("Go to the export"), "upload", is_primary=True)
        self.leave_button = text_button(self.texts, lambda: _("Close anyway"))
        self.stay_button = text_button(self.texts, lambda: _("Keep working"))
        self.texts.say(lambda _none: self._tell(), lambda: None)
        self.export_button.clicked.connect(self._export)
        self.leave_button.clicked.connect(self.leave_wanted)
        self.stay_button.clicked.connect(self.hide)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.what_label)
        words.addWidget(self.advice_label)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addLayout(words, 1)
        for button in (self.stay_button, self.leave_button, self.export_button):
            row.addWidget(button)
        self.hide()

    def asks(self, status: WorkspaceStatus | None, *, is_writing: bool, unsaved: str = "") -> bool:
        """Show what is open, if anything is; whether closing has to wait. Who closes twice means it.

        ``status`` is that of the workspace in front, None where there is none. ``unsaved``: the page on which a form
        was filled in and not saved.
        """
        has_own = status is not None and status.not_exported > 0
        if self.isVisible() or not (has_own or self._left or is_writing or unsaved):
            return False
        self._status, self._is_writing, self._unsaved = status if has_own else None, is_writing, unsaved
        self._tell()
        leads_to_export = has_own and not unsaved
        self.export_button.setVisible(leads_to_export)
        self.show()
        (self.export_button if leads_to_export else self.stay_button).setFocus()
        return True

    def remember(self, opened: OpenedWorkspace | None, status: WorkspaceStatus | None) -> None:
        """A workspace is left; what it has not exported is still said when the program is closed."""
        self.hide()
        if opened is not None and status is not None and status.not_exported:
            self._left[opened] = status

    def forget(self, opened: OpenedWorkspace | None = None) -> None:
        """This workspace is open again; without one, the screen has to be silent about all of them."""
        self._left = {each: s for each, s in self._left.items() if opened and each.folder != opened.folder}

    def _export(self) -> None:
        self.hide()
        self.export_wanted.emit()

    def _tell(self) -> None:
        if self._unsaved:
            self.what_label.setText(
                _("What you typed on “{page}” has not been saved.").format(page=self._unsaved)
            )
            self.advice_label.setText(_("“Close anyway” saves what is complete; what is not is lost."))
            return
        if self._is_writing:
            self.what_label.setText(_("Something is still being written."))
            self.advice_label.setText(_("“Close anyway” waits until it is done; nothing is lost."))
            return
        lines = [] if self._status is None else [_on_this_computer_only(self._status)]
        lines += [
            _("{place}: {what}").format(place=opened.folder.name, what=_on_this_computer_only(status))
            for opened, status in self._left.items()
        ]
        self.what_label.setText("\n".join(lines))
        self.advice_label.setText(_("They are saved and encrypted, but the office does not have them yet."))


def _on_this_computer_only(status: WorkspaceStatus) -> str:
    count, evidence = status.not_exported, status.evidence_not_exported
    if evidence:
        text = _("{count} visits and {evidence} pieces of evidence are stored on this computer only")
        return text.format(count=count, evidence=evidence)
    return _("Visits stored on this computer only: {count}").format(count=count)
