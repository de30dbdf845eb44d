"""Qt's own dialogs in the language of the program."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.i18n import language

_translator: QTranslator | None = None


def use_qt_language() -> None:
    """Install or remove the Chinese texts that Qt brings for file dialogs and context menus."""
    global _translator
    app = QApplication.instance()
    if app is None:
        return
    if _translator is not None:
        app.removeTranslator(_translator)
        _translator = None
    if language() == "zh":
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        found = QTranslator(app)
        if found.load("qtbase_zh_CN", folder):
            app.installTranslator(found)
            _translator = found
