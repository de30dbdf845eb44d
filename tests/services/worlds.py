"""A small world to test with: an office and two laptops, real folders and packages, a clock that is told the time."""

import json
import shutil
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.documents.read_sheet import SheetRow
from desktop.documents.write_sheet import write_sheet
from desktop.exchange.manifest import PackageKind
from desktop.keys.passphrase import KdfCost
from desktop.services.master_data.import_sheet import import_sheet
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.plan_mission import plan_mission
from desktop.services.packages.export_package import export_results, export_to_node
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.list_records import list_records
from desktop.services.records.read_json import read_json_file
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.enroll_node import enroll_node, own_card
from desktop.services.visits.record_visit import record_visit
from desktop.services.workspace.open_workspace import open_workspace
from desktop.services.workspace.workspace import Workspace

FAST = KdfCost(memory_kib=64, passes=1)
PASSPHRASE = "demo-passphrase"
START_MS = round(datetime(2026, 11, 20, 1, 30, tzinfo=UTC).timestamp() * 1000)
HOUR_MS = 3600 * 1000
CHECKLIST = "ZWDT-2026-V1"
UNITS = (
    {
        "sort_no": 10,
        "name": "澄湖区人民政府",
        "short": "澄湖区",
        "kind": "县区",
        "group": "县区一组",
        "uscc": "11997102071000016E",
        "contact": "联系人甲",
        "phone": "0999-88005179",
    },
    {
        "sort_no": 20,
        "name": "云泽市政务服务和大数据管理局",
        "short": "市政务大数据局",
        "kind": "市直部门",
        "group": "执法组",
        "is_enforcement": "是",
    },
)


class Clock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, now_ms=START_MS):
        self.now_ms = now_ms

    def __call__(self):
        return self.now_ms

    def go_on(self, ms=1000):
        self.now_ms += ms


@dataclass
class World:
    """``office``, ``anna`` and ``bert`` are open workspaces below ``folder``; ``stick`` is the USB stick."""

    folder: Path
    clock: Clock
    recovery_key: str = ""
    office: Workspace | None = None
    anna: Workspace | None = None
    bert: Workspace | None = None
    visits: tuple[str, ...] = ()
    _files: int = field(default=0)

    @property
    def stick(self):
        return self.folder / "stick"

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def open(self):
        for name in ("office", "anna", "bert"):
            setattr(self, name, self.opened(name))
        return self

    def opened(self, name, **options):
        return open_workspace(self.folder / name, PASSPHRASE, clock_ms=self.clock, **options)

    def close(self):
        with ExitStack() as stack:
            for workspace in (self.office, self.anna, self.bert):
                if workspace is not None:
                    stack.callback(workspace.close)
        self.office = self.anna = self.bert = None

    def copy_of(self, name, copy):
        """Open a copy of a closed workspace; the caller closes it."""
        shutil.copytree(self.folder / name, self.folder / copy)
        return self.opened(copy)

    def json_file(self, value):
        self._files += 1
        path = self.folder / f"file-{self._files}.json"
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    def file(self, name, content=b"evidence"):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def plan(self, **changes):
        mission = {
            "title": "一季度督查",
            "mode": "明查",
            "objects": [{"unit": "澄湖区", "checklist": CHECKLIST}],
        }
        return plan_mission(self.office, read_json_file(self.json_file(mission | changes), "mission"))

    def record(self, node, visit_id=None, **changes):
        visit = {"answers": [{"item": 1, "deduct": "2", "facts": "窗口空岗"}], **changes}
        if visit_id:
            visit["visit"] = visit_id
        return record_visit(node, read_json_file(self.json_file(visit), "visit"))

    def results(self, node, **options):
        """Write a package for the office and return its file."""
        self.clock.go_on()
        return export_results(node, self.stick, **options).path

    def mission_package(self, node, kind=PackageKind.MISSION):
        self.clock.go_on()
        return export_to_node(self.office, node.node, kind, self.stick).path

    def merge(self, workspace, *files, **options):
        self.clock.go_on()
        return merge_packages(workspace, files, **options).files

    def bring(self, node):
        """Carry the results of a node to the office."""
        return self.merge(self.office, self.results(node))[0]

    def answer_back(self, node):
        """Carry a receipt to a node."""
        return self.merge(node, self.mission_package(node, PackageKind.RECEIPT))[0]


def found_world(folder, clock):
    """An office with two units and two laptops enrolled; and three visits assigned: to anna, to bert, to both."""
    world = World(folder, clock)
    world.stick.mkdir(parents=True)
    new = create_office(folder / "office", "云泽市政府督查室", "张三", PASSPHRASE, cost=FAST, clock_ms=clock)
    world.office, world.recovery_key = new.workspace, new.recovery_key
    card = own_card(world.office)
    for name, person in (("anna", "欧阳㛃"), ("bert", "王五")):
        node = create_field_node(
            folder / name, f"外业{person}", person, PASSPHRASE, card, cost=FAST, clock_ms=clock
        )
        setattr(world, name, node)
        enroll_node(world.office, own_card(node))
    sheet = folder / "units.xlsx"
    write_sheet("units", [SheetRow(unit) for unit in UNITS], sheet)
    assert import_sheet(world.office, "units", sheet.read_bytes()).created == 2
    _assign_visits(world)
    for node in (world.anna, world.bert):
        assert world.merge(node, world.mission_package(node))[0].outcome == "applied"
    return world


def _assign_visits(world):
    visit = {"unit": "澄湖区", "checklist": CHECKLIST, "planned_on": "2026-11-20"}
    plan = world.plan(objects=[visit] * 3)
    world.visits = tuple(plan.visits)
    first, second, third = world.visits
    for node, visits in ((world.anna, (first, third)), (world.bert, (second, third))):
        assign_visits(world.office, plan.id, find_node_by_name(world.office, node.node), visits)


def rows(workspace, kind):
    return list_records(workspace, kind).rows


def events(workspace):
    """What the log of this node says happened, oldest first."""
    return [row["event"] for row in rows(workspace, "log")]


def dump(workspace):
    """Every row of every table."""
    db = workspace.db
    tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in tables}  # noqa: S608  a name of the schema


def files_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("workspace.db", "workspace.db-wal", "workspace.db-shm")
    }
