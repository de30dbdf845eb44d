"""The fonts of the window: those of the system first, Noto Sans SC from this program where they are missing."""

from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication

from desktop.datafiles import RESOURCES

BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def load_bundled_fonts() -> None:
    for name in BUNDLED:
        QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))


def font_in_use() -> str:
    """The family the window is really drawn with."""
    return QFontInfo(QApplication.font()).family()
