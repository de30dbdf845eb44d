"""After a covert session through the window nothing of it lies readable in the workspace, on the stick, in the
temporary folder or at home: neither when it was ended nor when the process was killed in the middle."""

import base64
from urllib.parse import quote

import pytest

from desktop.services.visits.note_observation import observations_of
from desktop.services.workspace.open_workspace import open_workspace
from tests.office.covert_stage import covert_stage
from tests.office.covert_words import FACT, NAMES, TYPED, encodings
from tests.office.window_session import STOP
from tests.services.worlds import PASSPHRASE

STRETCH = 48


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = tmp_path_factory.mktemp("covert")
    return covert_stage(folder / "laptop", folder / "outside")


@pytest.fixture(scope="module")
def killed(stage):
    """What lay on the disks, as {path: bytes}, when the process had been killed, and what it had printed."""
    said = stage.play_until_killed()
    return written(stage), said


@pytest.fixture(scope="module")
def ended(stage, killed):
    """The same after another session, on the workspace as the killed process left it, that was ended as usual."""
    said = stage.play()
    return written(stage), said


def written(stage):
    folders = (
        stage.world / "anna",
        stage.world / "office",
        stage.world.parent / "out",
        stage.home,
        stage.tmp,
    )
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}


def needles(stage):
    found = {form: text for text in (*NAMES, PASSPHRASE, stage.photo.stem) for form in encodings(text)}
    data = stage.photo.read_bytes()
    starts = range(600, len(data) - STRETCH, 4099)
    return found | {data[start : start + STRETCH]: f"photo at {start}" for start in starts}


def found_in(data, stage):
    return [text for form, text in needles(stage).items() if form in data]


def test_a_killed_session_leaves_nothing_readable(stage, killed):
    files, said = killed

    assert any(path.name.endswith("-wal") and data for path, data in files.items())
    assert [(path.name, found_in(data, stage)) for path, data in files.items() if found_in(data, stage)] == []
    assert found_in("\0".join(map(str, files)).encode(), stage) == []
    assert found_in(said.encode(), stage) == []


def test_a_session_that_was_ended_leaves_nothing_readable(stage, ended):
    files, said = ended

    assert [(path.name, found_in(data, stage)) for path, data in files.items() if found_in(data, stage)] == []
    assert found_in("\0".join(map(str, files)).encode(), stage) == []
    assert found_in(said.encode(), stage) == []
    assert STOP in said


def test_at_home_lie_the_settings_of_the_window_and_nothing_else(stage, ended):
    assert [path.name for path in stage.tmp.rglob("*")] == []
    kept = {path.name: path.read_text(encoding="utf-8") for path in stage.home.rglob("*") if path.is_file()}
    # Qt makes a file for what its dialogs noted; the notes are taken out again.
    assert kept.pop("QtProject.conf", "") == ""
    assert list(kept) == ["settings.json"]


def test_what_was_noted_before_the_kill_and_after_it_is_there(stage, ended):
    with open_workspace(stage.world / "anna", PASSPHRASE) as workspace:
        seen = [each.fact for each in observations_of(workspace, stage.order["visit"])]

    assert seen == [FACT, TYPED] * 2


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030", "percent", "base64"])
def test_the_search_finds_what_does_lie_there(stage, coding):
    text = f"x{FACT}y"
    data = {
        "percent": lambda: quote(text).encode(),
        "base64": lambda: base64.b64encode(f"{text} and more".encode()),
    }.get(coding, lambda: text.encode(coding))()

    assert FACT in found_in(data, stage)


def test_the_search_finds_a_stretch_of_the_photo(stage):
    assert "photo at 600" in found_in(stage.photo.read_bytes(), stage)
