"""``mingcha verify``: exit status 0 only if something was checked and all of it is sound."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.columns import labelled
from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_argument,
    path_option,
)
from desktop.cli.usage import WrongUsageError
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.upkeep.finding import Verification
from desktop.services.upkeep.verify_package import verify_package
from desktop.services.upkeep.verify_workspace import verify_workspace


def command() -> click.Command:
    params = [
        path_argument("subject", "WORKSPACE|PACKAGE", _("Folder of a workspace, or a package")),
        path_option("--workspace", _("Workspace whose keys open the package"), "WORKSPACE"),
        passphrase_option(),
        json_option(),
    ]
    return make_command("verify", run, _("Check that everything is what it was"), params)


def run(subject: Path, workspace: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    if subject.is_dir():
        with open_for(subject, passphrase_file, read_only=True) as opened:
            verification = verify_workspace(opened)
    elif workspace is None:
        raise WrongUsageError(
            _("A package can only be checked with the keys of the workspace it is for."),
            _("Name that workspace with --workspace."),
        )
    else:
        with open_for(workspace, passphrase_file, read_only=True) as opened:
            verification = verify_package(opened, subject)
    value = {**asdict(verification), "is_sound": verification.is_sound}
    answer(value, as_json, _text(verification))
    if not verification.is_sound:
        raise UserError(
            _("Not everything is sound; findings: {count}.").format(count=len(verification.findings)),
            _("Keep the workspace as it is and restore what is named from a backup.")
            if subject.is_dir()
            else "",
        )


def _text(verification: Verification) -> str:
    names = {
        "pages": _("database"),
        "entries": _("entries"),
        "manifests": _("packages"),
        "ends": _("entries named elsewhere"),
        "objects": _("files"),
        "draws": _("random draws"),
        "packages": _("packages"),
        "volumes": _("files of the package"),
        "pruned": _("files cleared after the office confirmed them"),
    }
    lines = [labelled(names[kind], count) for kind, count in verification.checked.items()]
    lines += [f"{finding.word}  {finding.where}  {finding.meaning}" for finding in verification.findings]
    if verification.is_sound:
        lines.append("OK")
    return "\n".join(lines)
