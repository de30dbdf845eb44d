"""Where the demo goes: a new or empty folder, or one in which a former demo stands."""

import shutil
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _

MARKER = ".mingcha-demo"


class NotADemoFolderError(UserError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("{folder} is not empty and holds no demo, so nothing in it is touched.").format(
                folder=folder.name
            ),
            _("Name a new or empty folder for the demo."),
        )


def prepare_demo_folder(folder: Path) -> None:
    """Make the folder and mark it; a former demo in it is removed, anything else is refused.

    The marker is there first and goes last, so whatever a demo that broke off left behind can be replaced.
    """
    marker = folder / MARKER
    if folder.exists() and not folder.is_dir():
        raise NotADemoFolderError(folder)
    folder.mkdir(0o700, parents=True, exist_ok=True)
    if not marker.is_file() and any(folder.iterdir()):
        raise NotADemoFolderError(folder)
    marker.touch()
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path != marker:
            path.unlink()
