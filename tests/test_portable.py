import os
import sys
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from desktop.errors import UserError
from desktop.portable import DATA_FOLDER, MARKER, carried_in, go_portable

VERBS = ("new", "list")
XDG = ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
TURNED = ("HOME", *XDG, "TMPDIR", "TEMP", "TMP", "APPDATA", "LOCALAPPDATA", "USERPROFILE")


@pytest.fixture(autouse=True)
def bytecode(monkeypatch):
    """As before, when the test is over."""
    monkeypatch.setattr(sys, "dont_write_bytecode", sys.dont_write_bytecode)


@pytest.fixture
def program(tmp_path):
    """A program that lies in a folder without a marker."""
    folder = tmp_path / "stick" / "program"
    folder.mkdir(parents=True)
    return folder


def gone(arguments, program, **environment):
    """What is left of the arguments, and the environment after it."""
    environment = {"HOME": str(program.parent / "real-home"), **environment}
    return go_portable(arguments, VERBS, environment, program), environment


def test_without_option_and_marker_nothing_changes(program):
    left, environment = gone(["list", "W"], program)

    assert left == ["list", "W"]
    assert list(environment) == ["HOME"]
    assert carried_in(environment) is None


@pytest.mark.parametrize("spelling", ["two words", "one word"])
def test_everything_that_libraries_write_is_turned_to_the_folder(program, tmp_path, spelling):
    folder = tmp_path / "stick" / "数 据 & <1>"
    option = ["--portable", str(folder)] if spelling == "two words" else [f"--portable={folder}"]

    left, environment = gone(["--lang", "en", *option, "list", "W"], program)

    assert left == ["--lang", "en", "list", "W"]
    assert carried_in(environment) == folder
    assert environment["MINGCHA_SETTINGS"] == str(folder / "settings.json")
    for name in TURNED:
        assert folder in Path(environment[name]).parents
        assert Path(environment[name]).is_dir()
    fonts = Path(environment["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
    assert f"<cachedir>{escape(str(folder))}/home/.cache/fontconfig</cachedir>" in fonts
    assert sys.dont_write_bytecode


def test_a_second_start_finds_what_the_first_one_made(program, tmp_path):
    option = ["--portable", str(tmp_path / "data")]
    first = gone(option, program)[1]
    fonts = Path(first["FONTCONFIG_FILE"])
    before = fonts.stat().st_mtime_ns

    assert gone(option, program)[1] == first
    assert fonts.stat().st_mtime_ns == before


def test_an_option_behind_a_command_belongs_to_the_command(program):
    arguments = ["new", "W", "--portable", "--office", "x"]

    assert gone(arguments, program) == (arguments, {"HOME": str(program.parent / "real-home")})


@pytest.mark.parametrize("arguments", [["--portable"], ["--portable="]])
def test_an_option_without_a_folder_is_left_to_be_refused(program, arguments):
    assert gone(arguments, program)[0] == arguments


@pytest.mark.parametrize("place", ["beside the program", "one folder above it"])
def test_a_marker_makes_it_so_without_options(program, place):
    marked = program if place == "beside the program" else program.parent
    (marked / MARKER).touch()

    left, environment = gone([], program)

    assert left == []
    assert carried_in(environment) == marked / DATA_FOLDER


def test_the_checkout_and_an_installed_program_carry_no_marker(monkeypatch, tmp_path):
    environment = {}
    assert go_portable(["list"], VERBS, environment) == ["list"]
    (tmp_path / MARKER).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "mingcha"))
    go_portable([], VERBS, environment)

    assert carried_in(environment) == tmp_path / DATA_FOLDER


def test_a_folder_that_cannot_be_used_stops_the_start(program, tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(UserError, match="file"):
        gone(["--portable", str(tmp_path / "file" / "data")], program)


def test_the_key_to_the_screen_and_the_way_to_chinese_input_are_still_found(program):
    home = program.parent / "real-home"
    buses = home / ".config" / "ibus" / "bus"
    buses.mkdir(parents=True)
    for name in ("0a-unix-0", "0a-unix-1", "0a-unix-wayland-0"):
        (buses / name).touch()
    (home / ".Xauthority").touch()
    option = ["--portable", str(program.parent / "data")]

    on_x = gone(option, program, DISPLAY=":1.0")[1]
    on_wayland = gone(option, program, DISPLAY=":1", WAYLAND_DISPLAY="wayland-0")[1]

    assert on_x["XAUTHORITY"] == str(home / ".Xauthority")
    assert on_x["IBUS_ADDRESS_FILE"] == str(buses / "0a-unix-1")
    assert on_wayland["IBUS_ADDRESS_FILE"] == str(buses / "0a-unix-wayland-0")


def test_what_somebody_set_stays(program):
    told = {"XAUTHORITY": "/key", "IBUS_ADDRESS_FILE": "/bus", "FONTCONFIG_FILE": "/fonts"}

    environment = gone(["--portable", str(program.parent / "data")], program, **told)[1]

    assert {name: environment[name] for name in told} == told


def test_the_environment_of_the_process_is_asked_by_default(monkeypatch):
    monkeypatch.setattr(os, "environ", os.environ)
    monkeypatch.setenv("MINGCHA_PORTABLE", "/stick/data")

    assert carried_in() == Path("/stick/data")
