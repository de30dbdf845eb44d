"""The outside of a sealed file: the age header, read strictly before any library sees it.

Only X25519 recipients are known (suite A1). What a foreign header may cost is bounded here: a scrypt stanza
alone could ask for 8 GiB.
"""

import re
from dataclasses import dataclass
from typing import Literal

from desktop.errors import UserError
from desktop.i18n import _

MAX_HEADER_BYTES = 4096
MAX_STANZAS = 20

_VERSION_LINE = b"age-encryption.org/v1\n"
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)")
_MAC_LINE = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")
_END_OF_HEADER = re.compile(rb"\n---[^\n]*\n")
_BASE64_32_BYTES = re.compile(rb"[A-Za-z0-9+/]{43}")

Reason = Literal["header", "payload", "truncated"]


@dataclass(frozen=True)
class Envelope:
    """What the outside of a sealed file tells everybody."""

    suite: str
    recipient_count: int


class UnknownEnvelopeError(UserError):
    """Not suite A1: no age file, or one that is armored, of another version, or with other recipients."""

    def __init__(self) -> None:
        super().__init__(
            _("This file is not sealed in a way that this program knows."),
            _("Check that it is the right file. If a newer version wrote it, update the program."),
        )


class SealBrokenError(UserError):
    """The file is damaged. A cut inside a chunk cannot be told from damage and counts as ``payload``."""

    def __init__(self, reason: Reason) -> None:
        problems = {
            "header": _("The beginning of this file is damaged."),
            "payload": _("The contents of this file are damaged or were changed."),
            "truncated": _("This file is incomplete, its end is missing."),
        }
        advice = _("Copy it again from its source. If that does not help, it has to be written anew.")
        super().__init__(problems[reason], advice)
        self.reason: Reason = reason


def peek_envelope(first_bytes: bytes) -> Envelope:
    """Return what a sealed file says without any key; MAX_HEADER_BYTES of it are always enough.

    Nothing of it is authentic before the file has been opened.
    """
    return parse_header(first_bytes[:MAX_HEADER_BYTES])[0]


def parse_header(head: bytes) -> tuple[Envelope, int]:
    """Return the envelope and the length of its header.

    ``head`` is the first MAX_HEADER_BYTES of the file, or all of it where it is shorter.
    """
    if not head.startswith(_VERSION_LINE):
        raise SealBrokenError("truncated") if _VERSION_LINE.startswith(head) else UnknownEnvelopeError
    position, stanzas, recipients = len(_VERSION_LINE), 0, 0
    while (end := _MAC_LINE.match(head, position)) is None:
        stanza = _STANZA.match(head, position)
        if stanza is None:
            raise _header_fault(head, position)
        recipients += _check_stanza(stanza[1].split(b" "), stanza[2])
        stanzas += 1
        position = stanza.end()
    if not recipients or stanzas > MAX_STANZAS:
        raise UnknownEnvelopeError
    return Envelope("A1", recipients), end.end()


def _check_stanza(words: list[bytes], body: bytes) -> bool:
    """Return whether the stanza names a recipient; refuse the kinds that we never write.

    pyrage adds one stanza ``…-grease`` to every header, so that readers stay used to skipping unknown ones.
    """
    if words[0].endswith(b"-grease"):
        return False
    if words[0] != b"X25519":
        raise UnknownEnvelopeError
    if (
        len(words) != 2
        or not _BASE64_32_BYTES.fullmatch(words[1])
        or not _BASE64_32_BYTES.fullmatch(body[:-1])
    ):
        raise SealBrokenError("header")
    return True


def _header_fault(head: bytes, position: int) -> UserError:
    if _END_OF_HEADER.search(head, position - 1):
        return SealBrokenError("header")
    return UnknownEnvelopeError() if len(head) == MAX_HEADER_BYTES else SealBrokenError("truncated")
