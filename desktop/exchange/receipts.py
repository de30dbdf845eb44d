"""The receipts object: what became of packages that came here, one a line."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.entry import HASH, STREAM_ID
from desktop.exchange.record_reader import LineReader, write_lines
from desktop.exchange.strict_members import Members


class ReceiptState(StrEnum):
    RECEIVED = "received"
    APPLIED = "applied"
    SET_ASIDE = "set_aside"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class Receipt:
    """The answer to package ``seq`` of ``stream``, whose manifest has the hash ``manifest``.

    ``wanted``: hashes of objects that are still missing here. ``held``: hashes of entries that came and do not
    count until somebody accepts them.
    """

    stream: str
    seq: int
    manifest: str
    state: ReceiptState
    wanted: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


_STATE = re.compile("|".join(ReceiptState))


def encode_receipts(receipts: Iterable[Receipt]) -> Iterator[bytes]:
    """Yield the receipts object in blocks."""
    return write_lines("receipts", map(_encode_line, receipts))


def receipt_reader() -> LineReader[Receipt]:
    return LineReader("receipts", _decode_line)


def _encode_line(receipt: Receipt) -> dict[str, object]:
    return {
        "held": sorted(receipt.held),
        "manifest": receipt.manifest,
        "seq": receipt.seq,
        "state": receipt.state.value,
        "stream": receipt.stream,
        "wanted": sorted(receipt.wanted),
    }


def _decode_line(line: Members) -> Receipt:
    return Receipt(
        stream=line.text("stream", STREAM_ID),
        seq=line.integer("seq", 1),
        manifest=line.text("manifest", HASH),
        state=ReceiptState(line.text("state", _STATE)),
        wanted=line.texts("wanted", HASH),
        held=line.texts("held", HASH),
    )
