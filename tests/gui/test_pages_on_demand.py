import pytest
from PySide6.QtWidgets import QStackedWidget

from desktop.gui.pages_on_demand import PageMaker
from desktop.services.workspace.look_at_workspace import OpenedWorkspace


@pytest.fixture
def stack(qtbot):
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    return stack


@pytest.fixture
def maker(jobs, stack):
    return PageMaker(jobs, stack, stack)


@pytest.mark.parametrize("kind", ["office", "field"])
def test_the_pages_are_made_one_by_one_and_told_of_once(qtbot, maker, stack, tmp_path, kind):
    opened = OpenedWorkspace(tmp_path, kind, "", "")

    with qtbot.waitSignal(maker.made, timeout=10_000) as made:
        maker.start(opened)
        assert stack.count() == 0

    told, pages = made.args
    assert told is opened
    assert [stack.widget(number) for number in range(stack.count())] == list(pages.values())
    assert pages["setup"].tabs.count() == len(pages["setup"].sections) > 3


def test_a_workspace_that_is_left_before_its_pages_are_made_gets_none(qtbot, maker, stack, tmp_path):
    told = []
    maker.made.connect(lambda *args: told.append(args))
    maker.start(OpenedWorkspace(tmp_path, "office", "", ""))
    qtbot.waitUntil(lambda: stack.count() > 0, timeout=10_000)
    maker.stop()
    qtbot.wait(50)

    assert stack.count() == 0
    assert told == []


def test_only_the_last_of_two_workspaces_gets_pages(qtbot, maker, stack, tmp_path):
    first, second = (OpenedWorkspace(tmp_path, kind, "", "") for kind in ("office", "field"))
    maker.start(first)
    with qtbot.waitSignal(maker.made, timeout=10_000) as made:
        maker.start(second)

    assert made.args[0] is second
    assert "today" in made.args[1]
    assert stack.count() == len(made.args[1])
