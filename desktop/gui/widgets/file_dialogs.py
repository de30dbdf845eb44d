"""Asking for files and folders. The answer is a path or None; the work is done by the caller."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_folder(parent: QWidget, title: str) -> Path | None:
    found = QFileDialog.getExistingDirectory(parent, title)
    return Path(found) if found else None


def choose_files(parent: QWidget, title: str, kinds: str = "") -> Sequence[Path]:
    """``kinds`` as Qt writes them: ``Name (*.abc)``."""
    found, _kind = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in found]


def choose_file(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    found, _kind = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(found) if found else None


def choose_target(parent: QWidget, title: str, proposal: str, kinds: str = "") -> Path | None:
    """A file to write; Qt has asked already whether an existing one may be replaced."""
    found, _kind = QFileDialog.getSaveFileName(parent, title, proposal, kinds)
    return Path(found) if found else None
