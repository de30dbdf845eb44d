"""Missions whose places were drawn at random, for tests."""

from desktop.domain.draw_record import encode_draw
from desktop.exchange.manifest import PackageKind
from desktop.services.missions.draw_places import draw_places
from desktop.services.missions.mission_choices import mission_choices
from desktop.services.missions.save_mission import EMPTY_FORM
from desktop.services.packages.export_package import export_to_node
from desktop.services.packages.merge_packages import merge_packages
from tests.services.worlds import CHECKLIST

PASSPHRASE = "组长记得住的一句长口令"
OTHER_WITNESS = "李见证"


def units(world):
    return mission_choices(world.office).units


def drawn(world, count=1, **said):
    return draw_places(world.office, units(world), count, **said)


def form_of(*draws, **changes):
    """A form as its editor holds it: every place that was drawn is visited."""
    places = [place for draw in draws for place in draw.result]
    objects = [
        {"unit": p.unit, "site": p.site, "checklist": CHECKLIST, "planned_on": "", "node": ""} for p in places
    ]
    said = {"title": "双随机抽查", "leader": "李四", "objects": objects, "draws": [*map(encode_draw, draws)]}
    return {**EMPTY_FORM, **said, **changes}


def covert_form(*draws, **changes):
    return form_of(*draws, mode="暗访", cover_name="资料整理", **changes)


def carried(world, tmp_path):
    """The office sends to anna what she has to know."""
    out = tmp_path / "out"
    out.mkdir()
    written = export_to_node(world.office, world.anna.node, PackageKind.MISSION, out)
    merge_packages(world.anna, [written.path])
