"""Shows the demo: in the window where there is a screen, else as a picture of every page.

``python -m desktop.gui.show_demo DEMO``. Qt is loaded by other processes only: where libraries of the system are
missing, or the screen turns out to be none, this one can still say so.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.gui.screen import has_screen
from desktop.i18n import _


def main(arguments: Sequence[str]) -> int:
    demo = Path(arguments[0])
    if has_screen(os.environ, sys.platform):
        _say(_("Opening the window on the office of the demo …"))
        if _run("desktop", str(demo / "office")) == 0:
            return 0
        _say(_("The window could not be opened on this screen."))
    else:
        _say(_("There is no screen, so no window is opened."))
    folder = demo / "pictures"
    _say(_("Taking a picture of every page …"))
    if _run("desktop.gui.pictures", str(demo), str(folder)) != 0:
        _say(_("The libraries that the window needs are missing; the commands work without them."))
        return 0
    _say(_("The pictures of the window lie in {folder}").format(folder=folder))
    return 0


def _run(module: str, *arguments: str) -> int:
    # The pass phrase of the demo stands in its summary: it protects nothing.
    environment = {**os.environ, "MINGCHA_PASSPHRASE": "demo-passphrase"}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603  our own program


def _say(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
