"""The workspaces that everything is measured on: an office, a field node, one unit, visits of twenty findings."""

import json
from pathlib import Path
from random import Random

from desktop.documents.read_sheet import SheetRow
from desktop.documents.write_sheet import write_sheet
from desktop.exchange.manifest import PackageKind
from desktop.keys.passphrase import KdfCost
from desktop.services.master_data.import_sheet import import_sheet
from desktop.services.packages.export_package import export_to_node
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.read_json import read_json_file
from desktop.services.setup.create_workspace import create_field_node, create_office
from desktop.services.setup.enroll_node import enroll_node, own_card
from desktop.services.visits.record_visit import record_visit
from desktop.services.workspace.open_workspace import open_workspace
from desktop.services.workspace.workspace import Workspace

PASSPHRASE = "benchmark-passphrase"  # noqa: S105  opens nothing but what is thrown away
CHECKLIST = "ZWDT-2026-V1"
UNIT = {
    "sort_no": 10,
    "name": "澄湖区人民政府",
    "short": "澄湖区",
    "kind": "县区",
    "group": "县区一组",
    "uscc": "11997102071000016E",
}
# The cost of the pass phrase is no subject here.
_CHEAP = KdfCost(memory_kib=64, passes=1)


def found(folder: Path) -> tuple[Workspace, Workspace]:
    """Make an office with one unit, and a field node that has received its mission."""
    folder.mkdir(parents=True)
    office = create_office(folder / "office", "云泽市政府督查室", "张三", PASSPHRASE, cost=_CHEAP).workspace
    field = create_field_node(folder / "field", "外业一", "李四", PASSPHRASE, own_card(office), cost=_CHEAP)
    enroll_node(office, own_card(field))
    sheet = folder / "units.xlsx"
    write_sheet("units", [SheetRow(UNIT)], sheet)
    import_sheet(office, "units", sheet.read_bytes())
    mission = export_to_node(office, field.node, PackageKind.MISSION, folder)
    if not merge_packages(field, [mission.path]).is_complete:
        raise AssertionError("the field node did not take its mission")
    return office, field


def opened(folder: Path) -> Workspace:
    return open_workspace(folder, PASSPHRASE)


def make_photo(dice: Random) -> bytes:
    """The size of a photo, 300 KB to 3 MB with many small ones, and as little compressible as one.

    Nothing here looks at the picture.
    """
    return b"\xff\xd8\xff\xe0" + dice.randbytes(int(300_000 * 10 ** dice.random()))


def record_visits(field: Workspace, folder: Path, visits: int, photos: int, seed: int) -> list[Path]:
    """Record visits of twenty findings (14 answers, 6 observations) with photos; returns the photo files."""
    dice, files = Random(seed), []
    for number in range(visits):
        evidence = []
        for _ in range(photos):
            file = folder / f"photo-{len(files):04}.bin"
            file.write_bytes(make_photo(dice))
            files.append(file)
            evidence.append({"path": file.name, "caption": f"现场第{number}次"})
        path = folder / "visit.json"
        path.write_text(json.dumps(_visit(number, evidence), ensure_ascii=False), encoding="utf-8")
        record_visit(field, read_json_file(path, "visit"))
    return files


def _visit(number: int, evidence: list[dict[str, str]]) -> dict[str, object]:
    answers = [
        {
            "item": item,
            "deduct": "1" if item == 1 else 0,
            "facts": f"第{number}次检查第{item}项：现场情况正常",
        }
        for item in range(1, 15)
    ]
    observations = [
        {"at": f"09:4{n}", "place": f"{n}号窗口", "fact": f"第{number}次观察：工作人员在岗"} for n in range(6)
    ]
    return {
        "unit": UNIT["short"],
        "checklist": CHECKLIST,
        "started_at": "2026-11-20T09:30",
        "answers": answers,
        "observations": observations,
        "evidence": evidence,
    }
