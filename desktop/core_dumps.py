"""No image of the memory on the disk: a crash of the process would else write keys and records into a core file."""

import sys

_NONE = 1
"""Not 0: a limit of one byte also keeps Linux from handing the image to a program (``core_pattern`` with a pipe),
which 0 does not."""


def forbid_core_dumps() -> None:
    """For this process and all it starts; they cannot lift it again. Windows has no such limit."""
    if sys.platform != "win32":
        import resource  # there is none on Windows

        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
        limit = _NONE if hard == resource.RLIM_INFINITY else min(hard, _NONE)
        resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
