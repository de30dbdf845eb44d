"""Only a demo that is whole is kept; that a sound one is kept is tested on the demo itself, in tests/office."""

import json

from desktop.demo.demo_folder import MARKER
from desktop.demo.kept_demo import find_kept_demo


def test_a_new_folder_holds_no_demo(tmp_path):
    assert find_kept_demo(tmp_path / "demo") is None


def test_a_demo_that_broke_off_is_not_kept(tmp_path):
    (tmp_path / MARKER).touch()

    assert find_kept_demo(tmp_path) is None


def test_a_demo_without_its_workspaces_is_not_kept(tmp_path):
    (tmp_path / MARKER).touch()
    (tmp_path / "summary.json").write_text(json.dumps({"counts": {}}))
    (tmp_path / "summary.txt").write_text("")

    assert find_kept_demo(tmp_path) is None
