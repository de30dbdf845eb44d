"""Asking for files and folders. The answer is a path or None; the work is done by the caller."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _

_KINDS_END = ";;"
# As Qt names them in its own settings: a file, under Windows a key of the registry.
_NOTED_BY_QT, _DIALOGS = "QtProject", "FileDialog"


def choose_folder(parent: QWidget, title: str) -> Path | None:
    dialog = _dialog(parent, title, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _first(_answer(dialog))


def choose_files(parent: QWidget, title: str, kinds: str = "") -> Sequence[Path]:
    """``kinds`` as Qt writes them: ``Name (*.abc)``."""
    return _answer(_dialog(parent, title, QFileDialog.FileMode.ExistingFiles, kinds))


def choose_file(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    return _first(_answer(_dialog(parent, title, QFileDialog.FileMode.ExistingFile, kinds)))


def choose_target(parent: QWidget, title: str, proposal: str, kinds: str = "") -> Path | None:
    """A file to write; Qt has asked already whether an existing one may be replaced."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.AnyFile, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(proposal).suffix.removeprefix("."))
    dialog.selectFile(proposal)
    return _first(_answer(dialog))


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode, kinds: str = "") -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(mode)
    if kinds:
        dialog.setNameFilters(kinds.split(_KINDS_END))
    # Where the system has no dialog of its own Qt shows one, in which it leaves these untranslated.
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Look in:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Kind:"))
    # Its table would name the kinds of files and their days in the language of the system.
    dialog.setViewMode(QFileDialog.ViewMode.List)
    return dialog


def _answer(dialog: QFileDialog) -> Sequence[Path]:
    try:
        return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []
    finally:
        dialog.destroyed.connect(forget_folders)
        dialog.deleteLater()


def forget_folders() -> None:
    """Take away what Qt noted of the last dialog: the folders somebody was in, whose names may tell of the work."""
    notes = QSettings(QSettings.Scope.UserScope, _NOTED_BY_QT)
    notes.remove(_DIALOGS)
    notes.sync()


def _first(paths: Sequence[Path]) -> Path | None:
    return paths[0] if paths else None
