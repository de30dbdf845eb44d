"""Print how much of each layer the tests cover, lines and branches together, and fail where one is below its bar.

Reads the report of ``coverage json``.
"""

import json
import sys
from pathlib import Path, PurePosixPath

FACES = ("gui", "cli", "__main__", "bootstrap")
BARS = {"domain": 100, "exchange": 100, "keys": 100}
BAR_OF_THE_REST = 95


def layer_of(path):
    """The layer a file belongs to: its folder below desktop/, or its own name."""
    first = PurePosixPath(path).relative_to("desktop").parts[0]
    return first.removesuffix(".py")


def count(files):
    """Return (covered, all) lines and branches."""
    summaries = [file["summary"] for file in files.values()]
    covered = sum(summary["covered_lines"] + summary["covered_branches"] for summary in summaries)
    return covered, sum(summary["num_statements"] + summary["num_branches"] for summary in summaries)


def gaps(files):
    for path, file in files.items():
        branches = [f"{start}→{'exit' if end < 0 else end}" for start, end in file["missing_branches"]]
        missing = [str(line) for line in file["missing_lines"]] + branches
        if missing:
            yield f"    {path}: {', '.join(missing)}"


def main(report_path):
    report = json.loads(Path(report_path).read_text(encoding="utf-8"))
    layers = {}
    for path, file in sorted(report["files"].items()):
        layers.setdefault(layer_of(path), {})[path] = file

    is_met = True
    print("covered   bar   layer")
    for layer, files in layers.items():
        covered, total = count(files)
        bar = 0 if layer in FACES else BARS.get(layer, BAR_OF_THE_REST)
        is_layer_met = covered * 100 >= bar * total
        percent = f"{covered * 100 / total:6.2f}%" if total else "      –"
        print(
            f"{percent}  {f'{bar:3}%' if bar else '   –'}   {layer}{'' if is_layer_met else '   BELOW THE BAR'}"
        )
        if not is_layer_met:
            print("\n".join(gaps(files)))
        is_met = is_met and is_layer_met
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
