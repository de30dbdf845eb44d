"""Hostile packages made out of a real one: opened as its receiver, changed, and sealed again."""

from dataclasses import dataclass, replace

from desktop.domain import canonical
from desktop.exchange import tarstream
from desktop.exchange.manifest import NAMESPACE
from desktop.exchange.manifest_reader import decode_manifest
from desktop.keys.identity import NodeIdentity
from desktop.keys.sealing import encrypt_bytes
from desktop.services.workspace.workspace import ESCROW_SETTING
from desktop.storage.settings_table import read_text_setting
from tests.services.forgery import opened


@dataclass(frozen=True)
class Opened:
    """The members of a package as (name, bytes), without the pad; ``signer`` signs a changed manifest."""

    members: tuple[tuple[str, bytes], ...]
    recipients: tuple[str, ...]
    signer: NodeIdentity

    @property
    def manifest(self):
        return decode_manifest(self.members[0][1])

    @property
    def body(self):
        """The manifest as a dict, to be spoiled."""
        return canonical.decode(self.members[0][1])

    def with_members(self, members):
        return replace(self, members=tuple(members))

    def with_manifest(self, data, namespace=NAMESPACE, signer=None):
        """The same objects under another manifest, properly signed."""
        signature = (signer or self.signer).sign(namespace, data)
        signed = (("manifest.json", data), ("manifest.sig", signature))
        return self.with_members((*signed, *self.members[2:]))

    def with_fields(self, **fields):
        return self.with_manifest(canonical.encode(self.body | fields))

    def sealed(self, tar=None, recipients=None):
        """The package, or another ``tar`` in its place, encrypted for whom it was, or for other ``recipients``."""
        return encrypt_bytes(tar or tar_of(self.members), list(recipients or self.recipients))


def open_package(file, receiver, sender):
    """Take a package apart with the key of its receiver."""
    escrow = read_text_setting(receiver.db, ESCROW_SETTING)
    members = tuple(_members(opened(file, receiver)))
    return Opened(members, (receiver.identity.recipient, escrow), sender.identity)


def tar_of(members, pad=None, end=tarstream.END):
    """A tar of (name, bytes); ``pad`` replaces the right one, b"" leaves it out."""
    blocks = [_member(name, data) for name, data in members]
    if pad is None:
        pad = _member("pad", bytes(tarstream.pad_size(sum(map(len, blocks)))))
    return b"".join([*blocks, pad, end])


def raw_header(name, kind=b"0", size=0, link=""):
    """A header that a tar program could write and ours would not."""
    block = bytearray(tarstream.header("pad", size))
    block[0:100] = name.encode().ljust(100, b"\0")
    block[156:157] = kind
    block[157:257] = link.encode().ljust(100, b"\0")
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _member(name, data):
    return tarstream.header(name, len(data)) + data + tarstream.filler(len(data))


def _members(tar):
    at = 0
    while (name := tar[at : at + 100].rstrip(b"\0").decode()) != "pad":
        size = int(tar[at + 124 : at + 135], 8)
        yield name, tar[at + 512 : at + 512 + size]
        at += tarstream.member_size(size)
