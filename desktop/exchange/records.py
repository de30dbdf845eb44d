"""The entries object: the signed entries a package carries, one a line, with their parts (docs/FORMAT-package.md).

A line is {"e": entry bytes, "p": {part name: [salt, part bytes]}} with bytes as base64. A part that is withheld is
null: without its salt nobody can try out what it may have said.
"""

from collections.abc import Iterable, Iterator

from desktop.domain import canonical
from desktop.domain.entry import SALT_BYTES, Entry, Part, SignedEntry, decode_entry
from desktop.exchange.base64_text import encode_base64
from desktop.exchange.entry_index import IndexDigest, IndexRow
from desktop.exchange.manifest import Manifest, PackageKind
from desktop.exchange.record_reader import LineReader, write_lines
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.strict_members import Members

_WITHHELD = Part(b"", None)


def encode_entries(entries: Iterable[SignedEntry]) -> Iterator[bytes]:
    """Yield the entries object in blocks; the entries have to come in the order of their index rows.

    A part without data, or missing in ``SignedEntry.parts``, is sent as withheld.
    """
    return write_lines("entries", map(_encode_line, _in_order(entries)))


def index_row(entry: Entry) -> IndexRow:
    return IndexRow(entry.stream, entry.seq, entry.hash)


class EntryReader:
    """Reads the entries of the package that ``manifest`` belongs to, pushed in; see RecordReader.

    Each entry's parts fit the hashes in it; all entries together are those of the signed index; and in a 成果包,
    which carries the whole stream of its sender, each entry follows the one that it names.
    """

    def __init__(self, manifest: Manifest) -> None:
        self._lines = LineReader("entries", decode_line)
        self._index = IndexDigest()
        self._expected_index = manifest.index.hash
        self._links = Links(manifest.sender.stream) if manifest.kind is PackageKind.RESULT else None

    def feed(self, data: bytes) -> list[SignedEntry]:
        entries = self._lines.feed(data)
        for signed in entries:
            self._check(signed.entry)
        return entries

    def close(self) -> None:
        self._lines.close()
        if self._index.hash != self._expected_index:
            raise PackageRefusedError(Refusal.BAD_CONTENT, "the entries are not those of the index")

    def _check(self, entry: Entry) -> None:
        if not self._index.add(index_row(entry)):
            raise PackageRefusedError(
                Refusal.BAD_CONTENT, f"entry {entry.hash}: not in the order of the index"
            )
        if self._links is not None and not self._links.accept(entry):
            raise PackageRefusedError(
                Refusal.BAD_CONTENT, f"entry {entry.hash}: does not follow the one before"
            )


class Links:
    """Checks ``prev`` along one stream whose entries come by number; both branches of a fork are followed.

    Where a number is missing, nothing can be said until it comes.
    """

    def __init__(self, stream: str) -> None:
        self._stream = stream
        self._seq = 0
        self._hashes: set[str] = set()
        self._hashes_before: set[str] = set()

    def accept(self, entry: Entry) -> bool:
        if entry.stream != self._stream:
            return True
        if entry.seq != self._seq:
            self._hashes_before = self._hashes if entry.seq == self._seq + 1 else set()
            self._seq, self._hashes = entry.seq, set()
        self._hashes.add(entry.hash)
        if entry.seq == 1:
            return entry.prev is None
        return entry.prev is not None and (not self._hashes_before or entry.prev in self._hashes_before)


def _in_order(entries: Iterable[SignedEntry]) -> Iterator[SignedEntry]:
    index = IndexDigest()
    for signed in entries:
        if not index.add(index_row(signed.entry)):
            raise ValueError("entries are not in ascending order")
        yield signed


def _encode_line(signed: SignedEntry) -> dict[str, object]:
    parts = {name: _encode_part(signed.parts.get(name, _WITHHELD)) for name in signed.entry.parts}
    return {"e": encode_base64(signed.data), "p": parts}


def _encode_part(part: Part) -> list[str] | None:
    return None if part.data is None else [encode_base64(part.salt), encode_base64(part.data)]


def decode_line(line: Members) -> SignedEntry:
    """Read one line; a part that is not named in the entry, or not what it was, is refused."""
    line.only("e", "p")
    data = line.base64("e")
    entry = decode_entry(data)
    given = line.object("p")
    given.only(*entry.parts)
    return SignedEntry(
        data, entry, {name: _decode_part(given, name, entry.parts[name]) for name in entry.parts}
    )


def _decode_part(given: Members, name: str, expected_hash: str) -> Part:
    if given.is_null(name):
        return _WITHHELD
    salt, data = given.base64_pair(name)
    part = Part(salt, data)
    if len(salt) != SALT_BYTES or part.hash != expected_hash:
        given.refuse(name, "is not the part that was signed")
    canonical.decode_object(data)
    return part
