"""A disk as it may be after a power cut: what was synced is there, of the rest nothing, something or everything.

Files keep what was written since their last fsync apart, folders what was named in them since theirs. The disk makes
no promise that was not asked for: a synced file in a folder that was not synced has no name.
"""

from dataclasses import dataclass, field

_SECTOR = 512
MODES = ("nothing", "everything", "beginning", "anything")
"""What of the unsynced is there after the cut. A write may also be there in part, in whole sectors."""


@dataclass
class File:
    """``pending``: writes (offset, data) and cuts (size, None) since the last sync."""

    durable: bytearray = field(default_factory=bytearray)
    pending: list = field(default_factory=list)

    @property
    def size(self):
        return len(self.content(self.pending))

    def content(self, changes):
        content = bytearray(self.durable)
        for offset, data in changes:
            _apply(content, offset, data)
        return content

    def sync(self):
        self.durable, self.pending = self.content(self.pending), []


@dataclass
class Folder:
    """``live``: what the running system sees; ``pending``: groups of (name, file or None) since the last sync."""

    durable: dict = field(default_factory=dict)
    live: dict = field(default_factory=dict)
    pending: list = field(default_factory=list)

    def name(self, *names):
        """Give and take names in one step."""
        self.pending.append(names)
        _name(self.live, names)

    def sync(self):
        self.durable, self.pending = dict(self.live), []


class Disk:
    """Begins with the files that lie in a folder, all durable, and follows the calls one by one."""

    def __init__(self, folder):
        self._root = _loaded(folder)

    def follow(self, call):
        getattr(self, f"_{call.name}")(call)

    def survive(self, folder, random):
        """Write what may be left of it to a new folder."""
        _survive(self._root, folder, random, random.choice(MODES))

    def _make(self, call):
        parent, name = self._place(call.path)
        if name not in parent.live:
            parent.name((name, File()))

    def _folder(self, call):
        parent, name = self._place(call.path)
        parent.name((name, Folder()))

    def _write(self, call):
        file = self._at(call.path)
        file.pending.append((file.size if call.offset is None else call.offset, call.data))

    def _cut(self, call):
        self._at(call.path).pending.append((call.offset, None))

    def _sync(self, call):
        self._at(call.path).sync()

    def _move(self, call):
        (parent, name), (new_parent, new_name) = self._place(call.path), self._place(call.to)
        moved = parent.live[name]
        if parent is new_parent:
            parent.name((name, None), (new_name, moved))
        else:
            new_parent.name((new_name, moved))
            parent.name((name, None))

    def _link(self, call):
        parent, name = self._place(call.to)
        parent.name((name, self._at(call.path)))

    def _remove(self, call):
        parent, name = self._place(call.path)
        parent.name((name, None))

    def _place(self, path):
        *folders, name = path.split("/")
        folder = self._root
        for each in folders:
            folder = folder.live[each]
        return folder, name

    def _at(self, path):
        folder, name = self._place(path)
        return folder.live[name]


def _loaded(path):
    if path.is_file():
        return File(bytearray(path.read_bytes()))
    found = {each.name: _loaded(each) for each in path.iterdir()}
    return Folder(found, dict(found))


def _survive(node, path, random, mode):
    if isinstance(node, File):
        path.write_bytes(node.content(_chosen_writes(node.pending, random, mode)))
        return
    path.mkdir()
    names = dict(node.durable)
    # Names are kept in the order in which they were given: that much every journal of a file system holds to.
    for group in _beginning(node.pending, random, "beginning" if mode == "anything" else mode):
        _name(names, group)
    for name, each in names.items():
        # The index beside the write-ahead log is no file to the driver: it is made anew by whoever opens first.
        if not name.endswith("-shm"):
            _survive(each, path / name, random, mode)


def _beginning(pending, random, mode):
    counts = {"nothing": 0, "everything": len(pending), "beginning": random.randint(0, len(pending))}
    return pending[: counts[mode]]


def _chosen_writes(pending, random, mode):
    if mode == "anything":
        chosen = [change for change in pending if random.random() < 0.5]
    else:
        chosen = _beginning(pending, random, mode)
    if chosen and mode in ("beginning", "anything"):
        chosen = [*chosen[:-1], _torn(chosen[-1], random)]
    return chosen


def _torn(change, random):
    """The beginning of a write, in whole sectors."""
    offset, data = change
    if data is None or len(data) <= _SECTOR:
        return change
    return offset, data[: random.randrange(0, len(data) + _SECTOR, _SECTOR)]


def _name(names, group):
    for name, node in group:
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


def _apply(content, offset, data):
    if data is None:
        del content[offset:]
        content.extend(bytes(offset - len(content)))
        return
    if not data:
        return
    content.extend(bytes(max(0, offset + len(data) - len(content))))
    content[offset : offset + len(data)] = data
