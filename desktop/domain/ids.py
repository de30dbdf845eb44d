"""Record ids: UUIDv7 (RFC 9562), time-ordered text, so that indexes grow at one end.

Never read time or order out of an id: clocks go wrong, and only sequence numbers order entries.
"""

import re
import secrets
import uuid
from collections.abc import Callable

RECORD_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


class IdMaker:
    """Makes UUIDv7 ids that only ever grow, also when the clock goes back.

    The millisecond and a 12-bit counter are one number that is never allowed to fall or repeat.
    """

    def __init__(
        self, clock_ms: Callable[[], int], random_bits: Callable[[int], int] = secrets.randbits
    ) -> None:
        self._clock_ms = clock_ms
        self._random_bits = random_bits
        self._last = 0

    def __call__(self) -> str:
        self._last = max(self._clock_ms() << 12, self._last + 1)
        milliseconds, counter = self._last >> 12, self._last & 0xFFF
        value = milliseconds << 80 | 0x7 << 76 | counter << 64 | 0b10 << 62 | self._random_bits(62)
        return str(uuid.UUID(int=value))
