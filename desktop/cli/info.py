"""``mingcha info``: what is in a workspace."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.columns import labelled
from desktop.cli.options import answer, open_for, workspace_command
from desktop.domain.names import display_name
from desktop.i18n import _
from desktop.services.workspace.describe_workspace import WorkspaceInfo, describe_workspace


def command() -> click.Command:
    return workspace_command("info", run, _("What is in a workspace"))


def run(workspace: Path, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file, read_only=True) as opened:
        info = describe_workspace(opened)
    answer(asdict(info), as_json, _text(info))


def _text(info: WorkspaceInfo) -> str:
    kinds = {"office": _("office"), "field": _("field node")}
    counts = {
        _("units"): info.records["unit"],
        _("people"): info.records["person"],
        _("targets"): info.records["target"],
        _("sites"): info.records["site"],
        _("missions"): info.records["mission"],
        _("visits"): info.records["visit"],
        _("evidence"): info.records["evidence"],
        _("open conflicts"): info.conflicts,
        _("entries held for the office"): info.held,
        _("entries not arrived yet"): info.missing,
        _("objects not arrived yet"): info.objects_wanted,
        _("packages received"): info.packages_in,
        _("packages written"): info.packages_out,
        _("packages in quarantine"): info.waiting,
    }
    lines = [
        _("{name} ({kind})").format(name=display_name(info.name), kind=kinds[info.kind]),
        _("Fingerprint: {fingerprint}").format(fingerprint=info.fingerprint),
        *(labelled(name, count) for name, count in counts.items()),
        _("Digest: {digest}").format(digest=info.digest),
    ]
    return "\n".join(lines)
