"""Reading what strace noted: the calls that changed a folder, in the order in which they came to their end."""

import os
import re
from dataclasses import dataclass, field

_CALL = re.compile(r"\d+ +(\w+)\((.*)\) += (-?\d+)")
_ARGUMENT = re.compile(
    r'"(?P<text>(?:\\x[0-9a-f]{2})*)"'
    r"|(?:AT_FDCWD|\d+)<(?P<file>(?:\\x[0-9a-f]{2})*)>(?:\(deleted\))?"
    r"|(?P<word>-?\w[\w|]*)"
)
_ENDED = re.compile(r"\d+ +\+\+\+ ")
_BROKEN_OFF = " <unfinished ...>\n"
_NEVER_USED = frozenset(
    {
        "writev",
        "pwritev",
        "pwritev2",
        "fallocate",
        "copy_file_range",
        "sendfile",
        "splice",
        "symlink",
        "creat",
    }
)


@dataclass(frozen=True)
class Call:
    """``path`` and ``to`` are below the folder. ``name``: make, write, cut, sync, move, link, remove, folder, said.

    ``offset`` is where a write begins, None for the end of the file; of a cut, the size that is left.
    """

    name: str
    path: str = ""
    data: bytes = b""
    offset: int | None = 0
    to: str = ""


@dataclass
class _Noted:
    """One line: texts as bytes, the paths of descriptors, and all other words in their order."""

    name: str
    returned: int
    texts: list[bytes] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def paths(self):
        return [os.fsdecode(text) for text in self.texts]


class TraceReader:
    """Keeps where each open file is written next; every file has one writer at a time."""

    def __init__(self, folder, acknowledgements):
        self._folder = f"{folder}/"
        self._acknowledgements = str(acknowledgements)
        self._positions = {}

    def read(self, trace):
        """Yield every call that changed something below the folder, or made it last, and every acknowledgement."""
        with trace.open(encoding="ascii") as lines:
            for line in _whole(lines):
                found = _CALL.match(line)
                assert found or _ENDED.match(line), f"a line that is not understood: {line[:80]}"
                if found:
                    yield from self._calls(_noted(found))

    def _calls(self, noted):
        match noted.name:
            case "write" if noted.files[0] == self._acknowledgements:
                yield Call("said", data=noted.texts[0])
            case "write" | "pwrite64" | "ftruncate" | "lseek" | "fsync" | "fdatasync":
                if self._is_below(noted.files[0]):
                    yield from self._of_descriptor(noted, noted.files[0].removeprefix(self._folder))
            case name if name in _NEVER_USED:
                assert not any(map(self._is_below, [*noted.files, *noted.paths])), name
            case _:
                if any(map(self._is_below, noted.paths)):
                    yield from self._of_path(noted, [path.removeprefix(self._folder) for path in noted.paths])

    def _of_descriptor(self, noted, path):
        match noted.name:
            case "write":
                data, offset = noted.texts[0][: noted.returned], self._positions[path]
                yield Call("write", path, data, offset)
                self._positions[path] = None if offset is None else offset + len(data)
            case "pwrite64":
                yield Call("write", path, noted.texts[0][: noted.returned], int(noted.words[-1]))
            case "ftruncate":
                yield Call("cut", path, offset=int(noted.words[-1]))
            case "lseek":
                if self._positions[path] is not None:
                    self._positions[path] = noted.returned
            case "fsync" | "fdatasync":
                yield Call("sync", path)

    def _of_path(self, noted, paths):
        match noted.name:
            case "open" | "openat":
                flags = noted.words[0]
                if "O_CREAT" in flags:
                    yield Call("make", paths[0])
                if "O_TRUNC" in flags:
                    yield Call("cut", paths[0])
                self._positions[paths[0]] = None if "O_APPEND" in flags else 0
            case "truncate":
                yield Call("cut", paths[0], offset=int(noted.words[-1]))
            case "rename" | "renameat" | "renameat2":
                yield Call("move", paths[0], to=paths[1])
            case "link" | "linkat":
                yield Call("link", paths[0], to=paths[1])
            case "unlink" | "unlinkat" | "rmdir":
                yield Call("remove", paths[0])
            case "mkdir" | "mkdirat":
                yield Call("folder", paths[0])
            case unknown:
                raise AssertionError(unknown)

    def _is_below(self, path):
        return path.startswith(self._folder)


def _whole(lines):
    """Lines as they were before strace broke them off because another thread ended meanwhile."""
    broken_off = ""
    for line in lines:
        if line.endswith(_BROKEN_OFF):
            broken_off = line.removesuffix(_BROKEN_OFF)
        else:
            yield broken_off + line if line.startswith(")") else line


def _noted(found):
    noted = _Noted(found[1], int(found[3]))
    for argument in _ARGUMENT.finditer(found[2]):
        match argument.lastgroup:
            case "text":
                noted.texts.append(_plain(argument["text"]))
            case "file":
                noted.files.append(os.fsdecode(_plain(argument["file"])))
            case _:
                noted.words.append(argument["word"])
    return noted


def _plain(escaped):
    return bytes.fromhex(escaped.replace("\\x", ""))
