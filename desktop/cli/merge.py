"""``mingcha merge``: read packages, in any order, any number of times."""

from pathlib import Path

import click

from desktop.cli.columns import labelled
from desktop.cli.options import Argument, answer, open_for, workspace_command
from desktop.errors import UserError
from desktop.i18n import _, sentences
from desktop.services.packages.apply_package import ChangeKind
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.packages.merged_file import MergedFile, MergeReport, Outcome


def command() -> click.Command:
    params = [
        Argument(
            "PACKAGE...",
            _("Packages, in any order"),
            name="packages",
            nargs=-1,
            required=True,
            type=click.Path(path_type=Path),
        ),
        click.Option(["--dry-run"], is_flag=True, help=_("Only show what would change")),
    ]
    return workspace_command("merge", run, _("Merge packages"), params)


def run(
    workspace: Path, packages: tuple[Path, ...], dry_run: bool, passphrase_file: Path | None, as_json: bool
) -> None:
    with open_for(workspace, passphrase_file) as opened:
        report = merge_packages(opened, packages, is_dry_run=dry_run)
    answer({"files": [_value(each) for each in report.files]}, as_json, _text(report))
    if not report.is_complete:
        raise UserError("\n".join(_complaint(each, dry_run) for each in report.files if each.problem))


def _complaint(merged: MergedFile, is_dry_run: bool) -> str:
    told = [labelled(merged.file.name, merged.problem), merged.advice]
    if merged.outcome is Outcome.QUARANTINED and merged.file.is_file() and not is_dry_run:
        told.append(_("It is kept in the quarantine; nothing was changed by it."))
    return sentences(*told)


def _value(merged: MergedFile) -> dict[str, object]:
    return {
        "file": merged.file.name,
        "outcome": merged.outcome.value,
        "import": merged.manifest_sha256,
        "kind": merged.kind,
        "sender": merged.sender,
        "seq": merged.seq,
        "new_entries": merged.new_entries,
        "known_entries": merged.known_entries,
        "new_objects": merged.new_objects,
        "gaps": list(merged.gaps),
        "is_forked": merged.is_forked,
        "visits": [
            {"visit": v.visit_id, "change": v.change.value, "parts": list(v.parts)} for v in merged.visits
        ],
        "reason": merged.reason,
        "problem": merged.problem,
        "advice": merged.advice,
        "volumes": merged.volumes,
        "missing": list(merged.missing),
    }


def _text(report: MergeReport) -> str:
    outcomes = {
        Outcome.APPLIED: _("merged"),
        Outcome.WOULD_APPLY: _("would be merged"),
        Outcome.KNOWN: _("known already, nothing to do"),
        Outcome.WAITING: _("waits for its other files"),
        Outcome.QUARANTINED: _("refused"),
        Outcome.FAILED: _("could not be read"),
    }
    lines = []
    for merged in report.files:
        words = [outcomes[merged.outcome]]
        if merged.outcome in (Outcome.APPLIED, Outcome.WOULD_APPLY):
            words.append(
                _("new entries {new}, files {objects}").format(
                    new=merged.new_entries, objects=merged.new_objects
                )
            )
            words += _changes(merged)
        if merged.missing:
            numbers = _(", ").join(map(str, merged.missing))
            words.append(_("missing are {numbers} of {total}").format(numbers=numbers, total=merged.volumes))
        if merged.gaps:
            numbers = _(", ").join(map(str, merged.gaps))
            words.append(_("packages {numbers} of this sender have not come yet").format(numbers=numbers))
        if merged.is_forked:
            words.append(_("warning: this computer was copied or restored, both versions are kept"))
        lines.append(labelled(merged.file.name, _("; ").join(words)))
    return "\n".join(lines)


def _changes(merged: MergedFile) -> list[str]:
    names = {
        ChangeKind.NEW: _("visits new: {count}"),
        ChangeKind.NEWER: _("visits newer: {count}"),
        ChangeKind.IDENTICAL: _("visits unchanged: {count}"),
        ChangeKind.CONFLICT: _("visits in conflict: {count}"),
        ChangeKind.HELD: _("visits held for the office: {count}"),
    }
    counts = {kind: sum(1 for v in merged.visits if v.change is kind) for kind in names}
    return [names[kind].format(count=count) for kind, count in counts.items() if count]
