import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from desktop.gui import pictures, show_demo
from desktop.gui.theme import use_theme
from desktop.settings import Theme
from tests.services.worlds import PASSPHRASE


@pytest.fixture
def run(monkeypatch):
    """What was run, module by module; the statuses they end with, 0 by default."""
    calls, statuses = [], {}

    def fake(command, env, check):
        calls.append((command[2], Path(command[3]).name))
        return subprocess.CompletedProcess(command, statuses.get(command[2], 0))

    monkeypatch.setattr(subprocess, "run", fake)
    return calls, statuses


def test_with_a_screen_the_window_opens_on_the_office(run, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(show_demo, "has_screen", lambda *_args: True)

    assert show_demo.main([str(tmp_path)]) == 0
    assert run[0] == [("desktop", "office")]


def test_without_a_screen_pictures_are_left_and_their_place_is_told(run, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(show_demo, "has_screen", lambda *_args: False)

    assert show_demo.main([str(tmp_path)]) == 0
    assert run[0] == [("desktop.gui.pictures", tmp_path.name)]
    assert str(tmp_path / "pictures") in capsys.readouterr().out


def test_a_screen_that_is_none_leaves_pictures_too(run, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(show_demo, "has_screen", lambda *_args: True)
    run[1]["desktop"] = -6

    assert show_demo.main([str(tmp_path)]) == 0
    assert [module for module, _name in run[0]] == ["desktop", "desktop.gui.pictures"]


def test_missing_libraries_are_said_and_the_demo_stands(run, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(show_demo, "has_screen", lambda *_args: False)
    run[1]["desktop.gui.pictures"] = 1

    assert show_demo.main([str(tmp_path)]) == 0
    assert "系统库" in capsys.readouterr().out


@pytest.fixture
def app(qapp):
    yield qapp
    use_theme(qapp, Theme.LIGHT)


def test_every_page_and_every_tab_of_a_workspace_gets_a_picture(world, tmp_path, monkeypatch, app):
    monkeypatch.setattr(pictures, "DEMO_PASSPHRASE", PASSPHRASE)
    look = pictures.Look("zh", Theme.LIGHT, (1366, 768))
    taker = pictures.PictureTaker(app, tmp_path / "settings.json", pictures.Order((look,), tmp_path))
    try:
        taken = [*taker.take_start(), *taker.take_workspace(world.folder / "office")]
    finally:
        taker.close()

    names = {file.name.removesuffix("-zh-light-1366x768.png") for file in taken}
    assert {"start", "office-overview", "office-merge-1", "office-merge-4", "office-print"} <= names
    assert all(QImage(str(file)).size() == QSize(1366, 768) for file in taken)


def test_only_the_pictures_that_are_wanted_are_taken(world, tmp_path, monkeypatch, app):
    monkeypatch.setattr(pictures, "DEMO_PASSPHRASE", PASSPHRASE)
    look = pictures.Look("en", Theme.DARK, (1280, 720))
    order = pictures.Order((look,), tmp_path, ("office-print",), is_small=True)
    taker = pictures.PictureTaker(app, tmp_path / "settings.json", order)
    try:
        taken = [*taker.take_start(), *taker.take_workspace(world.folder / "office")]
    finally:
        taker.close()

    assert [file.name for file in taken] == ["office-print-en-dark-1280x720.png"]
    assert QImage(str(taken[0])).colorCount() <= 256
