"""Files and folders that commands write; an existing file is never written over."""

import os
from pathlib import Path

import click

from desktop.cli.options import (
    path_option,
)
from desktop.errors import UserError, system_reason
from desktop.i18n import _


def out_option(meaning: str = "") -> click.Option:
    return path_option("--out", meaning or _("File to write"), required=True)


def folder_option() -> click.Option:
    return path_option("--out", _("Folder to write into"), "DIR", required=True)


def check_new(path: Path) -> None:
    """Refuse a target that exists or whose folder does not."""
    if path.exists():
        raise UserError(_("{path} already exists.").format(path=path.name), _("Choose another name."))
    if not path.parent.is_dir():
        raise UserError(
            _("The folder of {path} does not exist.").format(path=path.name), _("Make the folder first.")
        )


def check_folder(path: Path) -> None:
    if not path.is_dir():
        raise UserError(
            _("The folder {path} does not exist.").format(path=path.name),
            _("Make it first, or check that the medium is still there."),
        )


def write_new_file(path: Path, data: bytes) -> None:
    """Write a small file that does not exist yet."""
    check_new(path)
    try:
        with path.open("xb") as target:
            target.write(data)
            target.flush()
            os.fsync(target.fileno())
    except OSError as error:
        raise UserError(
            _("{path} cannot be written: {reason}.").format(path=path.name, reason=system_reason(error)),
            _("Check the free space and whether the medium is still there."),
        ) from None
