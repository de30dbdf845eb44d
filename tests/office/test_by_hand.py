"""The by-hand check is typed exactly as the manual prints it, in both languages, and finds every flipped byte."""

import hashlib
import json
import re
import shutil
import subprocess

import pytest

from desktop.i18n import LANGUAGES
from tests.office.manual_pages import page

TOOLS = ["bash", "age", "tar", "ssh-keygen", "sha256sum"]
BLOCK = re.compile(r"```bash\n(.*?)```", re.DOTALL)

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"one of {', '.join(TOOLS)} is not installed"
)


def steps(language):
    """What is to be typed: unpack, check the signature, check the contents."""
    return BLOCK.findall(page(language, "05-check-by-hand.md"))


def type_lines(folder, *lines):
    return subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", "\n".join(lines)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def folder(demo_office, tmp_path):
    """A folder in which the demo was made, as far as the check needs it."""
    demo = tmp_path / "demo-office"
    shutil.copytree(demo_office / "stick" / "to-office", demo / "stick" / "to-office")
    for name in ("recovery-key.txt", "allowed_signers"):
        shutil.copyfile(demo_office / name, demo / name)
    return tmp_path


def flip_a_byte(path, place=0.5):
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 1
    path.write_bytes(bytes(data))


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def first_package(folder):
    return min((folder / "demo-office" / "stick" / "to-office").glob("MC-*.mcp"))


def test_both_languages_type_the_same():
    assert steps("zh") == steps("en")
    assert len(steps("zh")) == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_package_is_checked_as_the_manual_says(folder, language):
    typed = type_lines(folder, *steps(language))

    assert typed.returncode == 0, typed.stderr
    assert 'Good "mingcha-manifest@v1" signature for ' in typed.stdout
    assert typed.stdout.count(": OK") == len(list((folder / "demo-office" / "by-hand" / "o").iterdir())) > 2


def test_a_photo_comes_out_byte_for_byte_and_its_sender_is_a_laptop_of_the_demo(demo_office, folder):
    unpack, check_signature, _check_contents = steps("zh")
    assert type_lines(folder, unpack).returncode == 0
    by_hand = folder / "demo-office" / "by-hand"

    checked = type_lines(by_hand, check_signature)

    sender = json.loads((by_hand / "manifest.json").read_bytes())["sender"]["node"]
    assert f" signature for {sender} " in checked.stdout
    taken = {sha256_of(path) for path in (demo_office / "material").rglob("*.jpg")}
    carried = {sha256_of(path) for path in (by_hand / "o").iterdir()}
    assert len(taken & carried) >= 10


@pytest.mark.parametrize("place", [0.01, 0.5, 0.99])
def test_a_flipped_byte_of_the_package_is_found(folder, place):
    flip_a_byte(first_package(folder), place)

    assert type_lines(folder, *steps("zh")).returncode != 0


def test_a_package_cut_short_is_found(folder):
    package = first_package(folder)
    package.write_bytes(package.read_bytes()[: -(1 << 16)])

    assert type_lines(folder, *steps("zh")).returncode != 0


@pytest.mark.parametrize("changed", ["manifest.json", "manifest.sig"])
def test_a_flipped_byte_of_what_was_signed_is_found(folder, changed):
    unpack, check_signature, _check_contents = steps("zh")
    assert type_lines(folder, unpack).returncode == 0
    by_hand = folder / "demo-office" / "by-hand"
    assert type_lines(by_hand, check_signature).returncode == 0

    flip_a_byte(by_hand / changed)

    assert type_lines(by_hand, check_signature).returncode != 0


def changed_object(objects):
    flip_a_byte(next(objects.iterdir()))


def missing_object(objects):
    next(objects.iterdir()).unlink()


def unlisted_object(objects):
    (objects / ("0" * 64)).write_bytes(b"smuggled in")


@pytest.mark.parametrize("spoil", [changed_object, missing_object, unlisted_object])
def test_contents_that_are_not_those_of_the_list_are_found(folder, spoil):
    unpack, _check_signature, check_contents = steps("zh")
    assert type_lines(folder, unpack).returncode == 0
    by_hand = folder / "demo-office" / "by-hand"
    assert type_lines(by_hand, check_contents).returncode == 0

    spoil(by_hand / "o")

    assert type_lines(by_hand, check_contents).returncode != 0
