"""Puts the parts together: the window where there is a screen and nothing was asked for, else the command line."""

import os
import sys
from collections.abc import Mapping, Sequence

from desktop.cli.command_line import run
from desktop.media import worker_process
from desktop.media.child_process import WORKER_ARGUMENT

_WITHOUT_SCREEN = ("offscreen", "minimal", "linuxfb", "vnc")


def start(arguments: Sequence[str]) -> int:
    """Carry out a command line; an empty one opens the window. Returns the exit status."""
    if arguments[:1] == [WORKER_ARGUMENT]:
        # An installed program has no interpreter beside it: it starts its own worker process from itself.
        worker_process.main(arguments[1:])
        return 0
    if arguments or not has_screen(os.environ, sys.platform):
        return run(arguments)
    try:
        # Qt is loaded only for the window: a command would wait for it in vain.
        from desktop.gui.application import run_window
    except ImportError:
        # Libraries of the system that Qt needs are missing; the help says what goes without a window.
        return run(arguments)
    return run_window(sys.argv[:1])


def has_screen(environment: Mapping[str, str], platform: str) -> bool:
    """Whether a window would be seen by anybody."""
    if environment.get("QT_QPA_PLATFORM", "") in _WITHOUT_SCREEN:
        return False
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))
