import json
from pathlib import Path

import pytest

from desktop.settings import (
    RecentWorkspace,
    Settings,
    SettingsNotSavedError,
    Theme,
    read_settings,
    save_settings,
    settings_file,
)

OFFICE = RecentWorkspace("/srv/office", "云泽市政府督查室", "office")


def test_what_is_saved_is_read_again(tmp_path):
    settings = Settings("en", Theme.DARK, "00ff", (OFFICE,))
    path = tmp_path / "new" / "settings.json"

    save_settings(path, settings)

    assert read_settings(path) == settings


@pytest.mark.parametrize(
    "content",
    ["", "not json", "[]", '{"language": "fr", "theme": 3, "geometry": "xyz", "recent": {}}', "[" * 100_000],
)
def test_a_damaged_file_gives_the_defaults(tmp_path, content):
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")

    assert read_settings(path) == Settings()


def test_a_row_that_is_not_understood_is_left_out(tmp_path):
    path = tmp_path / "settings.json"
    good = {"folder": "/srv/office", "name": "云泽市政府督查室", "kind": "office"}
    path.write_text(
        json.dumps({"recent": [good, {"folder": 3}, good | {"kind": "province"}]}), encoding="utf-8"
    )

    assert read_settings(path).recent == (OFFICE,)


def test_a_workspace_that_is_opened_again_moves_to_the_front():
    others = tuple(RecentWorkspace(f"/srv/{n}", "n", "field") for n in range(8))

    settings = Settings(recent=others).opened(OFFICE).opened(others[0])

    assert settings.recent[:3] == (others[0], OFFICE, others[1])
    assert len(settings.recent) == 8


def test_a_forgotten_workspace_is_off_the_list():
    assert Settings(recent=(OFFICE,)).forgot(OFFICE.folder).recent == ()


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    blocked = tmp_path / "file"
    blocked.touch()

    with pytest.raises(SettingsNotSavedError):
        save_settings(blocked / "settings.json", Settings())


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({"MINGCHA_SETTINGS": "/a/b.json"}, "linux", Path("/a/b.json")),
        ({"APPDATA": "/data"}, "win32", Path("/data/mingcha/settings.json")),
        ({"XDG_CONFIG_HOME": "/conf"}, "linux", Path("/conf/mingcha/settings.json")),
        ({}, "linux", Path.home() / ".config/mingcha/settings.json"),
        ({}, "darwin", Path.home() / "Library/Application Support/mingcha/settings.json"),
    ],
)
def test_the_file_lies_where_the_system_keeps_settings(environment, platform, expected):
    assert settings_file(environment, platform) == expected


def test_on_a_stick_workspaces_are_found_where_the_stick_is_now(tmp_path):
    stick = tmp_path / "E"
    (stick / "data").mkdir(parents=True)
    (stick / "office").mkdir()
    settings = Settings(recent=(RecentWorkspace(str(stick / "office"), "云泽市政府督查室", "office"),))
    save_settings(stick / "data" / "settings.json", settings, is_carried=True)

    stick.rename(tmp_path / "F")

    found = read_settings(tmp_path / "F" / "data" / "settings.json").recent
    assert [each.folder for each in found] == [str(tmp_path / "F" / "office")]
    assert str(tmp_path) not in (tmp_path / "F" / "data" / "settings.json").read_text(encoding="utf-8")


def test_a_workspace_on_another_disk_or_one_that_is_gone_keeps_its_place(tmp_path):
    gone = RecentWorkspace(str(tmp_path / "gone"), "n", "field")
    elsewhere = RecentWorkspace("/proc", "n", "field")
    path = tmp_path / "settings.json"

    save_settings(path, Settings(recent=(gone, elsewhere)), is_carried=True)

    assert read_settings(path).recent == (gone, elsewhere)
