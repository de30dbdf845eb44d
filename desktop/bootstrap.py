"""Puts the parts together: the window where there is a screen and nothing was asked for, else the command line."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.command_line import run
from desktop.cli.verbs import VERBS
from desktop.core_dumps import forbid_core_dumps
from desktop.errors import UserError
from desktop.gui.screen import has_screen
from desktop.media import worker_process
from desktop.media.child_process import WORKER_ARGUMENT
from desktop.portable import go_portable


def start(arguments: Sequence[str]) -> int:
    """Carry out a command line; an empty one, or a folder alone, opens the window. Returns the exit status."""
    forbid_core_dumps()
    if arguments[:1] == [WORKER_ARGUMENT]:
        # An installed program has no interpreter beside it: it starts its own worker process from itself.
        worker_process.main(arguments[1:])
        return 0
    try:
        arguments = go_portable(arguments, VERBS)
    except UserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    folder = _folder_to_open(arguments)
    if (arguments and folder is None) or not has_screen(os.environ, sys.platform):
        return run(arguments)
    try:
        # Qt is loaded only for the window: a command would wait for it in vain.
        from desktop.gui.application import run_window
    except ImportError:
        # Libraries of the system that Qt needs are missing; the help says what goes without a window.
        return run(arguments)
    return run_window(sys.argv[:1], folder)


def _folder_to_open(arguments: Sequence[str]) -> Path | None:
    """The workspace that is named alone, as a file manager does; a command is never taken for a folder."""
    if len(arguments) != 1 or arguments[0] in VERBS or not Path(arguments[0]).is_dir():
        return None
    return Path(arguments[0])
