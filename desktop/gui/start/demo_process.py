"""Building the fictitious city in a process of its own, so that the window stays free."""

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from desktop.errors import UserError
from desktop.i18n import _, language


class DemoProcess(QObject):
    """``said`` is one sentence of what happens; ``finished`` carries the folder of the demo's office."""

    said = Signal(str)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._said = b""
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.errorOccurred.connect(self._fail)

    @property
    def is_running(self) -> bool:
        return self._process.state() is not QProcess.ProcessState.NotRunning

    def start(self, folder: Path) -> None:
        """``folder`` is new, empty, or that of an earlier demo."""
        self._folder = folder
        self._said = b""
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("MINGCHA_LANG", language())
        environment.insert("PYTHONUNBUFFERED", "1")
        environment.insert("PYTHONUTF8", "1")
        self._process.setProcessEnvironment(environment)
        # Frozen, the program is the interpreter.
        module = [] if getattr(sys, "frozen", False) else ["-m", "desktop"]
        self._process.start(sys.executable, [*module, "demo", str(folder)])

    def stop(self) -> None:
        """End it; what it made so far can be replaced by another try."""
        if self.is_running:
            self._process.kill()
            self._process.waitForFinished(3000)

    def _read(self) -> None:
        self._said += bytes(self._process.readAllStandardOutput().data())
        lines = self._said.split(b"\n")
        if len(lines) > 1:
            self.said.emit(lines[-2].decode("utf-8", "replace").strip())

    def _finish(self, status: int) -> None:
        if status == 0 and self._process.exitStatus() is QProcess.ExitStatus.NormalExit:
            self.finished.emit(self._folder / "office")
        else:
            lines = self._said.decode("utf-8", "replace").strip().splitlines()
            self.failed.emit(
                UserError(_("The demo could not be built."), lines[-1] if lines else _("Try another folder."))
            )

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(UserError(_("The demo could not be started."), _("Install the program again.")))
