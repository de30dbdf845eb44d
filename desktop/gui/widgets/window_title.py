"""What a window is called in its frame and in task bars: on a laptop in the field by one neutral name for all."""

from PySide6.QtWidgets import QApplication, QWidget

from desktop.i18n import _

_DISCREET = "isDiscreet"


def be_discreet(*, is_discreet: bool) -> None:
    """From now on windows are named by what they are for, or neutrally."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(_DISCREET, is_discreet)


def name_window(window: QWidget, title: str) -> None:
    """A dialog is called after what it is for, except where strangers may see it."""
    app = QApplication.instance()
    is_discreet = app is not None and bool(app.property(_DISCREET))
    window.setWindowTitle(_("Documents") if is_discreet else title)
