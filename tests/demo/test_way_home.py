from pathlib import Path

from desktop.demo.way_home import brought_visits
from desktop.services.packages.apply_package import ChangeKind, VisitChange
from desktop.services.packages.merge_packages import MergedFile, Outcome


def test_visits_that_come_once_more_are_not_counted_again():
    changes = (ChangeKind.NEWER, ChangeKind.IDENTICAL, ChangeKind.CONFLICT, ChangeKind.IDENTICAL)
    visits = tuple(VisitChange(str(number), change) for number, change in enumerate(changes))

    assert brought_visits(MergedFile(Path("second.mcp"), Outcome.APPLIED, visits=visits)) == 2
