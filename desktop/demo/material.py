"""What the inspectors of the demo bring home: a VISIT.json for each visit, and the photos it names beside it."""

import json
import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.demo.city import FOLDER, demo_rows, read_demo_json
from desktop.documents.sheet_columns import Value
from desktop.media.demo_exif import Camera, Position
from desktop.media.demo_photo import DemoPhoto, Scene, draw_photo

CITY_CENTRE = (34_500_000, 122_300_000)
"""In the open sea, like every place of this city: no real one is meant."""
_ROUGH_UDEG = 10_000


def read_demo_visit(name: str) -> dict[str, Any]:
    """A visit of ``resources/demo/visits``, as VISIT.json has it but for the id that the office gives it."""
    visit: dict[str, Any] = read_demo_json(f"visits/{name}.json")
    return visit


def visit_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in (FOLDER / "visits").glob("*.json")))


def demo_photos(visit: Mapping[str, Any]) -> Iterator[tuple[str, DemoPhoto]]:
    """(path beside the VISIT.json, what it shows) of every photo of a visit.

    A camera whose clock is wrong writes another time than the one the inspector noted.
    """
    shots = read_demo_json("photos.json")
    centre = _centre(visit.get("site", ""))
    for row in visit.get("evidence", ()):
        name = Path(row["path"]).name
        shot = shots[name]
        moment = datetime.fromisoformat(row["taken_at"]) + timedelta(hours=shot.get("clock_shift_hours", 0))
        yield (
            row["path"],
            DemoPhoto(
                scene=Scene(shot["scene"]),
                caption=row["caption"],
                place=row["place"],
                taken_at=moment,
                seed=shot.get("like", name),
                camera=Camera(shot["camera"]),
                position=_position(shot["position"], centre),
                orientation=shot.get("orientation", 1),
            ),
        )


def write_material(folder: Path, name: str, visit_id: str = "") -> Path:
    """Lay a visit and its photos down in ``folder`` and return its VISIT.json. ``visit_id``: of a planned visit."""
    visit = read_demo_visit(name)
    for path, photo in demo_photos(visit):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            target.write_bytes(draw_photo(photo))
            os.utime(target, times=(photo.taken_at.timestamp(),) * 2)
    file = folder / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    identified = {"visit": visit_id, **visit} if visit_id else visit
    file.write_text(json.dumps(identified, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return file


def _centre(site: str | Mapping[str, str]) -> tuple[int, int]:
    """Where a site lies; the middle of the city for one that is not in the list."""
    for row in demo_rows("sites"):
        if row.values["name"] == site:
            return _udeg(row.values["latitude"]), _udeg(row.values["longitude"])
    return CITY_CENTRE


def _udeg(degrees: Value | None) -> int:
    return round(Decimal(str(degrees)) * 1_000_000)


def _position(kind: str, centre: tuple[int, int]) -> Position | None:
    """``kind``: exact, rough (to a hundredth of a degree), malformed or none."""
    if kind == "none":
        return None
    if kind == "rough":
        latitude, longitude = (udeg // _ROUGH_UDEG * _ROUGH_UDEG for udeg in centre)
        return Position(latitude, longitude)
    return Position(*centre, is_broken=kind == "malformed")
