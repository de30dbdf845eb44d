"""The look: one source of colours, plain text everywhere."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from desktop.datafiles import RESOURCES
from desktop.gui.application import choose_input_method
from desktop.gui.theme import DARK, FAMILIES, LIGHT, style_sheet, use_font
from desktop.gui.widgets.bar_chart import Bar, BarChart, line_step
from desktop.gui.widgets.icons import icon
from desktop.gui.widgets.labels import CutLabel, plain_label
from desktop.i18n import language, use_language

GUI = Path(__file__).resolve().parent.parent.parent / "desktop" / "gui"
BAKED = {
    "chevron-down": ("muted", "muted"),
    "chevron-up": ("muted", "muted"),
    "check": ("on_primary", "on_primary"),
}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.mode)
def test_the_style_sheet_names_only_colours_and_icons_that_exist(tokens):
    sheet = style_sheet(tokens)

    assert "$" not in sheet
    assert all(Path(name).is_file() for name in re.findall(r'url\("([^"]+)"\)', sheet))
    for name, (light, dark) in BAKED.items():
        color = getattr(tokens, light if tokens is LIGHT else dark)
        assert color in (RESOURCES / "icons" / f"{name}-{tokens.mode}.svg").read_text(encoding="utf-8")


def test_every_icon_that_is_named_is_there_and_none_is_left_over():
    code = "\n".join(path.read_text(encoding="utf-8") for path in GUI.rglob("*.py"))
    shipped = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    plain = {name for name in shipped if not name.endswith(("-light", "-dark"))}

    assert {name for name in plain - set(BAKED) if f'"{name}"' not in code} == set()


def test_an_icon_is_drawn_in_the_colour_of_a_token(qapp):
    picture = icon("x", "bad").pixmap(18, 18).toImage()

    colors = {picture.pixelColor(x, y).name() for x in range(18) for y in range(18)}
    assert LIGHT.bad in colors


def test_labels_are_made_in_one_place_and_show_plain_text(qapp):
    makers = [
        path.name for path in GUI.rglob("*.py") if re.search(r"\bQLabel\(", path.read_text(encoding="utf-8"))
    ]

    assert makers == ["labels.py"]
    assert plain_label("<b>x</b>").textFormat() is Qt.TextFormat.PlainText


def test_no_page_opens_message_boxes_or_rich_text():
    forbidden = re.compile(r"QMessageBox|QTextEdit\b|RichText|setHtml|QTextBrowser|setMarkdown")

    # The manual alone is marked up: it ships with the program and nobody's data stand in it.
    assert [
        path.name for path in GUI.rglob("*.py") if forbidden.search(path.read_text(encoding="utf-8"))
    ] == ["manual_view.py"]


def test_a_long_text_never_widens_a_cut_label(qtbot):
    label = CutLabel("很长的单位名称" * 1000)
    qtbot.addWidget(label)

    assert label.minimumSizeHint().width() < 100
    assert label.sizeHint().width() <= 600
    label.grab()


@pytest.mark.parametrize(("most", "step"), [(0, 1), (5, 1), (6, 2), (10, 2), (11, 5), (231, 50), (1284, 500)])
def test_a_chart_has_few_lines_at_round_figures(most, step):
    assert line_step(most) == step


def test_a_chart_without_figures_is_drawn(qtbot):
    chart = BarChart(("primary",))
    qtbot.addWidget(chart)
    chart.grab()
    chart.show_bars([Bar("1月", (0,)), Bar("2月", (7,))], ("明查",))
    chart.resize(300, 200)

    assert not chart.grab().isNull()
    assert chart.accessibleDescription() == "2月 7"


@pytest.mark.parametrize(
    ("wanted", "plugins", "expected"),
    [
        ("", (), "ibus"),
        ("fcitx", (), "ibus"),
        ("fcitx", ("libfcitx5platforminputcontextplugin.so",), "fcitx"),
        ("xim", (), "xim"),
    ],
)
def test_chinese_can_be_typed_without_a_plugin_for_fcitx(tmp_path, wanted, plugins, expected):
    for name in plugins:
        (tmp_path / name).touch()
    environment = {"QT_IM_MODULE": wanted} if wanted else {}

    choose_input_method(environment, tmp_path)

    assert environment["QT_IM_MODULE"] == expected


def test_chinese_families_stand_in_front_of_every_other():
    assert FAMILIES[0] == "Microsoft YaHei UI"


def test_labels_of_other_kinds_are_not_made(qtbot):
    assert not isinstance(CutLabel("x"), QLabel)


def test_english_quotation_marks_are_as_narrow_as_english_letters(qapp):
    """A Chinese font gives them the width of a Chinese character."""

    def width(spoken):
        use_language(spoken)
        use_font(qapp)
        return QFontMetrics(qapp.font()).horizontalAdvance("“")

    before = language()
    try:
        assert width("en") < width("zh")
    finally:
        use_language(before)
        use_font(qapp)
