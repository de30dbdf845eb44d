"""What travels through the pipe between the program and its worker: a JSON object and a run of bytes.

Never pickles: the worker reads hostile files, so what comes out of it is data and nothing else.
"""

import struct
from typing import IO

from desktop.domain import canonical
from desktop.domain.canonical import Json

MAX_HEAD_BYTES = 4 << 20
MAX_BODY_BYTES = 256 << 20
_LENGTHS = struct.Struct(">QQ")


class BrokenFrameError(Exception):
    """The other side has ended or does not keep to the form."""


def write_frame(target: IO[bytes], head: dict[str, Json], body: bytes) -> None:
    head_bytes = canonical.encode(head)
    target.write(_LENGTHS.pack(len(head_bytes), len(body)))
    target.write(head_bytes)
    target.write(body)
    target.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Json], bytes]:
    head_length, body_length = _LENGTHS.unpack(_exactly(source, _LENGTHS.size))
    if head_length > MAX_HEAD_BYTES or body_length > MAX_BODY_BYTES:
        raise BrokenFrameError("too long")
    head_bytes = _exactly(source, head_length)
    try:
        head = canonical.decode_object(head_bytes)
    except canonical.NotCanonicalError as error:
        raise BrokenFrameError("not canonical") from error
    return head, _exactly(source, body_length)


def _exactly(source: IO[bytes], length: int) -> bytes:
    data = source.read(length)
    if len(data) != length:
        raise BrokenFrameError("ended")
    return data
