"""The look: colours by meaning, light and dark, put into a palette and one style sheet over Fusion."""

from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.datafiles import RESOURCES
from desktop.i18n import language
from desktop.settings import Theme

FAMILIES = (
    "Microsoft YaHei UI",
    "PingFang SC",
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
"""In this order; with a family that lacks Chinese in front, bold Chinese would not be bold."""

TEXT_PX = 14


@dataclass(frozen=True)
class Tokens:
    """Colours by what they mean. ``…_soft`` is the ground of a chip whose text has the plain colour."""

    mode: str
    background: str
    surface: str
    side: str
    raised: str
    border: str
    border_strong: str
    text: str
    muted: str
    primary: str
    primary_hover: str
    primary_soft: str
    on_primary: str
    hover: str
    alternate: str
    selection: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    scroll: str


LIGHT = Tokens(
    mode="light",
    background="#f4f6f9",
    surface="#ffffff",
    side="#ffffff",
    raised="#ffffff",
    border="#e1e6ee",
    border_strong="#c6cfdc",
    text="#1b2430",
    muted="#667085",
    primary="#1d5fc4",
    primary_hover="#184fa6",
    primary_soft="#e8f0fd",
    on_primary="#ffffff",
    hover="#f0f3f8",
    alternate="#fafbfd",
    selection="#dfeafc",
    ok="#147d4f",
    ok_soft="#e3f5ec",
    warn="#a85d00",
    warn_soft="#fdf1de",
    bad="#b42318",
    bad_soft="#fde8e6",
    scroll="#c9d1dc",
)
DARK = Tokens(
    mode="dark",
    background="#15181d",
    surface="#1d2127",
    side="#191c22",
    raised="#252a32",
    border="#2c323b",
    border_strong="#414a57",
    text="#e6e9ee",
    muted="#98a2b3",
    primary="#5b9bff",
    primary_hover="#7db0ff",
    primary_soft="#1d2d47",
    on_primary="#0b1524",
    hover="#262b33",
    alternate="#1f242a",
    selection="#233a5e",
    ok="#5fd39c",
    ok_soft="#173427",
    warn="#f0b75e",
    warn_soft="#3a2d17",
    bad="#ff8a80",
    bad_soft="#40211f",
    scroll="#454e5b",
)

_ROLES = (
    (QPalette.ColorRole.Window, "background"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "alternate"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.Button, "raised"),
    (QPalette.ColorRole.Highlight, "primary"),
    (QPalette.ColorRole.HighlightedText, "on_primary"),
    (QPalette.ColorRole.ToolTipBase, "raised"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.Link, "primary"),
    (QPalette.ColorRole.Mid, "border"),
    (QPalette.ColorRole.Accent, "primary"),
)

_tokens = LIGHT


def tokens() -> Tokens:
    """The colours in use; like the language they are one for the whole window."""
    return _tokens


def color(name: str) -> QColor:
    """A token by its name, to paint with."""
    return QColor(getattr(_tokens, name))


def tokens_for(theme: Theme) -> Tokens:
    """The colours of a theme; SYSTEM asks the desktop."""
    if theme is Theme.SYSTEM:
        is_dark = QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if is_dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def use_theme(app: QApplication, theme: Theme) -> None:
    """Recolour everything that is shown and will be shown; icons are put again by their owners.

    A window takes part once it has been dressed.
    """
    global _tokens
    _tokens = tokens_for(theme)
    app.setStyle("Fusion")
    use_font(app)
    app.setPalette(_palette(_tokens))
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)


def use_font(app: QApplication) -> None:
    """The font of everything, as the language in use wants it."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(TEXT_PX)
    # A Chinese font gives quotation marks the width of a Chinese character. Left unsaid, it stays as it was.
    font.setFeature(QFont.Tag("pwid"), int(language() == "en"))
    app.setFont(font)


def dress(window: QWidget) -> None:
    """Give a window, and the dialogs that belong to it, the sheet of the theme; ``use_theme`` will change it.

    A sheet of the program would be applied to every part of a page anew each time the part around it is put into a
    larger one: the pages of an office took a second to make.
    """
    window.setStyleSheet(style_sheet(_tokens))


def style_sheet(chosen: Tokens) -> str:
    template = Template((RESOURCES / "style" / "mingcha.qss").read_text(encoding="utf-8"))
    return template.substitute(asdict(chosen), icons=(RESOURCES / "icons").as_posix())


def _palette(chosen: Tokens) -> QPalette:
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, QColor(getattr(chosen, name)))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.muted))
    return palette
