"""Signed entries to put into packages."""

import hashlib

from desktop.domain import canonical
from desktop.domain.entry import Entry, Kind, Part, SignedEntry, decode_entry, encode_entry, part_hash
from desktop.exchange.entry_index import encode_index
from desktop.exchange.manifest import Role
from desktop.exchange.records import encode_entries, index_row
from tests.exchange.packages import FIELD_STREAM, make_manifest

RECORD = "01900000-0000-7000-8000-000000000001"


def part_of(value, number=0):
    return Part(hashlib.sha256(bytes([number])).digest()[:16], canonical.encode(value))


def signed_entry(seq=1, prev=None, stream=FIELD_STREAM, parts=None, withheld=(), **changes):
    """Return an entry with the given {name: value} parts; those in ``withheld`` come without content."""
    whole = {name: part_of(value, n) for n, (name, value) in enumerate((parts or {}).items())}
    entry = Entry(
        stream=stream,
        seq=seq,
        prev=prev,
        kind=Kind.WRITE,
        record_id=RECORD,
        record_type="visit",
        ctx={},
        by="01900000-0000-7000-8000-0000000000aa",
        role="inspector",
        hlc=(1_790_000_000_000 + seq, 0),
        parts={name: part_hash(part.salt, part.data) for name, part in whole.items()},
        **changes,
    )
    data = encode_entry(entry)
    sent = {name: Part(b"", None) if name in withheld else part for name, part in whole.items()}
    return SignedEntry(data, decode_entry(data), sent)


def chain(length, stream=FIELD_STREAM):
    """Return entries of which each follows the one before."""
    entries, prev = [], None
    for seq in range(1, length + 1):
        signed = signed_entry(
            seq, prev, stream, {"header": {"n": seq}, "answer/a1": {"met": True, "note": "已整改"}}
        )
        entries.append(signed)
        prev = signed.entry.hash
    return entries


def entry_objects(entries, index=None):
    """Return the two objects that carry these entries, as a test writes them into a package."""
    rows = [index_row(signed.entry) for signed in (entries if index is None else index)]
    return (
        (Role.ENTRIES, "application/jsonl", b"".join(encode_entries(entries))),
        (Role.INDEX, "application/octet-stream", b"".join(encode_index(rows))),
    )


def manifest_of(entries, **changes):
    return make_manifest(entry_objects(entries), **changes)
