"""Peak memory of a piece of work above what the process held when it began."""

import gc
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path


def peak_in_new_process(work: Callable[..., object], *arguments: object) -> int | None:
    """As below, in a process of its own, which has no memory left over from other work."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_peak, (work, arguments))


def _peak(work: Callable[..., object], arguments: tuple[object, ...]) -> int | None:
    return peak_above_start_bytes(lambda: work(*arguments))


def peak_above_start_bytes(work: Callable[[], object]) -> int | None:
    """None where the system does not tell (anything but Linux)."""
    try:
        gc.collect()
        Path("/proc/self/clear_refs").write_text("5")
        before = _status("VmRSS")
        work()
        return _status("VmHWM") - before
    except OSError:
        return None


def _status(name: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(name + ":"))
