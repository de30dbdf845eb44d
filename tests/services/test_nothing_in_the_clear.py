"""After a whole loop no name, no finding and no byte of evidence lies readable in a workspace, on the stick, in the
temporary folder or in the home folder."""

import base64
import tempfile

import pytest
from PIL import Image

from desktop.keys.passphrase import KdfCost
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from desktop.services.packages.write_receipts import write_receipts
from desktop.services.records.describe_media import thumbnail
from desktop.services.records.visit_values import read_visit
from desktop.services.upkeep.back_up_workspace import back_up_workspace
from desktop.services.upkeep.verify_workspace import verify_workspace
from desktop.services.visits.sign_visit import sign_visit
from tests.services.worlds import CHECKLIST

NAMES = ("云泽市政务服务和大数据管理局", "市政务大数据局", "澄湖区", "欧阳㛃", "王五", "侯八")
FINDINGS = ("三号窗口空岗二十分钟", "一名工作人员离岗", "环湖路三号", "右侧柜台全景")
FAST = KdfCost(memory_kib=64, passes=1)


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A home folder and a temporary folder of our own."""
    folders = {name: tmp_path / name for name in ("home", "tmp")}
    for folder in folders.values():
        folder.mkdir()
    for name in ("HOME", "USERPROFILE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(folders["home"]))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folders["tmp"]))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tuple(folders.values())


@pytest.fixture
def photo(tmp_path):
    """A photo outside of everything that is searched."""
    path = tmp_path / "camera" / "三号窗口.jpg"
    path.parent.mkdir()
    Image.effect_noise((320, 240), 80).convert("RGB").save(path)
    return path


@pytest.fixture
def run(world, elsewhere, photo):
    """Everything that has been written while the loop was run, as {path: bytes}."""
    plan = world.plan(
        mode="暗访",
        route=FINDINGS[2],
        leader="侯八",
        objects=[{"unit": "市政务大数据局", "checklist": CHECKLIST}],
    )
    seal_mission(world.office, plan.id, "leader-passphrase", cost=FAST)
    assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
    world.merge(world.anna, world.mission_package(world.anna))
    unseal_mission(world.anna, plan.id, "leader-passphrase")
    visit = next(iter(plan.visits))
    world.record(
        world.anna,
        visit,
        answers=[{"item": 1, "deduct": 2, "facts": FINDINGS[0]}],
        observations=[{"at": "09:40", "fact": FINDINGS[1]}],
        evidence=[{"path": str(photo), "caption": FINDINGS[3]}],
    )
    sign_visit(world.anna, visit)
    package = world.results(world.anna)
    world.merge(world.office, world.file("cut.mcp", package.read_bytes()[:-50]), package)
    world.merge(world.anna, write_receipts(world.office, world.stick)[0].path)
    (evidence,) = read_visit(world.office.db, visit).evidence
    assert thumbnail(world.office, evidence["sha256"], 64)[:3] == b"\xff\xd8\xff"
    back_up_workspace(world.office, world.stick)
    assert verify_workspace(world.office).is_sound
    written = _files(world.folder) | _files(elsewhere[0]) | _files(elsewhere[1])
    world.close()
    return written | _files(world.folder) | _files(elsewhere[0]) | _files(elsewhere[1])


def _files(folder):
    # The sheet and the JSON files are what the clerk typed in; they are not the program's.
    typed = {path for pattern in ("*.xlsx", "file-*.json") for path in folder.glob(pattern)}
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path not in typed}


def needles(photo):
    for text in (*NAMES, *FINDINGS):
        for encoding in ("utf-8", "utf-16-le", "gbk"):
            if encoding != "gbk" or text.encode("gbk", "ignore"):
                yield text, text.encode(encoding, "ignore")
        yield text, text.encode("unicode_escape")
    data = photo.read_bytes()
    for start in range(0, len(data) - 48, 509):
        piece = data[start : start + 48]
        yield f"photo at {start}", piece
        yield f"photo at {start}", base64.b64encode(piece[:45])


def test_nothing_readable_is_left_anywhere(run, photo):
    names = "\0".join(str(path) for path in run)
    assert len(run) > 20

    found = [
        (what, path)
        for what, needle in needles(photo)
        for path, data in run.items()
        if len(needle) > 5 and needle in data
    ]

    assert found == []
    assert not any(text in names for text in (*NAMES, *FINDINGS, photo.name))


def test_the_search_would_find_what_is_there(photo):
    data = f"…{FINDINGS[0]}…".encode() + photo.read_bytes()

    found = {what for what, needle in needles(photo) if needle in data}

    assert FINDINGS[0] in found
    assert "photo at 0" in found
