"""The sidebar: whose workspace this is, the pages, and below them what concerns the program itself."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeySequence, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.gui.texts import Texts
from desktop.gui.widgets.icons import SIDE_PX, icon
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.i18n import LANGUAGES, _, language
from desktop.settings import Theme

WIDTH_PX = 208
NARROW_PX = 70
NARROW_BELOW_PX = 1180
"""In a window narrower than this the sidebar shows pictures only: the page needs the room more."""
LOW_BELOW_PX = 660
"""In a window lower than this its buttons stand closer together."""

_LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class Sidebar(QWidget):
    """``page_chosen`` tells the number of a page from 0. It gets narrow with its window."""

    page_chosen = Signal(int)
    theme_chosen = Signal(object)
    language_chosen = Signal(str)
    about_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.texts = Texts()
        self._theme = theme
        self._is_narrow, self._is_low = False, False
        self._brand_label = plain_label("", "brand")
        self.texts.say(self._brand_label.setText, lambda: _("Mingcha"))
        self.name_label = CutLabel("", "muted")
        self.person_label = CutLabel("", "muted")
        self._pages = QButtonGroup(self)
        self._pages.setExclusive(True)
        self._pages.idClicked.connect(self.page_chosen)
        self._page_texts = Texts()
        self._page_buttons = QVBoxLayout()
        self.leave_button = self._button(lambda: _("Lock and leave"), "lock")
        self.leave_button.clicked.connect(self.leave_wanted)
        self.theme_button = self._button(lambda: _("Appearance"), "moon")
        self.language_button = self._button(lambda: _("Language"), "languages")
        self.about_button = self._button(lambda: _("About"), "info")
        self.about_button.clicked.connect(self.about_wanted)
        self.texts.say(self._put_menu(self.theme_button), self._theme_menu)
        self.texts.say(self._put_menu(self.language_button), self._language_menu)
        self._column = column = QVBoxLayout(self)
        column.addWidget(self._brand_label)
        column.addWidget(self.name_label)
        column.addSpacing(12)
        column.addLayout(self._page_buttons)
        column.addStretch(1)
        for button in (self.leave_button, self.theme_button, self.language_button, self.about_button):
            column.addWidget(button)
        column.addWidget(self.person_label)
        self._take_height()
        self.show_workspace("", "", ())

    def show_workspace(self, name: str, person: str, pages: Sequence[tuple[Callable[[], str], str]]) -> None:
        """``pages``: title and icon of each, none before a workspace is open."""
        self.name_label.setText(name)
        self.person_label.setText(person)
        self.leave_button.setVisible(bool(pages))
        self._page_texts = Texts()
        for button in self._pages.buttons():
            self._pages.removeButton(button)
            button.hide()
            button.deleteLater()
        for number, (title, icon_name) in enumerate(pages):
            button = _nav_button()
            button.setProperty("low", self._is_low)
            button.setCheckable(True)
            self._page_texts.say(button.setText, partial(_indented, title))
            self._page_texts.say(button.setAccessibleName, title)
            self._page_texts.say(button.setIcon, partial(icon, icon_name, "muted", "primary"))
            # Setting a text clears the shortcut that stood in the one before.
            self._page_texts.say(button.setShortcut, partial(QKeySequence, f"Ctrl+{number + 1}"))
            self._pages.addButton(button, number)
            self._page_buttons.addWidget(button)
        self._take_width()

    def mark_page(self, number: int) -> None:
        button = self._pages.button(number)
        if button is not None:
            button.setChecked(True)

    def say_again(self) -> None:
        self.texts.say_again()
        self._page_texts.say_again()
        self._take_width()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  Qt's spelling
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._fit(self.window().size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's spelling
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self._fit(self.window().size())
        return False

    def _fit(self, window: QSize) -> None:
        is_narrow = window.width() < NARROW_BELOW_PX
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._take_width()
        is_low = window.height() < LOW_BELOW_PX
        if is_low != self._is_low:
            self._is_low = is_low
            self._take_height()

    def _take_height(self) -> None:
        above, below, between = (8, 6, 2) if self._is_low else (18, 12, 4)
        self._column.setContentsMargins(12, above, 12, below)
        for layout in (self._column, self._page_buttons):
            layout.setSpacing(between)
        for button in self.findChildren(QToolButton):
            button.setProperty("low", self._is_low)
            button.style().unpolish(button)
            button.style().polish(button)

    def _take_width(self) -> None:
        self.setFixedWidth(NARROW_PX if self._is_narrow else WIDTH_PX)
        for label in (self._brand_label, self.name_label, self.person_label):
            label.setVisible(not self._is_narrow)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self.findChildren(QToolButton):
            button.setToolButtonStyle(
                style if self._is_narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            )
            button.setToolTip(button.accessibleName() if self._is_narrow else "")

    def _button(self, text: Callable[[], str], icon_name: str) -> QToolButton:
        button = _nav_button()
        self.texts.say(button.setText, partial(_indented, text))
        self.texts.say(button.setAccessibleName, text)
        self.texts.say(button.setIcon, lambda: icon(icon_name, "muted"))
        return button

    def _put_menu(self, button: QToolButton) -> Callable[[QMenu], None]:
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

        def put(menu: QMenu) -> None:
            old = button.menu()
            button.setMenu(menu)
            if old is not None:
                old.deleteLater()
                # The menu took the pointer away, and is replaced before the button hears of it.
                button.setDown(False)
                button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)

        return put

    def _theme_menu(self) -> QMenu:
        menu, group = self._choice_menu()
        names = {
            Theme.SYSTEM: _("Like the system"),
            Theme.LIGHT: _("Light"),
            Theme.DARK: _("Dark"),
        }
        for theme, name in names.items():
            action = group.addAction(name)
            action.setCheckable(True)
            action.setChecked(theme is self._theme)
            action.triggered.connect(lambda _checked, theme=theme: self._choose_theme(theme))
        menu.addActions(group.actions())
        return menu

    def _language_menu(self) -> QMenu:
        menu, group = self._choice_menu()
        for each in LANGUAGES:
            action = group.addAction(_LANGUAGE_NAMES[each])
            action.setCheckable(True)
            action.setChecked(each == language())
            action.triggered.connect(lambda _checked, each=each: self.language_chosen.emit(each))
        menu.addActions(group.actions())
        return menu

    def _choice_menu(self) -> tuple[QMenu, QActionGroup]:
        menu = QMenu(self)
        return menu, QActionGroup(menu)

    def _choose_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.theme_chosen.emit(theme)


def _indented(text: Callable[[], str]) -> str:
    # The style leaves no space between an icon and its text.
    return "  " + text()


def _nav_button() -> QToolButton:
    button = QToolButton()
    button.setProperty("look", "nav")
    button.setIconSize(QSize(SIDE_PX, SIDE_PX))
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
