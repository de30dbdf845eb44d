"""Packages that no honest program would write: those of a real node with the manifest or the contents changed."""

import io
from dataclasses import replace

from desktop.exchange.manifest import NAMESPACE, Role, key_fingerprint, recipient_hashes
from desktop.exchange.write_package import PackagePlan, describe_object, write_package
from desktop.keys.card import read_card
from desktop.keys.sealing import decrypt_stream
from desktop.services.packages.export_package import _manifest
from desktop.services.packages.package_contents import Contents, results_for_office
from desktop.services.workspace.workspace import STREAM_SETTING
from desktop.storage.nodes import find_node
from desktop.storage.packages import take_package_seq
from desktop.storage.settings_table import read_text_setting


def forge(world, sender, changes=None, *, contents=None, seq=None, identity=None, extra=(), dest=None):
    """Write a package of ``sender`` with a manifest changed by ``changes``.

    ``identity`` signs instead of the node; ``extra`` are more objects as (role, mime, bytes).
    """
    identity = identity or sender.identity
    dest = dest or sender.office
    contents = contents or results_for_office(sender, with_all_objects=True)
    stream = read_text_setting(sender.db, STREAM_SETTING)
    if seq is None:
        with sender.db.atomic():
            seq = take_package_seq(sender.db, stream, dest)
    card = read_card(find_node(sender.db, dest).card)
    recipients = (card.receive, card.escrow)
    manifest = _manifest(sender, dest, stream, seq, contents, recipients)
    described = {describe_object([data], role, mime).hash: (role, mime, data) for role, mime, data in extra}
    first, index, *rest = manifest.objects
    more = [describe_object([data], role, mime) for role, mime, data in described.values()]
    ordered = (first, index, *(m for m in more if m.role is not Role.EVIDENCE), *rest)
    manifest = replace(
        manifest,
        sender=replace(manifest.sender, fingerprint=key_fingerprint(identity.public_key)),
        objects=ordered,
        recipients=recipient_hashes(recipients),
    )
    manifest = replace(manifest, **(changes or {}))
    roles = {info.hash: info.role for info in manifest.objects}

    def read(digest):
        if digest in described:
            return iter([described[digest][2]])
        return contents.read(roles[digest], digest)

    written = write_package(
        world.stick,
        PackagePlan(manifest, recipients),
        lambda data: identity.sign(NAMESPACE, data),
        read,
        lambda _done, _total: None,
    )
    return written.paths[0]


def contents_of(workspace, kind, chosen):
    return Contents(workspace, kind, chosen, (), (), ())


def opened(file, workspace):
    """The tar inside a package, as its receiver decrypts it."""
    target = io.BytesIO()
    with file.open("rb") as source:
        decrypt_stream(source, target, [workspace.identity.receive])
    return target.getvalue()
