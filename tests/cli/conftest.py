"""The city is founded once; every test works on a copy of its own and through the command line alone."""

import io
import shutil
import sys

import pytest

from tests.cli.city import City, Mingcha, SystemClock
from tests.services.worlds import PASSPHRASE, found_world


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """The closed city that the others are copies of; its pass phrases are cheap to try."""
    folder = tmp_path_factory.mktemp("founded") / "city"
    with found_world(folder, SystemClock()) as world:
        visits, recovery_key = world.visits, world.recovery_key
    (folder / "recovery-key.txt").write_text(recovery_key + "\n", encoding="utf-8")
    return City(folder, visits)


@pytest.fixture
def city(founded, tmp_path):
    shutil.copytree(founded.folder, tmp_path / "city")
    return City(tmp_path / "city", founded.visits)


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """No terminal, and the pass phrase in the environment."""
    for name in ("MINGCHA_PERSON", "MINGCHA_LANG", "MINGCHA_SEAL_PASSPHRASE", "MINGCHA_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MINGCHA_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def mingcha(capsys):
    return Mingcha(capsys)
