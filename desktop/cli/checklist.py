"""``mingcha checklist``: checklists in and out as files, new versions, in use or not."""

from pathlib import Path

import click

from desktop.cli.options import (
    Argument,
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_option,
    workspace_argument,
)
from desktop.cli.output import check_new
from desktop.cli.usage import WrongUsageError
from desktop.i18n import _
from desktop.services.checklists.save_checklist import (
    read_checklist_file,
    save_checklist,
    use_checklist,
    write_checklist_file,
)
from desktop.services.records.references import find_by_name
from desktop.services.workspace.workspace import Workspace

_ACTIONS = ("import", "export", "use", "retire")


def command() -> click.Command:
    params = [
        Argument(
            "|".join(_ACTIONS),
            _("Read a checklist in, write one, offer it to new missions, or no longer"),
            name="action",
            type=click.Choice(_ACTIONS),
        ),
        workspace_argument(),
        Argument("CHECKLIST", _("The file to be read; else the code of a checklist"), name="what"),
        click.Option(["--replaces"], default="", metavar="CODE", help=_("The version it takes the place of")),
        path_option("--out", _("File to write")),
        passphrase_option(),
        json_option(),
    ]
    return make_command("checklist", run, _("Checklists as files, and their versions"), params)


def run(
    action: str,
    workspace: Path,
    what: str,
    replaces: str,
    out: Path | None,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if (action == "export") != (out is not None) or (replaces and action != "import"):
        raise WrongUsageError(
            _("“export” needs --out, and only “import” takes --replaces."),
            _("See “mingcha {command} --help”.").format(command="checklist"),
        )
    match action:
        case "import":
            checklist = read_checklist_file(Path(what))
            with open_for(workspace, passphrase_file) as opened:
                before = _id(opened, replaces) if replaces else ""
                saved = save_checklist(opened, checklist.value, before)
            text = _("Checklist {code} is stored; items: {count}.").format(
                code=checklist.code, count=len(checklist.items)
            )
            answer({"checklist": saved, "code": checklist.code}, as_json, text)
        case "export" if out is not None:
            check_new(out)
            with open_for(workspace, passphrase_file, read_only=True) as opened:
                write_checklist_file(opened, _id(opened, what), out)
            answer({"file": str(out)}, as_json, _("Written: {file}").format(file=out))
        case _other:
            with open_for(workspace, passphrase_file) as opened:
                used = use_checklist(opened, what, is_in_use=action == "use")
            sentence = _("Offered to new missions.") if action == "use" else _("No longer offered.")
            answer({"checklist": used, "is_in_use": action == "use"}, as_json, sentence)


def _id(workspace: Workspace, name: str) -> str:
    return str(find_by_name(workspace.db, "checklist", name)["id"])
