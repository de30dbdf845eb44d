"""Real widgets on an off-screen platform, over a real office and a real field node."""

import gc
import os
import shutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.gui.application import make_application
from desktop.gui.jobs import Jobs
from desktop.gui.main_window import MainWindow
from desktop.gui.theme import use_theme
from desktop.services.workspace.look_at_workspace import OpenedWorkspace
from desktop.settings import Settings, Theme
from tests.services.worlds import Clock, World, found_world


@pytest.fixture(scope="session")
def qapp_cls():
    return make_application


@pytest.fixture(scope="session")
def qapp(qapp_cls):
    app = qapp_cls(["mingcha"])
    use_theme(app, Theme.LIGHT)
    gc.collect()
    gc.freeze()
    return app


@pytest.fixture(autouse=True)
def _garbage_is_collected_here(qapp):
    """As in the program: a widget that another thread frees ends the process."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    with found_world(tmp_path_factory.mktemp("founded") / "world", Clock()) as world:
        world.clock.go_on()
        world.record(world.anna, world.visits[0], started_at="2026-11-20T09:00:00+08:00")
        kept = world.visits, world.recovery_key, world.clock.now_ms
    return World(world.folder, Clock(kept[2]), kept[1], visits=kept[0])


@pytest.fixture
def world(founded, tmp_path):
    """A world of closed workspaces: two units, three visits, of which anna has recorded the first."""
    shutil.copytree(founded.folder, tmp_path / "world")
    with World(
        tmp_path / "world", Clock(founded.clock.now_ms), founded.recovery_key, visits=founded.visits
    ) as world:
        yield world


@pytest.fixture
def jobs(qapp):
    jobs = Jobs()
    yield jobs
    jobs.shut_down()


@pytest.fixture
def open_in(qtbot):
    """Open a workspace of the world in some jobs and wait for it."""

    def open_in(jobs, world, name):
        opened = []
        jobs.open(lambda: world.opened(name), opened.append)
        qtbot.waitUntil(lambda: bool(opened), timeout=60_000)
        assert isinstance(opened[0], OpenedWorkspace)
        return opened[0]

    return open_in


@pytest.fixture
def window(qtbot, tmp_path):
    window = MainWindow(Settings(theme=Theme.LIGHT), tmp_path / "settings.json")
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    _let_go(window)


def _let_go(window):
    """Windows that stay alive take memory, and time at every switch of the theme."""
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window_of(window, world, qtbot):
    """The window with the workspace of this name open."""

    def window_of(name):
        window.jobs.open(lambda: world.opened(name), window.show_workspace)
        qtbot.waitUntil(lambda: bool(window.pages), timeout=60_000)
        return window

    return window_of
