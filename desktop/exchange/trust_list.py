"""The trust object: signed lists of nodes and keys as offices issued them, one a line, relayed by everybody.

What a list says and who may sign it is read elsewhere; here it is only carried.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.exchange.base64_text import encode_base64
from desktop.exchange.record_reader import LineReader, write_lines
from desktop.exchange.strict_members import Members


@dataclass(frozen=True)
class SignedTrustList:
    """The bytes of a list and their signature; nothing of it was checked."""

    data: bytes
    signature: bytes


def encode_trust_lists(lists: Iterable[SignedTrustList]) -> Iterator[bytes]:
    """Yield the trust object in blocks."""
    return write_lines("trust", map(_encode_line, lists))


def trust_list_reader() -> LineReader[SignedTrustList]:
    return LineReader("trust", _decode_line)


def _encode_line(signed: SignedTrustList) -> dict[str, object]:
    return {"list": encode_base64(signed.data), "sig": encode_base64(signed.signature)}


def _decode_line(line: Members) -> SignedTrustList:
    line.only("list", "sig")
    return SignedTrustList(line.base64("list"), line.base64("sig"))
