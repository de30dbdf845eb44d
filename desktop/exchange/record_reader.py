"""Reading the objects of a package while they arrive: bytes are pushed in, records come out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, NoReturn, Protocol, TypeVar

from desktop.domain import canonical
from desktop.domain.canonical import NotCanonicalError
from desktop.exchange.refusal import PackageRefusedError, Refusal
from desktop.exchange.strict_members import Members

MAX_LINE_BYTES = 16 << 20

_BLOCK_BYTES = 1 << 16

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class RecordReader(Protocol[T_co]):
    """Turns the bytes of an object, pushed in pieces of any size, into records.

    Both methods raise PackageRefusedError with Refusal.BAD_CONTENT. What ``feed`` returned counts only once ``close``
    has said that the object is whole.
    """

    def feed(self, data: bytes) -> Sequence[T_co]: ...

    def close(self) -> None: ...


class RecordSink(Generic[T]):
    """The sink of one object that hands its records to ``take`` as they arrive, and ``discard`` on to its caller."""

    def __init__(
        self, reader: RecordReader[T], take: Callable[[T], None], discard: Callable[[], None]
    ) -> None:
        self._reader = reader
        self._take = take
        self.discard = discard

    def write(self, data: bytes) -> None:
        for record in self._reader.feed(data):
            self._take(record)

    def finish(self) -> None:
        self._reader.close()


def read_records(reader: RecordReader[T], blocks: Iterable[bytes]) -> Iterator[T]:
    """Yield the records of an object that lies there whole; the last one only counts when the iterator has ended."""
    for block in blocks:
        yield from reader.feed(block)
    reader.close()


class LineReader(Generic[T]):
    """Reads JSON lines: a first line that names the object, then one canonical JSON object a line.

    Holds one line of at most 16 MiB.
    """

    def __init__(self, name: str, decode_line: Callable[[Members], T]) -> None:
        self._name = name
        self._decode_line = decode_line
        self._pieces: list[bytes] = []
        self._held_bytes = 0
        self._line_count = 0

    def feed(self, data: bytes) -> list[T]:
        *ends, rest = data.split(b"\n")
        records = []
        for end in ends:
            self._hold(end)
            line = b"".join(self._pieces)
            self._pieces, self._held_bytes = [], 0
            records += self._read(line)
        self._hold(rest)
        return records

    def close(self) -> None:
        if self._held_bytes or not self._line_count:
            self._refuse("the last line is not whole")

    def _hold(self, piece: bytes) -> None:
        self._held_bytes += len(piece)
        if self._held_bytes > MAX_LINE_BYTES:
            self._refuse("the line is too long")
        self._pieces.append(piece)

    def _read(self, line: bytes) -> list[T]:
        self._line_count += 1
        if self._line_count == 1:
            if line != title(self._name):
                self._refuse("is not what it should be")
            return []
        try:
            return [self._decode_line(Members(canonical.decode(line), "the line"))]
        except NotCanonicalError as error:
            self._refuse(str(error))

    def _refuse(self, problem: str) -> NoReturn:
        raise PackageRefusedError(Refusal.BAD_CONTENT, f"{self._name}, line {self._line_count}: {problem}")


def title(name: str) -> bytes:
    """Return the first line of an object of JSON lines, which also keeps an object from being empty."""
    return canonical.encode({"object": name, "v": 1})


def write_lines(name: str, lines: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """Yield an object of JSON lines in blocks of about 64 KiB."""
    return in_blocks(line + b"\n" for line in _encoded(name, lines))


def in_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Join small pieces to blocks of at least 64 KiB; only the last may be smaller."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= _BLOCK_BYTES:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


def _encoded(name: str, lines: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    yield title(name)
    for line in lines:
        data = canonical.encode(line)
        if len(data) > MAX_LINE_BYTES:
            raise ValueError("a line would be longer than readers accept")
        yield data
