"""The table of faults: which tests stand for which fault, and what nothing stands for yet.

A pytest plugin for ``make torture``. It chooses the tests of the table and all property tests, and prints the table
with what passed, failed and was *not run*. The counts come from the environment (see the Makefile).
"""

import os
from collections import Counter

import pytest

NOT_RUN = ()

FAULTS = {
    "kill −9 while merging": ["tests/storage/test_merge_crash.py"],
    "kill −9 while taking in evidence": ["tests/storage/test_intake.py::test_killing_"],
    "kill −9 while recording, exporting, upgrading, backing up": NOT_RUN,
    "power cut (LazyFS, or a replay of the writes)": NOT_RUN,
    "every n-th write of a package fails": ["tests/exchange/test_write_package.py"],
    "every n-th read or write of the database fails": NOT_RUN,
    "disk full": [
        "tests/storage/test_objects.py::test_a_full_disk_",
        "tests/keys/test_sealing.py::test_a_full_",
        "tests/exchange/test_write_package.py::test_full_medium_",
        "tests/exchange/test_write_package.py::test_small_real_medium_",
    ],
    "bits rot at rest": [
        "tests/storage/test_objects.py::test_a_flipped_bit_",
        "tests/storage/test_database.py::test_a_damaged_",
    ],
    "damaged and hostile packages": ["tests/exchange/test_hostile_packages.py"],
    "every parser, with whatever bytes": [
        "tests/exchange/test_manifest_reader.py::test_changed_bytes_",
        "tests/domain/test_entry.py",
        "tests/domain/test_canonical.py",
        "tests/keys/test_envelope.py",
        "tests/keys/test_sshsig.py",
    ],
    "any order, any repetition of packages": ["tests/storage/test_merge_properties.py"],
    "bugs put into the merge on purpose": ["tests/office/test_mutants.py"],
    "clocks that jump": [
        "tests/domain/test_ids.py",
        "tests/domain/test_author.py::test_the_clock_",
        "tests/storage/test_merge_properties.py::test_clocks_",
    ],
    "stick pulled": [
        "tests/exchange/test_medium.py::test_stick_",
        "tests/exchange/test_write_package.py::test_stick_",
        "tests/exchange/test_read_package.py::test_medium_pulled_",
    ],
}

_outcomes = Counter()
_figures = Counter()


def faults_of(nodeid):
    return [fault for fault, tests in FAULTS.items() if nodeid.startswith(tuple(tests))]


def pytest_collection_modifyitems(items):
    for item in items:
        if faults_of(item.nodeid) or getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.torture)


def pytest_runtest_logreport(report):
    if report.when != "call" and report.outcome == "passed":
        return
    for fault in faults_of(report.nodeid):
        _outcomes[fault, report.outcome] += 1
        for name, value in report.user_properties:
            if isinstance(value, int):
                _figures[fault, name] += value


def counts_of(fault):
    """What became of the tests of a fault, and the sums of the figures they put down with ``record_property``."""
    outcomes = [
        f"{_outcomes[fault, outcome]} {outcome}"
        for outcome in ("passed", "failed")
        if _outcomes[fault, outcome]
    ]
    figures = [f"{total} {name}" for (of, name), total in _figures.items() if of == fault]
    return ", ".join(outcomes + figures) or "not run"


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("faults")
    for fault in FAULTS:
        terminalreporter.line(f"{fault}: {counts_of(fault)}")
    counts = {
        name: value for name, value in sorted(os.environ.items()) if name.startswith("MINGCHA_TORTURE_")
    }
    terminalreporter.line(", ".join(f"{name}={value}" for name, value in counts.items()))
