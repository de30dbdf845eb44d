"""Bits that rot at rest: every single one, in the database and in the evidence, is found and named."""

import shutil
from random import Random

import pytest

from desktop.errors import UserError
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.workspace.open_workspace import open_workspace
from desktop.storage.driver import DatabaseError
from desktop.storage.object_table import objects_in_state
from tests.services.worlds import PASSPHRASE, Clock
from tests.torture.counts import FLIPS, share_name, shares

in_shares = pytest.mark.parametrize("numbers", shares(FLIPS, 50), ids=share_name)


@pytest.fixture
def field_node(theatre, tmp_path):
    """A copy of anna's closed workspace, and how to open it."""
    folder = tmp_path / "anna"
    shutil.copytree(theatre.folder / "anna", folder)

    def opened():
        return open_workspace(folder, PASSPHRASE, read_only=True, clock_ms=Clock(theatre.clock.now_ms))

    return folder, opened


def flip(path, place):
    """Change one bit, and return the bytes as they were."""
    data = path.read_bytes()
    path.chmod(0o600)
    changed = bytearray(data)
    changed[place] ^= 1 << place % 8
    path.write_bytes(changed)
    return data


@in_shares
def test_every_flipped_bit_of_the_evidence_is_found_and_named(field_node, numbers, record_property):
    _folder, opened = field_node
    with opened() as anna:
        paths = {row.sha256: anna.objects.path_of(row.sha256) for row in objects_in_state(anna.db, "have")}
        found = 0
        for number in numbers:
            dice = Random(number)
            sha256, path = dice.choice(sorted(paths.items()))
            data = flip(path, dice.randrange(path.stat().st_size))

            findings = verify_workspace(anna).findings

            assert [finding.word.upper() for finding in findings] == ["CORRUPT"]
            assert findings[0].place.startswith(sha256[:16])
            assert findings[0].meaning
            found += 1
            path.write_bytes(data)
    record_property("tries", len(numbers))
    assert found == len(numbers)


@in_shares
def test_every_flipped_bit_of_the_database_is_found(field_node, numbers, record_property):
    folder, opened = field_node
    path = folder / "workspace.db"
    size = path.stat().st_size

    for number in numbers:
        data = flip(path, Random(number).randrange(size))
        assert damage_named(opened), number
        path.write_bytes(data)
    with opened() as anna:
        assert verify_workspace(anna).is_sound
    record_property("tries", len(numbers))


def damage_named(opened):
    """What the user is told about a damaged database: it does not open, or verifying names the page."""
    try:
        with opened() as anna:
            return [finding.place for finding in verify_workspace(anna).findings]
    except UserError as error:
        return [error.problem]
    except DatabaseError as error:
        pytest.fail(f"not told in the user's words: {error}")
