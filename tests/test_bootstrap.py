import os
import subprocess
import sys

import pytest

from desktop.bootstrap import has_screen, start


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "linux", False),
        ({}, "win32", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
    ],
)
def test_a_window_is_opened_only_where_somebody_sees_it(environment, platform, expected):
    assert has_screen(environment, platform) is expected


def test_a_command_is_carried_out_without_loading_qt():
    code = "import sys; from desktop.bootstrap import start; start(['--version']); sys.exit('PySide6' in sys.modules)"

    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert result.returncode == 0
    assert "mingcha" in result.stdout


def test_without_a_screen_the_help_is_shown(capsys, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    status = start([])

    assert status == 0
    assert "mingcha" in capsys.readouterr().out


def test_with_a_screen_and_no_command_the_window_is_opened(monkeypatch):
    opened = []
    application = pytest.importorskip("desktop.gui.application")
    monkeypatch.setattr(application, "run_window", lambda arguments: opened.append(arguments) or 0)
    monkeypatch.setattr(os, "environ", {**os.environ, "DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"})

    assert start([]) == 0
    assert len(opened) == 1
