"""The program's own share of recording a covert visit of fourteen items by real keys, on a screen of its own."""

from pathlib import Path
from statistics import median

from benchmarks.table import Result, not_measured

LIMIT_S = 2.0
_MOST_PRESSES = 90
_NAME = "a visit of 14 items, 6 photos and a signature, by real keys"


def measure(folder: Path, times: int) -> list[Result]:
    # Only here, so that the other subjects run where Qt's libraries are missing.
    from tests.office.keystroke_visit import laptop_with_a_mission, record_visit_by_hand
    from tests.office.window.hand import missing_tools, screen

    if missing := missing_tools():
        return [not_measured(_NAME, f"{LIMIT_S:.0f} s", f"needs {', '.join(missing)}")]
    shares, presses = [], 0
    for number in range(times):
        laptop = laptop_with_a_mission(folder / f"laptop-{number}")
        with screen() as env:
            recorded = record_visit_by_hand(env, laptop, folder / f"inspector-{number}")
        shares.append(sum(seconds for _told, seconds in recorded.turns))
        presses = max(presses, recorded.presses)
    share = median(shares)
    worst, slowest = max((seconds, told) for told, seconds in recorded.turns)
    text = (
        f"{share / LIMIT_S:.2f} ({share:.2f} s, {min(shares):.2f}–{max(shares):.2f} s, n={times};"
        f" longest {worst * 1000:.0f} ms, {slowest or 'by itself'})"
    )
    return [
        Result(
            f"{_NAME}: until the window was quiet, sum",
            f"{LIMIT_S:.0f} s",
            share / LIMIT_S,
            text,
            1.0,
            "≤ 1×",
        ),
        Result(
            f"{_NAME}: presses besides the text",
            str(_MOST_PRESSES),
            presses / _MOST_PRESSES,
            f"{presses / _MOST_PRESSES:.2f} ({presses})",
            1.0,
            "≤ 1×",
        ),
    ]
