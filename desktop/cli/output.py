"""Files and folders that commands write; an existing file is never written over."""

import os
from pathlib import Path

import click

from desktop.errors import UserError
from desktop.i18n import _


def out_option(help_text: str = "") -> click.Option:
    return click.Option(
        ["--out"], type=click.Path(path_type=Path), required=True, help=help_text or _("File to write")
    )


def folder_option() -> click.Option:
    return click.Option(
        ["--out"],
        type=click.Path(path_type=Path),
        required=True,
        metavar="DIR",
        help=_("Folder to write into"),
    )


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
            _("{path} cannot be written: {reason}.").format(path=path.name, reason=error.strerror),
            _("Check the free space and whether the medium is still there."),
        ) from None
