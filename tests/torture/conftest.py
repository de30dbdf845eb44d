"""One world for all faults, with visits recorded and packages on the stick; every try works on a copy."""

import json
import tempfile
from pathlib import Path

import pytest

from tests.services.worlds import CHECKLIST, HOUR_MS, Clock, World, found_world
from tests.torture.pictures import photo
from tests.torture.plaintext import FACT, PLACE


@pytest.fixture(scope="session")
def theatre(tmp_path_factory):
    """A closed world: anna has recorded and exported; ``packages`` lie on the stick and are known nowhere."""
    with found_world(tmp_path_factory.mktemp("torture") / "world", Clock()) as world:
        for number in range(4):
            world.file(f"photo-{number}.jpg", photo(number, 200 + 150 * number))
        for number, visit in enumerate((world.visits[0], None, None)):
            planned = {} if visit else {"unit": "澄湖区", "checklist": CHECKLIST}
            world.record(world.anna, visit, **planned, **findings(number))
            world.results(world.anna)
        world.record(world.bert, world.visits[1], **findings(3))
        world.results(world.bert)
        visits, now_ms = world.visits, world.clock.now_ms + 2 * HOUR_MS
    return World(world.folder, Clock(now_ms), world.recovery_key, visits=visits)


@pytest.fixture(scope="session")
def visit_files(theatre):
    """VISIT.json files with evidence beside them, not recorded yet."""
    files = []
    for number in range(5):
        visit = {"unit": "澄湖区", "checklist": CHECKLIST, **findings(number % 4)}
        path = theatre.folder / f"new-visit-{number}.json"
        path.write_text(json.dumps(visit, ensure_ascii=False), encoding="utf-8")
        files.append(path)
    return tuple(files)


@pytest.fixture(scope="session")
def photo_files(theatre):
    files = []
    for number in range(8):
        path = theatre.folder / f"new-photo-{number}.jpg"
        path.write_bytes(photo(100 + number, 300))
        files.append(path)
    return tuple(files)


@pytest.fixture(scope="session")
def packages(theatre):
    """Packages for the office: three of anna, one of bert; oldest first."""
    mission = {path.name for path in theatre.stick.glob("*.mcp")} - set(result_names(theatre))
    assert mission
    return tuple(theatre.stick / name for name in result_names(theatre))


def result_names(world):
    """The names of the 成果包 that anna and bert wrote."""
    names = []
    for name in ("anna", "bert"):
        with world.opened(name, read_only=True) as node:
            rows = node.db.execute("SELECT file_name FROM package WHERE direction = 'out' ORDER BY seq")
            names += [row[0] for row in rows.fetchall()]
    return names


def findings(number):
    """What a visit found, with one photo as evidence."""
    return {
        "answers": [{"item": 1, "deduct": "2", "facts": f"{FACT}，第{number}次"}, {"item": 2, "deduct": 0}],
        "observations": [{"at": "09:40", "place": PLACE, "fact": "一名工作人员离岗"}],
        "evidence": [{"path": f"photo-{number}.jpg", "item": 1, "caption": PLACE}],
    }


@pytest.fixture
def temp_folder(tmp_path, monkeypatch):
    """Where this process, and any library in it, puts what it calls temporary."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def scratch(tmp_path):
    """A place for what is left of hundreds of disks: in memory, where the system has such a folder."""
    in_memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=in_memory if in_memory.is_dir() else tmp_path) as folder:
        yield Path(folder)
