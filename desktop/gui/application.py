"""Starting the window: environment, fonts, theme, window. A workspace is opened later, by the writer."""

import os
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo
from PySide6.QtWidgets import QApplication

from desktop.gui.fonts import load_bundled_fonts
from desktop.gui.main_window import MainWindow
from desktop.gui.theme import use_theme
from desktop.i18n import use_language
from desktop.settings import read_settings, settings_file

_SWITCH_S = 0.0005


def run_window(arguments: Sequence[str], folder: Path | None = None) -> int:
    """Show the window, at once on the workspace in ``folder`` if there is one, and return when it is closed.

    The pass phrase of that workspace is asked for, unless MINGCHA_PASSPHRASE tells it.
    """
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    choose_input_method(os.environ, plugins / "platforminputcontexts")
    app = make_application(arguments)
    path = settings_file()
    settings = read_settings(path)
    use_language(settings.language)
    use_theme(app, settings.theme)
    window = MainWindow(settings, path)
    sys.excepthook = window.report_crash
    window.show()
    if folder is not None:
        window.start_page.ask_passphrase(folder, os.environ.get("MINGCHA_PASSPHRASE", ""))
    return app.exec()


def make_application(arguments: Sequence[str]) -> QApplication:
    # Threads that compute hand the interpreter over ten times as often as usual: the window has to stay fluent.
    sys.setswitchinterval(_SWITCH_S)
    app = QApplication(list(arguments))
    app.setApplicationName("mingcha")
    app.setDesktopFileName("mingcha")
    load_bundled_fonts()
    return app


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Use the ibus interface, which fcitx5 also speaks, where Qt has no plugin for what is asked for.

    The wheels of Qt bring no plugin for fcitx; without this no Chinese can be typed there.
    """
    wanted = environment.get("QT_IM_MODULE", "")
    if wanted in ("", "fcitx", "fcitx5") and not list(plugins.glob(f"*{wanted or 'fcitx'}*")):
        environment["QT_IM_MODULE"] = "ibus"
