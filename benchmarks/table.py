"""The table of results: measure | limit or peer | ratio | bar | met."""

from dataclasses import dataclass

HEAD = ("measure", "limit or peer", "ratio", "bar", "met")
NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Result:
    """One line. ``figure`` is what is compared with ``bar``; without a bar the line only informs."""

    measure: str
    peer: str
    figure: float | None
    text: str
    bar: float | None = None
    bar_text: str = ""

    @property
    def met(self) -> str:
        if self.figure is None:
            return NOT_MEASURED
        if self.bar is None:
            return "–"
        return "yes" if self.figure <= self.bar else "NO"


def not_measured(measure: str, peer: str, why: str) -> Result:
    return Result(measure, peer, None, why)


def print_table(results: list[Result]) -> None:
    rows = [HEAD, *((r.measure, r.peer, r.text, r.bar_text or "–", r.met) for r in results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    for number, row in enumerate(rows):
        print(" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        if not number:
            print("-|-".join("-" * width for width in widths))
