"""The table of faults: which tests stand for which fault.

A pytest plugin for ``make torture``. It chooses the tests of the table and all property tests, and prints the table
with what passed, failed and was *not run*. The counts come from the environment (see the Makefile).
"""

import os
from collections import Counter

import pytest

FAULTS = {
    "kill −9 while merging": [
        "tests/storage/test_merge_crash.py",
        "tests/torture/test_kills.py::test_a_killed_merge_",
    ],
    "kill −9 while taking in evidence": [
        "tests/storage/test_intake.py::test_killing_",
        "tests/torture/test_kills.py::test_attached_",
    ],
    "kill −9 while recording a visit": ["tests/torture/test_kills.py::test_a_recorded_"],
    "kill −9 at any moment of a session": ["tests/torture/test_kills.py::test_a_session_"],
    "kill −9 while exporting": ["tests/torture/test_kills.py::test_a_killed_export_"],
    "kill −9 while backing up": ["tests/torture/test_kills.py::test_a_killed_backup_"],
    "kill −9 while upgrading": ["tests/torture/test_kills.py::test_a_killed_upgrade_"],
    "power cut at any moment of a session, by replay of its writes": [
        "tests/torture/test_power_cut.py::test_what_was_saved_"
    ],
    "power cut, controls that do not wait for the disk and have to be seen to lose": [
        "tests/torture/test_power_cut.py::test_a_program_that_"
    ],
    "every n-th write of a package fails": ["tests/exchange/test_write_package.py"],
    "every n-th call that writes to the workspace or the medium fails": [
        "tests/torture/test_failing_calls.py"
    ],
    "fsync fails": ["tests/torture/test_failing_fsync.py"],
    "disk full": [
        "tests/storage/test_objects.py::test_a_full_disk_",
        "tests/keys/test_sealing.py::test_a_full_",
        "tests/exchange/test_write_package.py::test_full_medium_",
        "tests/exchange/test_write_package.py::test_small_real_medium_",
        "tests/torture/test_full_disk.py",
    ],
    "a film of gigabytes is taken in": ["tests/storage/test_intake.py::test_a_large_film_"],
    "bits rot at rest": [
        "tests/storage/test_objects.py::test_a_flipped_bit_",
        "tests/storage/test_database.py::test_a_damaged_",
        "tests/torture/test_bit_rot.py",
    ],
    "damaged packages": ["tests/torture/test_mutated_packages.py"],
    "hostile packages, row by row of the table": [
        "tests/exchange/test_hostile_packages.py",
        "tests/services/test_merge_packages.py",
        "tests/torture/test_hostile_packages.py",
    ],
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
        "tests/torture/test_jumping_clock.py",
    ],
    "stick pulled": [
        "tests/exchange/test_medium.py::test_stick_",
        "tests/exchange/test_write_package.py::test_stick_",
        "tests/exchange/test_read_package.py::test_medium_pulled_",
    ],
}

_outcomes = Counter()
_counts = Counter()
_figures = Counter()


def faults_of(nodeid):
    return [fault for fault, tests in FAULTS.items() if nodeid.startswith(tuple(tests))]


def pytest_collection_modifyitems(items):
    for item in items:
        if faults_of(item.nodeid) or getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.torture)


def pytest_runtest_logreport(report):
    if report.when == "call" or report.outcome != "passed":
        for fault in faults_of(report.nodeid):
            _outcomes[fault, report.outcome] += 1
            for name, count in report.user_properties:
                _counts[fault, name] += count


def pytest_terminal_summary(terminalreporter):
    terminalreporter.section("faults")
    for fault in FAULTS:
        terminalreporter.line(f"{fault}: {_result(fault)}")
    counts = {
        name: value for name, value in sorted(os.environ.items()) if name.startswith("MINGCHA_TORTURE_")
    }
    terminalreporter.line(", ".join(f"{name}={value}" for name, value in counts.items()))


def _result(fault):
    words = {"passed": "passed", "failed": "failed", "skipped": "not run"}
    said = [f"{_outcomes[fault, outcome]} {words[outcome]}" for outcome in words if _outcomes[fault, outcome]]
    said += [f"{count} {name}" for (of, name), count in _counts.items() if of == fault]
    tries = _counts[fault, "tries"]
    if tries and not _outcomes[fault, "failed"]:
        # The rule of three: what never happened in n tries happens at most 3 times in n, with 95 % confidence.
        said.append(f"none lost, which bounds the rate at {3 / tries:.1%} (95 %)")
    return ", ".join(said) or "not run"
