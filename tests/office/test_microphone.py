"""Sound recorded with a microphone of the system, not with a source of the tests, and the microphone pulled out."""

import time

import pytest

from desktop.services.records.visit_values import read_visit
from desktop.services.workspace.open_workspace import open_workspace
from tests.office.keystroke_visit import Inspector, laptop_with_a_mission
from tests.office.window.hand import User, missing_tools, screen
from tests.office.window.sound_system import MICROPHONE, microphone, missing_sound_system, pull_out
from tests.services.worlds import PASSPHRASE

MISSING = (*missing_tools(), *missing_sound_system())

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not run: needs {', '.join(MISSING)}")

RECORDED_S = 3


def test_a_microphone_is_recorded_until_it_is_pulled_out(tmp_path):
    laptop = laptop_with_a_mission(tmp_path / "laptop")
    home = tmp_path / "inspector"
    with screen() as env, microphone(env, home) as env:
        user = User(env, home, tmp_path / "pictures")
        with user.program_running(laptop.folder):
            Inspector(user, laptop).open_visit()
            user.press("c")
            user.see(MICROPHONE)
            user.press("s")
            user.see("结束录音（S）")
            time.sleep(RECORDED_S)
            user.press("s")
            user.see("录音已存入")
            user.press("s")
            user.see("结束录音（S）")
            time.sleep(RECORDED_S)
            pull_out(env)
            user.see("麦克风出错，或已经拔出。")
            user.picture("pulled-out")
            assert not user.places("程序出现错误")
            user.press("Escape")

    with open_workspace(laptop.folder, PASSPHRASE, read_only=True) as workspace:
        found = read_visit(workspace.db, laptop.visit).evidence
    assert [row["mime"] for row in found] == ["audio/flac"] * 2
