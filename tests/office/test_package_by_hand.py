"""A package of the demo is opened and checked as the manual says, without this program."""

import hashlib
import json
import shutil
import subprocess

import pytest

TOOLS = ["age", "tar", "ssh-keygen", "sha256sum"]

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"one of {', '.join(TOOLS)} is not installed"
)


def run(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, **options)


@pytest.fixture(scope="module")
def unpacked(demo_office, tmp_path_factory):
    """The contents of the first package that came to the office, unpacked with age and tar."""
    folder = tmp_path_factory.mktemp("by-hand")
    package = sorted((demo_office / "stick" / "to-office").glob("MC-*.mcp"))[0]
    tar = run("age", "-d", "-i", demo_office / "recovery-key.txt", package).stdout
    run("tar", "-x", "-C", folder, input=tar)
    return folder


def test_the_signature_is_that_of_a_laptop_of_the_demo(demo_office, unpacked):
    manifest = (unpacked / "manifest.json").read_bytes()
    sender = json.loads(manifest)["sender"]["node"]

    checked = run(
        *("ssh-keygen", "-Y", "verify", "-f", demo_office / "allowed_signers", "-I", sender),
        *("-n", "mingcha-manifest@v1", "-s", unpacked / "manifest.sig"),
        input=manifest,
    )

    assert b"Good" in checked.stdout


def test_a_changed_manifest_is_found_out(demo_office, unpacked):
    manifest = (unpacked / "manifest.json").read_bytes()
    sender = json.loads(manifest)["sender"]["node"]

    with pytest.raises(subprocess.CalledProcessError):
        run(
            *("ssh-keygen", "-Y", "verify", "-f", demo_office / "allowed_signers", "-I", sender),
            *("-n", "mingcha-manifest@v1", "-s", unpacked / "manifest.sig"),
            input=manifest.replace(b'"seq":1', b'"seq":2'),
        )


def test_every_object_has_the_checksum_it_is_named_by(unpacked):
    objects = json.loads((unpacked / "manifest.json").read_bytes())["objects"]
    sums = "".join(f"{info['h']}  {unpacked}/o/{info['h']}\n" for info in objects)

    checked = run("sha256sum", "-c", input=sums.encode())

    assert checked.stdout.count(b": OK") == len(objects) > 10


def test_a_photo_comes_out_byte_for_byte(demo_office, unpacked):
    photos = (demo_office / "material").rglob("*.jpg")
    taken = {hashlib.sha256(path.read_bytes()).hexdigest() for path in photos}
    carried = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (unpacked / "o").iterdir()}

    assert len(taken & carried) >= 10
