"""Damaged packages on a real workspace: none is applied, nothing changes, nothing of them lies about in the clear."""

from random import Random

import pytest

from desktop.services.packages.merge_packages import Outcome, merge_packages
from desktop.services.workspace.describe_workspace import describe_workspace, state_digest
from desktop.storage.files import file_sha256
from tests.exchange.mutations import mutated
from tests.services.worlds import rows
from tests.torture.counts import MUTATIONS, share_name, shares
from tests.torture.killing import assert_sound
from tests.torture.plaintext import plaintext_in, secrets_of

BATCH = 25


@pytest.mark.parametrize("numbers", shares(MUTATIONS, 100), ids=share_name)
def test_no_damaged_package_changes_anything(
    numbers, theatre, packages, tmp_path, temp_folder, record_property
):
    folder = theatre.folder / f"office-{numbers.start}"
    with theatre.copy_of("office", folder.name) as office:
        good = [path.read_bytes() for path in packages]
        before = state_digest(office), rows(office, "packages"), describe_workspace(office).records
        # Some damages of one package are the same: it is kept once.
        different = set()

        for batch in (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH)):
            files = []
            for number in batch:
                path = tmp_path / f"MC-{number}.mcp"
                path.write_bytes(mutated(good[number % len(good)], Random(number)))
                files.append(path)
                different.add(file_sha256(path))
            report = merge_packages(office, files)
            assert {result.outcome for result in report.files} == {Outcome.QUARANTINED}
            assert all(result.reason and result.problem and result.advice for result in report.files)
            assert (
                state_digest(office),
                rows(office, "packages"),
                describe_workspace(office).records,
            ) == before
            assert list((office.folder / "tmp").iterdir()) == []
            for path in files:
                path.unlink()

        kept = {row["id"] for row in rows(office, "quarantine")}
        assert {path.stem for path in (office.folder / "quarantine").iterdir()} == kept == different
        assert len(different) > 0.7 * len(numbers)
        assert_sound(office)

    secrets = secrets_of(theatre)
    assert plaintext_in([folder, temp_folder], secrets) == []
    record_property("tries", len(numbers))


def test_plaintext_would_be_found(theatre, tmp_path):
    for number, secret in enumerate(secrets_of(theatre)):
        (tmp_path / f"{number}").write_bytes(b"before" + secret + b"after")

    assert len(plaintext_in([tmp_path], secrets_of(theatre))) >= len(secrets_of(theatre))
