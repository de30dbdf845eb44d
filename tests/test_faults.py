"""The page of faults names tests that exist, each number once, and nothing without a test or a reason."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "faults.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text(encoding="utf-8").splitlines()
    if re.match(r"\| (\d+|–) \|", line)
]
NAMED = sorted({test for _no, _fault, proof in ROWS for test in re.findall(r"`(tests/[^`]+)`", proof)})
REASONS = re.compile(r"\*not here\*|\*outside\*: \w+")


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.partition("::")[2])
def test_every_test_of_the_page_exists(named):
    file, _, function = named.partition("::")

    assert re.search(rf"^ *def {function}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_fault_has_a_test_or_a_reason():
    assert len(ROWS) > 50
    assert [row for row in ROWS if not (re.search(r"`tests/", row[2]) or REASONS.search(row[2]))] == []


def test_every_number_stands_once_and_in_order():
    numbers = [int(row[0]) for row in ROWS if row[0] != "–"]

    assert numbers == sorted(set(numbers))


def test_a_test_that_bears_a_number_stands_in_its_row():
    for number, fault, proof in ROWS:
        for named in re.findall(r"::test_(\d{3})_", proof):
            assert named == number.zfill(3), fault


def test_every_test_that_bears_a_number_is_on_the_page():
    bearing = {
        f"{path.relative_to(ROOT)}::{name}"
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_[01]\d\d_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert sorted(bearing - set(NAMED)) == []
