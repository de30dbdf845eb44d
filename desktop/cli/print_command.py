"""``mingcha print``: forms as PDF."""

from pathlib import Path

import click

from desktop.cli.columns import in_columns
from desktop.cli.options import (
    Argument,
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_option,
)
from desktop.cli.output import check_new
from desktop.cli.usage import WrongUsageError
from desktop.i18n import _, sentences
from desktop.services.printing.print_form import list_forms, print_form


def command() -> click.Command:
    params = [
        Argument(
            "WORKSPACE",
            _("Folder of the workspace"),
            name="workspace",
            required=False,
            type=click.Path(path_type=Path),
        ),
        Argument("FORM", _("Code of the form, see --list"), name="form", required=False),
        Argument("[ID...]", _("What to print; else everything there is"), name="ids", nargs=-1),
        path_option("--out", _("PDF to write"), "FILE.pdf"),
        click.Option(
            ["--blank"],
            is_flag=True,
            help=_("To be filled in by hand; ID may be the code of a checklist, or “any”"),
        ),
        click.Option(["--list", "is_list"], is_flag=True, help=_("The forms there are")),
        passphrase_option(),
        json_option(),
    ]
    return make_command("print", run, _("Print forms as PDF"), params)


def run(
    workspace: Path | None,
    form: str | None,
    ids: tuple[str, ...],
    out: Path | None,
    blank: bool,
    is_list: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if is_list:
        forms = [{"form": each.code, "title": each.title(), "of": each.record_kind} for each in list_forms()]
        answer({"forms": forms}, as_json, in_columns([list(each.values()) for each in forms]))
        return
    if workspace is None or form is None or out is None:
        raise WrongUsageError(
            _("A workspace, a form and a file to write are needed."),
            _("For example: {example}").format(example="mingcha print WORKSPACE F01 --out F01.pdf"),
        )
    check_new(out)
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        report = print_form(opened, form, ids, out, is_blank=blank)
    text = _("Pages written: {count}.").format(count=report.pages)
    if report.left_out:
        text = sentences(
            text, _("Visits with nothing for this form, left out: {count}.").format(count=report.left_out)
        )
    if report.missing_characters:
        missing = " ".join(sorted(report.missing_characters))
        text = sentences(text, _("No font has these characters: {characters}").format(characters=missing))
    value = {
        "file": str(out),
        "pages": report.pages,
        "left_out": report.left_out,
        "missing_characters": sorted(report.missing_characters),
        "fonts": list(report.fonts),
    }
    answer(value, as_json, text)
