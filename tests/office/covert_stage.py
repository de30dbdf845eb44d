"""A laptop with a sealed covert mission, the order to play a session on it, and the process that plays it."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.seal_mission import seal_mission
from tests.office.conftest import ROOT
from tests.office.covert_words import LEADER, LEADERS, ROUTE, TITLE
from tests.office.window_session import STOP
from tests.services.worlds import CHECKLIST, FAST, Clock, found_world
from tests.torture.pictures import photo

_PATIENCE_S = 240


@dataclass(frozen=True)
class Stage:
    """``outside`` holds what the session finds and must not touch: home, tmp, camera, the order."""

    world: Path
    outside: Path
    order: dict

    @property
    def photo(self):
        return Path(self.order["photo"])

    @property
    def home(self):
        return self.outside / "home"

    @property
    def tmp(self):
        return self.outside / "tmp"

    def command(self, **changes):
        path = self.outside / "order.json"
        path.write_text(json.dumps(self.order | changes, ensure_ascii=False), encoding="utf-8")
        return [sys.executable, "-B", "-m", "tests.office.session_process", str(path)]

    def environment(self):
        """Only what a session needs; above all not what measures coverage, which writes files of its own."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
        }

    def start(self, prefix=(), **changes):
        return subprocess.Popen(
            [*prefix, *self.command(**changes)],
            cwd=self.home,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )

    def play(self, prefix=(), **changes):
        """To the end; returns what was printed."""
        process = self.start(prefix, **changes)
        said, _none = process.communicate(timeout=_PATIENCE_S)
        assert process.returncode == 0, said
        return said

    def play_until_killed(self):
        """The process ends with the workspace open and a note just written; returns what was printed."""
        process = self.start(waits="to be killed")
        said = []
        for line in process.stdout:
            said.append(line)
            if line == STOP:
                process.send_signal(signal.SIGKILL)
        process.wait(_PATIENCE_S)
        process.stdout.close()
        assert process.returncode == -signal.SIGKILL, "".join(said)
        return "".join(said)


def covert_stage(folder, outside):
    """The world lies below ``folder``."""
    for name in ("home", "tmp", "camera"):
        (outside / name).mkdir(parents=True)
    picture = outside / "camera" / "三号窗口全景.jpg"
    picture.write_bytes(photo(1, 400))
    target = folder / "out"
    target.mkdir(parents=True)
    with found_world(folder / "world", Clock()) as world:
        plan = world.plan(
            title=TITLE,
            mode="暗访",
            cover_name="资料整理",
            route=ROUTE,
            leader=LEADER,
            objects=[{"unit": "市政务大数据局", "checklist": CHECKLIST}],
        )
        seal_mission(world.office, plan.id, LEADERS, cost=FAST)
        assign_visits(world.office, plan.id, find_node_by_name(world.office, world.anna.node))
        world.merge(world.anna, world.mission_package(world.anna))
    order = {
        "node": str(folder / "world" / "anna"),
        "mission": plan.id,
        "visit": next(iter(plan.visits)),
        "target": str(target),
        "photo": str(picture),
    }
    return Stage(folder / "world", outside, order)
