"""``python -m benchmarks``: measure everything and print one table.

Every figure is a ratio of two ways measured in turn in one run; absolute times say little on another machine.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    intake_speed,
    merge_speed,
    package_speed,
    picture_speed,
    scoring_speed,
    sheet_speed,
    typing_speed,
    visit_keystrokes,
    window_speed,
)
from benchmarks.table import Result, print_table

Measure = Callable[[Path, argparse.Namespace], list[Result]]


def _packages(folder: Path, options: argparse.Namespace) -> list[Result]:
    return package_speed.measure(folder, options.pairs, 200 if options.full else package_speed.VISITS)


def _merges(folder: Path, options: argparse.Namespace) -> list[Result]:
    return merge_speed.measure(folder, options.pairs, 1000 if options.full else 200)


def _intake(folder: Path, options: argparse.Namespace) -> list[Result]:
    return intake_speed.measure(folder, options.pairs)


def _pictures(folder: Path, options: argparse.Namespace) -> list[Result]:
    return picture_speed.measure(folder, options.pairs)


def _sheets(folder: Path, options: argparse.Namespace) -> list[Result]:
    return sheet_speed.measure(folder, options.pairs, 50_000 if options.full else 5_000)


def _scoring(_folder: Path, _options: argparse.Namespace) -> list[Result]:
    return scoring_speed.measure()


def _typing(folder: Path, _options: argparse.Namespace) -> list[Result]:
    return typing_speed.measure(folder)


def _keystrokes(folder: Path, options: argparse.Namespace) -> list[Result]:
    return visit_keystrokes.measure(folder, options.pairs)


def _window(folder: Path, options: argparse.Namespace) -> list[Result]:
    return window_speed.measure(folder, options.pairs, 10_000 if options.full else 200)


SUBJECTS: dict[str, Measure] = {
    "package": _packages,
    "merge": _merges,
    "intake": _intake,
    "pictures": _pictures,
    "sheets": _sheets,
    "scoring": _scoring,
    "window": _window,
    "typing": _typing,
    "keystrokes": _keystrokes,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument(
        "subjects", nargs="*", metavar="subject", help=f"default: all of {', '.join(SUBJECTS)}"
    )
    parser.add_argument("--pairs", type=int, default=5, help="how often A and B are run in turn")
    parser.add_argument(
        "--full", action="store_true", help="everything in full instead of a fifth or a tenth"
    )
    parser.add_argument("--folder", type=Path, help="where to work; a disk like that of the workspaces")
    options = parser.parse_args()
    if unknown := set(options.subjects) - set(SUBJECTS):
        parser.error(f"there is no subject {', '.join(sorted(unknown))}")
    results = []
    for subject in options.subjects or SUBJECTS:
        print(f"measuring {subject} …", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory(prefix="mingcha-bench-", dir=options.folder) as folder:
            results += SUBJECTS[subject](Path(folder), options)
    print_table(results)


if __name__ == "__main__":
    main()
