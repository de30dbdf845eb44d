"""补录: the scan of the paper form that stands behind a visit which was entered later."""

from desktop.services.records.visit_values import VisitView

PAPER_SCAN = "纸质扫描"
"""The capture mode of evidence that is a scan of paper."""


def is_from_paper(view: VisitView) -> bool:
    return bool(view.head.get("is_from_paper"))


def scans_of(view: VisitView) -> tuple[str, ...]:
    """The ids of the scans among the evidence, in the order of intake."""
    return tuple(str(row["id"]) for row in view.evidence if row["capture_mode"] == PAPER_SCAN)


def lacks_scan(view: VisitView) -> bool:
    """Whether the visit was entered from paper and no scan of the paper is among its evidence."""
    return is_from_paper(view) and not scans_of(view)
