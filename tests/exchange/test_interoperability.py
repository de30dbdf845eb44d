"""A package can be opened, checked and written with age, tar, ssh-keygen and sha256sum, without this program."""

import hashlib
import shutil
import subprocess

import pytest

from desktop.exchange.manifest import NAMESPACE
from desktop.exchange.volumes import split_into_volumes
from desktop.exchange.write_package import PackagePlan, write_package
from desktop.keys.sshsig import public_line
from tests.exchange.packages import (
    ESCROW,
    FIELD_KEY,
    FIELD_NODE,
    OBJECTS,
    OFFICE,
    OFFICE_IDENTITY,
    PHOTO,
    STRANGER_IDENTITY,
    Sinks,
    contents_of,
    ignore_progress,
    make_manifest,
    members_of,
    raw_key,
    read,
    sign_manifest,
    tar_of,
    write,
)

TOOLS = ["age", "tar", "ssh-keygen", "sha256sum"]

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"one of {', '.join(TOOLS)} is not installed"
)


def run(command, **options):
    return subprocess.run(command, check=True, capture_output=True, **options)


@pytest.fixture
def unpacked(tmp_path):
    """Unpack a package as the manual tells people to do by hand."""
    package = write(tmp_path).paths[0]
    (tmp_path / "key.txt").write_text(OFFICE_IDENTITY + "\n", encoding="ascii")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    tar = run(["age", "-d", "-i", tmp_path / "key.txt", package]).stdout
    run(["tar", "-x"], input=tar, cwd=folder)
    return folder


def test_age_and_tar_unpack_a_package(unpacked):
    found = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}

    assert found == {"manifest.json", "manifest.sig", "pad"} | {
        f"o/{info.hash}" for info in make_manifest().objects
    }
    assert (unpacked / "manifest.json").read_bytes() == make_manifest().encode()
    assert (unpacked / "o" / hashlib.sha256(PHOTO).hexdigest()).read_bytes() == PHOTO


def test_sha256sum_finds_every_object_to_be_its_name(unpacked):
    names = [info.hash for info in make_manifest().objects]
    lines = "".join(f"{name}  o/{name}\n" for name in names)

    checked = run(["sha256sum", "--strict", "-c"], input=lines, text=True, cwd=unpacked)

    assert checked.stdout.count(": OK") == len(OBJECTS)


def test_ssh_keygen_verifies_the_manifest(unpacked):
    (unpacked / "allowed_signers").write_text(
        f"{FIELD_NODE} {public_line(raw_key(FIELD_KEY), '')}\n", "utf-8"
    )

    verified = run(
        [
            *["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-s", "manifest.sig"],
            "-I",
            FIELD_NODE,
            "-n",
            NAMESPACE,
        ],
        input=(unpacked / "manifest.json").read_bytes(),
        cwd=unpacked,
    )

    assert b"Good" in verified.stdout


def test_age_does_not_open_a_package_for_somebody_else(tmp_path):
    package = write(tmp_path).paths[0]
    (tmp_path / "key.txt").write_text(STRANGER_IDENTITY + "\n", encoding="ascii")

    with pytest.raises(subprocess.CalledProcessError):
        run(["age", "-d", "-i", tmp_path / "key.txt", package])


def test_package_encrypted_by_age_is_read(tmp_path):
    package = tmp_path / "by-hand.mcp"
    run(["age", "-r", OFFICE, "-r", ESCROW, "-o", package], input=tar_of(members_of()))

    sinks = Sinks()
    read(package, sinks)

    assert list(sinks.finished.values()) == [data for _, _, data in OBJECTS]


@pytest.fixture
def volumes(tmp_path):
    """Unpack all volumes of a package into one folder, as the manual tells people to do by hand."""
    manifest = split_into_volumes(make_manifest(), 1)
    plan = PackagePlan(manifest, (OFFICE, ESCROW))
    written = write_package(tmp_path, plan, sign_manifest, contents_of(), ignore_progress)
    (tmp_path / "key.txt").write_text(OFFICE_IDENTITY + "\n", encoding="ascii")
    folder = tmp_path / "unpacked"
    folder.mkdir()
    for path in written.paths:
        tar = run(["age", "-d", "-i", tmp_path / "key.txt", path]).stdout
        run(["tar", "-x"], input=tar, cwd=folder)
    return folder


def test_age_tar_sha256sum_and_ssh_keygen_do_for_several_volumes(volumes):
    (volumes / "allowed_signers").write_text(f"{FIELD_NODE} {public_line(raw_key(FIELD_KEY), '')}\n", "utf-8")
    names = sorted(path.name for path in (volumes / "o").iterdir())
    checked = run(
        ["sha256sum", "--strict", "-c"],
        input="".join(f"{name}  o/{name}\n" for name in names),
        text=True,
        cwd=volumes,
    )
    options = ["-f", "allowed_signers", "-s", "manifest.sig", "-I", FIELD_NODE, "-n", NAMESPACE]
    data = (volumes / "manifest.json").read_bytes()
    verified = run(["ssh-keygen", "-Y", "verify", *options], input=data, cwd=volumes)

    assert data == split_into_volumes(make_manifest(), 1).encode()
    assert names == sorted(info.hash for info in make_manifest().objects)
    assert checked.stdout.count(": OK") == len(OBJECTS)
    assert b"Good" in verified.stdout
