"""The index of a film (``moov``), caught while the film goes by: no film is held in memory for its time.

Only the sizes and types of the outermost boxes are looked at, so this is safe outside the worker; what the index says
is read inside of it.
"""

INDEXED = frozenset({"video/mp4", "video/quicktime", "video/3gpp", "audio/mp4"})
"""Types that consist of such boxes."""

MOST_INDEX_BYTES = 16 << 20
"""Of an index that is longer the beginning is kept; that of an hour has some 3 MiB."""

_MOST_BOXES = 10_000
_HEAD, _LONG_HEAD = 8, 16


class FilmIndex:
    """Hand it every block of a file, in order; of what is no film it keeps nothing."""

    def __init__(self) -> None:
        self._index = bytearray()
        self._head = b""
        self._boxes = 0
        self._to_skip = 0
        self._to_keep = 0
        self._is_over = False

    @property
    def content(self) -> bytes:
        """What stands in the index, as far as it came by; empty where there was none."""
        return bytes(self._index)

    def see(self, block: bytes) -> None:
        position = 0
        while position < len(block) and not self._is_over:
            room = len(block) - position
            if self._to_skip:
                step = min(room, self._to_skip)
                self._to_skip -= step
            elif self._to_keep:
                step = min(room, self._to_keep)
                self._index += block[position : position + step]
                self._to_keep -= step
                self._is_over = not self._to_keep
            else:
                step = min(room, self._head_bytes() - len(self._head))
                self._head += block[position : position + step]
                if len(self._head) == self._head_bytes():
                    self._begin_box()
            position += step

    def _head_bytes(self) -> int:
        return _LONG_HEAD if self._head[:4] == b"\0\0\0\1" else _HEAD

    def _begin_box(self) -> None:
        head, self._head = self._head, b""
        self._boxes += 1
        size = int.from_bytes(head[8:16] or head[:4], "big")
        is_index = head[4:8] == b"moov"
        is_last = size == 0 and len(head) == _HEAD
        if not head[4:8].isalnum() or self._boxes > _MOST_BOXES or (size < len(head) and not is_last):
            self._is_over = True
        elif is_index:
            self._to_keep = MOST_INDEX_BYTES if is_last else min(size - len(head), MOST_INDEX_BYTES)
            self._is_over = not self._to_keep
        elif is_last:
            self._is_over = True
        else:
            self._to_skip = size - len(head)
