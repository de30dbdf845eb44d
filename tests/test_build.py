"""The wheel carries what git knows, and the program finds its data files in every way of installing it."""

import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from desktop import __version__, datafiles

ROOT = Path(__file__).resolve().parent.parent
DATA = "desktop/_data/"


def run(*command, cwd):
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True).stdout


def tracked(*paths):
    try:
        listing = run("git", "ls-files", "-z", *paths, cwd=ROOT)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is not a git checkout")
    return {name for name in listing.split("\0") if name}


def build(kind, source, target):
    run(
        sys.executable,
        "-m",
        "build",
        kind,
        "--no-isolation",
        "--outdir",
        str(target),
        str(source),
        cwd=target,
    )
    return next(target.iterdir())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build("--wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def files_in(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def test_the_wheel_carries_exactly_the_data_files_that_git_knows(wheel):
    carried = {name.removeprefix(DATA) for name in files_in(wheel) if name.startswith(DATA)}
    known = tracked("db_schema.sql", "resources", "docs/manual", "docs/pictures")

    assert (carried - known, known - carried) == (set(), set())


def test_the_wheel_carries_the_licence(wheel):
    with zipfile.ZipFile(wheel) as archive:
        licence = next(name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE"))

        assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_the_installed_program_reads_its_own_data_files(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)  # noqa: S202 - our own wheel

    found = run(
        sys.executable, "-c", "import desktop.datafiles as d; print(d.RESOURCES)", cwd=tmp_path
    ).strip()

    assert found == str(tmp_path / "desktop" / "_data" / "resources")


def test_a_checkout_reads_the_data_files_beside_the_package():
    assert datafiles.RESOURCES == ROOT / "resources"
    assert datafiles.SCHEMA == ROOT / "db_schema.sql"


def test_a_wheel_made_from_the_source_archive_is_the_same(wheel, tmp_path):
    for name in ("sdist", "source", "wheel"):
        (tmp_path / name).mkdir()

    with tarfile.open(build("--sdist", ROOT, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    source = next((tmp_path / "source").iterdir())

    assert files_in(build("--wheel", source, tmp_path / "wheel")) == files_in(wheel)


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == __version__


def test_the_lock_names_no_package_server():
    lock = (ROOT / "packaging" / "requirements-dev.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert "--index" not in lock
