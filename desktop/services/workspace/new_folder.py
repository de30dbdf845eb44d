"""The folder of a new workspace: it is there whole or not at all."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.errors import UserError
from desktop.i18n import _


def check_new_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            _("{folder} already exists and is not empty.").format(folder=folder.name),
            _("Choose a new folder for the workspace."),
        )


@contextmanager
def new_folder(folder: Path, ending: str) -> Iterator[Path]:
    """A draft beside ``folder``, hidden and with this ending, that takes its place when everything went well."""
    draft = folder.with_name(f".{folder.name}.{ending}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(0o700, parents=True)
    try:
        yield draft
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
