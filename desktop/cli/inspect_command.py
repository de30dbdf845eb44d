"""``mingcha inspect``: the head of a package, without keys or with those of a workspace."""

from dataclasses import asdict
from pathlib import Path

import click

from desktop.cli.options import (
    answer,
    json_option,
    make_command,
    open_for,
    passphrase_option,
    path_argument,
    path_option,
)
from desktop.i18n import _
from desktop.services.packages.inspect_package import PackageHead, inspect_package


def command() -> click.Command:
    params = [
        path_argument("package", "PACKAGE", _("Package, a file")),
        path_option("--workspace", _("Workspace whose keys open it"), "WORKSPACE"),
        passphrase_option(),
        json_option(),
    ]
    return make_command("inspect", run, _("Look at a package without merging it"), params)


def run(package: Path, workspace: Path | None, passphrase_file: Path | None, as_json: bool) -> None:
    if workspace is None:
        head = inspect_package(package)
    else:
        with open_for(workspace, passphrase_file, read_only=True) as opened:
            head = inspect_package(package, opened)
    value = {**asdict(head.facts), "package": head.manifest_sha256, "sender": head.sender_name}
    if head.manifest is not None:
        value |= {
            "sender_status": head.sender_status,
            "volume": head.volume,
            "missing": list(head.missing),
            "manifest": asdict(head.manifest),
        }
    answer(value, as_json, _text(head))


def _text(head: PackageHead) -> str:
    lines = [
        _("Suite {suite}, {size} bytes, recipients: {count}").format(
            suite=head.facts.suite, size=head.facts.size, count=head.facts.recipient_count
        )
    ]
    manifest = head.manifest
    if manifest is not None:
        lines += [
            _("From {sender} ({status}), number {seq}, written {created}").format(
                sender=head.sender_name or manifest.sender.node,
                status=_status(head.sender_status),
                seq=manifest.seq,
                created=manifest.created,
            ),
            _("Visits {visits}, evidence {evidence}, entries {entries}").format(
                visits=manifest.counts.get("visits", 0),
                evidence=manifest.counts.get("evidence", 0),
                entries=manifest.counts.get("entries", 0),
            ),
            _("Only the head was read; “mingcha verify” reads the whole package."),
        ]
        if manifest.volumes > 1:
            lines.insert(2, _volume_text(head, manifest.volumes))
    return "\n".join(lines)


def _volume_text(head: PackageHead, total: int) -> str:
    text = _("File {number} of {total}").format(number=head.volume, total=total)
    if not head.missing:
        return _("{file}; the others are here, too").format(file=text)
    return _("{file}; not here: {missing}").format(file=text, missing=_(", ").join(map(str, head.missing)))


def _status(status: str) -> str:
    names = {"own": _("this computer"), "enrolled": _("enrolled"), "revoked": _("revoked")}
    return names.get(status, _("not known here"))
