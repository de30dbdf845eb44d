"""``mingcha backup`` and ``mingcha restore``."""

import os
from pathlib import Path

import click

from desktop.cli.options import (
    PASSPHRASE_VARIABLE,
    PERSON_VARIABLE,
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_argument,
    path_option,
    read_file,
    read_passphrase,
    workspace_command,
)
from desktop.cli.output import check_folder
from desktop.i18n import _
from desktop.keys.recovery import read_recovery_text
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.restore_workspace import restore_workspace
from desktop.services.workspace.describe_workspace import describe_workspace


def backup_command() -> click.Command:
    folder = path_argument("folder", "DIR", _("Folder in which the folder of the backup is made"))
    return workspace_command("backup", back_up, _("Back a workspace up, with its evidence"), [folder])


def restore_command() -> click.Command:
    params = [
        path_argument("backup", "BACKUP", _("Folder of the backup")),
        path_argument("workspace", "WORKSPACE", _("New folder for the workspace")),
        path_option("--recovery-file", _("File with the recovery key; the pass phrase is then a new one")),
        passphrase_option(),
        json_option(),
    ]
    return make_command("restore", restore, _("Restore a backup into a new workspace"), params)


def back_up(workspace: Path, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    check_folder(folder)
    with open_for(workspace, passphrase_file) as opened:
        written = back_up_workspace(opened, folder)
    text = _("Backup in {folder}: {files} files, {size} bytes.").format(
        folder=written.folder.name, files=written.files, size=written.size
    )
    answer({"folder": str(written.folder), "files": written.files, "size": written.size}, as_json, text)


def restore(
    backup: Path, workspace: Path, recovery_file: Path | None, passphrase_file: Path | None, as_json: bool
) -> None:
    recovery_key = None
    if recovery_file is not None:
        recovery_key = read_recovery_text(read_file(recovery_file).decode("utf-8", "replace"))
    passphrase = read_passphrase(passphrase_file, PASSPHRASE_VARIABLE, is_new=recovery_key is not None)
    restored = restore_workspace(
        backup, workspace, passphrase, login=os.environ.get(PERSON_VARIABLE), recovery_key=recovery_key
    )
    with restored as opened:
        info = describe_workspace(opened)
    text = _("“{name}” is restored from the backup. Do not use the old workspace any more.").format(
        name=info.name
    )
    answer({"node": info.node, "name": info.name, "digest": info.digest}, as_json, text)
