from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.gui.widgets.file_dialogs import choose_file, choose_folder, choose_target


def test_no_dialog_shows_the_table_whose_words_are_those_of_the_system(qtbot, window):
    seen = []

    def look():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        seen.append(dialog.viewMode())
        dialog.reject()

    for ask in (
        lambda: choose_file(window, "甲"),
        lambda: choose_folder(window, "乙"),
        lambda: choose_target(window, "丙", "丙.pdf"),
    ):
        QTimer.singleShot(100, look)
        assert ask() is None

    assert seen == [QFileDialog.ViewMode.List] * 3
