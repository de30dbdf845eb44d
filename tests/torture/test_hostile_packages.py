"""Every bad package of the table, merged into a real workspace: refused for its reason, and nothing changes."""

import tracemalloc

import pytest

from desktop.services.packages.merge_packages import Outcome, merge_packages
from desktop.services.setup.enroll_node import revoke_node
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from tests.services.worlds import rows
from tests.torture.hostile import open_package
from tests.torture.hostile_table import TABLE
from tests.torture.killing import assert_sound
from tests.torture.plaintext import plaintext_in, secrets_of

MOST_MEMORY_BYTES = 64 << 20


@pytest.fixture(scope="module")
def good(theatre, packages):
    """Two packages of anna, taken apart; the office knows neither."""
    with theatre.opened("office", read_only=True) as office, theatre.opened("anna", read_only=True) as anna:
        return open_package(packages[1], office, anna), open_package(packages[2], office, anna)


@pytest.fixture
def office(theatre, tmp_path):
    with theatre.copy_of("office", f"hostile-{tmp_path.name}") as office:
        yield office


@pytest.mark.parametrize("name", TABLE)
def test_bad_package_is_refused_and_changes_nothing(name, good, office, theatre, tmp_path, temp_folder):
    spoil, reasons = TABLE[name]
    file = tmp_path / "bad.mcp"
    file.write_bytes(spoil(*good))
    before = state_digest(office), rows(office, "packages"), describe_workspace(office).records

    tracemalloc.start()
    (result,) = merge_packages(office, [file]).files
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert (result.outcome, result.reason in reasons) == (Outcome.QUARANTINED, True), result
    assert (state_digest(office), rows(office, "packages"), describe_workspace(office).records) == before
    assert list((office.folder / "tmp").iterdir()) == []
    assert [row["reason"] for row in rows(office, "quarantine")] == [result.reason]
    assert peak < MOST_MEMORY_BYTES
    assert_sound(office)
    assert plaintext_in([office.folder, temp_folder], secrets_of(theatre)) == []


def test_the_unspoiled_package_is_taken(good, office, tmp_path):
    file = tmp_path / "good.mcp"
    file.write_bytes(good[0].sealed())

    (result,) = merge_packages(office, [file]).files

    assert result.outcome is Outcome.APPLIED


def test_the_package_of_a_revoked_node_is_refused(good, office, packages):
    anna = good[0].manifest.sender.node
    revoke_node(office, anna, "笔记本电脑丢失")
    before = state_digest(office)

    (result,) = merge_packages(office, [packages[0]]).files

    assert (result.outcome, result.reason) == (Outcome.QUARANTINED, "revoked-sender")
    assert state_digest(office) == before
