"""Starting the window: environment, fonts, theme, window. A workspace is opened later, by the writer."""

import ctypes
import os
import sys
from collections.abc import MutableMapping, Sequence
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLoggingCategory, Qt
from PySide6.QtWidgets import QApplication

from desktop.gui.fonts import load_bundled_fonts
from desktop.gui.main_window import MainWindow
from desktop.gui.quiet_collector import QuietCollector
from desktop.gui.theme import use_theme
from desktop.gui.widgets.icons import neutral_icon
from desktop.i18n import use_language
from desktop.portable import carried_in
from desktop.settings import read_settings, settings_file

NEUTRAL_NAME = "documents"
_SWITCH_S = 0.0005
_PLENTY = 1 << 40


def run_window(arguments: Sequence[str], folder: Path | None = None) -> int:
    """Show the window, at once on the workspace in ``folder`` if there is one, and return when it is closed.

    The pass phrase of that workspace is asked for, unless MINGCHA_PASSPHRASE tells it.
    """
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    choose_input_method(os.environ, plugins / "platforminputcontexts")
    is_carried = carried_in() is not None
    if is_carried:
        # Those of the system remember the folders somebody was in: in the registry, or a list of recent files.
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    app = make_application(arguments)
    path = settings_file()
    settings = read_settings(path)
    use_language(settings.language)
    use_theme(app, settings.theme)
    window = MainWindow(settings, path, is_carried=is_carried)
    sys.excepthook = window.report_crash
    window.show()
    QuietCollector(window.jobs, window)
    if folder is not None:
        window.start_page.ask_passphrase(folder, os.environ.get("MINGCHA_PASSPHRASE", ""))
    return app.exec()


def make_application(arguments: Sequence[str]) -> QApplication:
    # Threads that compute hand the interpreter over ten times as often as usual: the window has to stay fluent.
    sys.setswitchinterval(_SWITCH_S)
    keep_singletons()
    # Qt tells there which sound library it did not find, and how every recording is encoded.
    QLoggingCategory.setFilterRules("qt.multimedia.*.info=false\nqt.multimedia.symbolsresolver.warning=false")
    # The first word becomes the class of the window under X11.
    app = QApplication([NEUTRAL_NAME, *arguments[1:]])
    # What the task bar, its groups and a list of windows show to whoever looks over somebody's shoulder.
    app.setApplicationName(NEUTRAL_NAME)
    app.setDesktopFileName(NEUTRAL_NAME)
    load_bundled_fonts()
    app.setWindowIcon(neutral_icon())
    return app


def keep_singletons() -> None:
    """Give None, True and False more references than can ever be given back.

    PySide 6.12 counts on them being immortal, as they are from Python 3.12 on: it gives away a reference to True at
    every emit. Before 3.12 the interpreter ends at once when the last one is gone, after some thousands of signals.
    """
    if sys.version_info < (3, 12) and sys.maxsize > _PLENTY:
        for each in (None, True, False):
            # The count is the first field of every object of CPython.
            ctypes.c_ssize_t.from_address(id(each)).value += _PLENTY


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> None:
    """Use the ibus interface, which fcitx5 also speaks, where Qt has no plugin for what is asked for.

    The wheels of Qt bring no plugin for fcitx; without this no Chinese can be typed there.
    """
    wanted = environment.get("QT_IM_MODULE", "")
    if wanted in ("", "fcitx", "fcitx5") and not list(plugins.glob(f"*{wanted or 'fcitx'}*")):
        environment["QT_IM_MODULE"] = "ibus"
