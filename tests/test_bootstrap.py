import os
import subprocess
import sys

import pytest

from desktop.bootstrap import start
from desktop.gui.screen import has_screen


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


@pytest.fixture
def opened(monkeypatch):
    """The folders that windows were opened on, where there is a screen; None is a window without a workspace."""
    opened = []
    application = pytest.importorskip("desktop.gui.application")
    monkeypatch.setattr(application, "run_window", lambda _arguments, folder: opened.append(folder) or 0)
    monkeypatch.setattr(os, "environ", {**os.environ, "DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"})
    return opened


def test_with_a_screen_and_no_command_the_window_is_opened(opened):
    assert start([]) == 0
    assert opened == [None]


def test_a_folder_that_is_named_alone_is_opened_in_the_window(opened, tmp_path):
    assert start([str(tmp_path)]) == 0
    assert opened == [tmp_path]


def test_a_command_is_never_taken_for_a_folder(opened, tmp_path, monkeypatch, capsys):
    (tmp_path / "formula").mkdir()
    monkeypatch.chdir(tmp_path)

    assert start(["formula"]) == 2
    assert opened == []
    assert "formula" in capsys.readouterr().err


def test_a_stick_that_cannot_be_used_is_said_and_nothing_is_started(opened, tmp_path, capsys):
    (tmp_path / "file").touch()

    assert start(["--portable", str(tmp_path / "file" / "data")]) == 1

    assert opened == []
    assert "file" in capsys.readouterr().err


def test_portable_without_a_folder_is_wrong_usage(opened, capsys):
    assert start(["--portable"]) == 2
    assert opened == []
    assert "--portable" in capsys.readouterr().err
