"""``mingcha prune``: clear originals from a field node that the office has confirmed and backed up."""

from collections import Counter
from pathlib import Path

import click

from desktop.cli.columns import labelled
from desktop.cli.options import answer, open_for, workspace_command
from desktop.i18n import _
from desktop.services.packages.prune_evidence import (
    Original,
    Pruning,
    keep_text,
    plan_pruning,
    prune_evidence,
)


def command() -> click.Command:
    dry_run = click.Option(["--dry-run"], is_flag=True, help=_("Only show what may go and what has to stay"))
    return workspace_command(
        "prune", run, _("Clear originals that the office has confirmed and backed up"), [dry_run]
    )


def run(workspace: Path, dry_run: bool, passphrase_file: Path | None, as_json: bool) -> None:
    with open_for(workspace, passphrase_file) as opened:
        pruning = plan_pruning(opened) if dry_run else prune_evidence(opened)
    value = {
        "is_dry_run": dry_run,
        "size": pruning.size,
        "gone": [_value(original) for original in pruning.may_go],
        "kept": [_value(original) for original in pruning.kept],
    }
    answer(value, as_json, _text(pruning, dry_run))


def _value(original: Original) -> dict[str, object]:
    return {
        "sha256": original.sha256,
        "size": original.size,
        "name": original.name,
        "evidence": list(original.evidence_ids),
        "keep": original.keep.value if original.keep else None,
    }


def _text(pruning: Pruning, is_dry_run: bool) -> str:
    told = (
        _("May go: {count} originals, {size} MB")
        if is_dry_run
        else _("Cleared: {count} originals, {size} MB")
    )
    lines = [told.format(count=len(pruning.may_go), size=f"{pruning.size / (1 << 20):.1f}")]
    reasons = Counter(original.keep for original in pruning.kept if original.keep)
    lines += [labelled(_("Stay, {reason}").format(reason=keep_text(keep)), n) for keep, n in reasons.items()]
    return "\n".join(lines)
