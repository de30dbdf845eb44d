"""Measuring two ways of doing one thing against each other: A, B, A, B … in one process, and what came of it."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

Work = Callable[[], object]


@dataclass(frozen=True)
class Cost:
    """What one run took: seconds by the clock, seconds of processor with those of ended children, bytes written."""

    seconds: float
    cpu_seconds: float
    written_bytes: int


@dataclass(frozen=True)
class Pairs:
    """The costs of both ways, pair by pair."""

    ours: tuple[Cost, ...]
    peers: tuple[Cost, ...]

    def ratios(self, what: str = "seconds") -> list[float]:
        return [getattr(a, what) / getattr(b, what) for a, b in zip(self.ours, self.peers, strict=True)]

    def ratio(self, what: str = "seconds") -> float:
        return median(self.ratios(what))

    def text(self, what: str = "seconds") -> str:
        """The median ratio with its extremes, and the absolute medians."""
        ratios = self.ratios(what)
        ours, peers = (median(getattr(cost, what) for cost in costs) for costs in (self.ours, self.peers))
        return (
            f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f}, n={len(ratios)};"
            f" {ours:.3g} s : {peers:.3g} s)"
        )


def cost_of(work: Work) -> Cost:
    os.sync()
    written, cpu, start = _written_bytes(), _cpu_seconds(), time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    return Cost(seconds, _cpu_seconds() - cpu, _written_bytes() - written)


def interleaved(count: int, ours: Callable[[int], Work], peer: Callable[[int], Work]) -> Pairs:
    """Run both ``count`` times in turn. Each is prepared for run ``n``, unmeasured, and returns the work itself."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for n in range(count):
        for side, prepare in enumerate((ours, peer)):
            costs[side].append(cost_of(prepare(n)))
    return Pairs(tuple(costs[0]), tuple(costs[1]))


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _written_bytes() -> int:
    """Bytes this process has caused to be written; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/io").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))
