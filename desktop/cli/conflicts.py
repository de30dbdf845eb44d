"""``mingcha conflicts``: list them, resolve one."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.cli.usage import WrongUsageError
from desktop.domain.names import display_name
from desktop.i18n import _
from desktop.services.packages.conflict_view import ConflictView, Version, conflict_views
from desktop.services.packages.resolve_conflict import list_conflicts, resolve_conflict

MOST_SHOWN = 400
"""Characters of one field; what two inspectors wrote may differ only in its last sentence."""


def command() -> click.Command:
    params = [
        Argument(
            "[resolve",
            _("Resolve one conflict; without it the open ones are listed"),
            name="action",
            required=False,
            type=click.Choice(["resolve"]),
        ),
        Argument("ID]", _("Id of the conflict"), name="conflict", required=False),
        click.Option(
            ["--take"], multiple=True, metavar="CHOICE", help=_("left, right, FIELD=VALUE; delete or keep")
        ),
        click.Option(
            ["--reason"], default="", metavar="TEXT", help=_("Why; it stands beside both versions for ever")
        ),
    ]
    return workspace_command("conflicts", run, _("List conflicts, or resolve one"), params)


def run(
    workspace: Path,
    action: str | None,
    conflict: str | None,
    take: tuple[str, ...],
    reason: str,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    if action == "resolve" and not conflict:
        raise WrongUsageError(
            _("Which conflict?"), _("“mingcha conflicts WORKSPACE” lists the open ones with their ids.")
        )
    with open_for(workspace, passphrase_file, read_only=action is None) as opened:
        if conflict:
            resolve_conflict(opened, conflict, take, reason)
        found = list_conflicts(opened)
        views = conflict_views(opened)
    text = "\n\n".join(map(_text, views)) or _("No open conflicts.")
    answer({"conflicts": [asdict(each) for each in found]}, as_json, text)


def _text(conflict: ConflictView) -> str:
    """The visit, the item, and of both versions the fields that differ."""
    changed = [pair for pair in conflict.fields if pair.differs]
    left = [f"{pair.name} {display_name(pair.left, MOST_SHOWN)}" for pair in changed]
    right = [f"{pair.name} {display_name(pair.right, MOST_SHOWN)}" for pair in changed]
    if conflict.is_about_deletion:
        note = [_("One version deletes the record, another changes it.")]
    else:
        note = [_side(_("left"), conflict.left, left), _side(_("right"), conflict.right, right)]
    if conflict.more:
        note.append(_("More versions: {count}; --json shows them.").format(count=conflict.more))
    note.append(_("Id: {id}").format(id=conflict.id))
    head = " ".join(word for word in (display_name(conflict.what), conflict.part, conflict.title) if word)
    return "\n  ".join([head, *note])


def _side(side: str, version: Version, fields: list[str]) -> str:
    return _("{side} ({node}, {time}): {fields}").format(
        side=side, node=display_name(version.node), time=version.at, fields=_("; ").join(fields)
    )
