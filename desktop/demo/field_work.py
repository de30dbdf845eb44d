"""The work of a chapter: missions are planned and handed out, the teams go and record what they find."""

from collections.abc import Mapping

from desktop.demo.cast import Cast, Report
from desktop.demo.city import FOLDER
from desktop.demo.material import read_demo_visit, write_material
from desktop.demo.people import team_name
from desktop.demo.story import OFFICE, Chapter, Story
from desktop.exchange.manifest import PackageKind
from desktop.i18n import _
from desktop.services.missions.assign_mission import assign_visits, find_node_by_name
from desktop.services.missions.plan_mission import plan_mission
from desktop.services.missions.seal_mission import seal_mission, unseal_mission
from desktop.services.packages.export_package import export_to_node
from desktop.services.packages.merge_packages import merge_packages
from desktop.services.records.read_json import read_json_file
from desktop.services.visits.record_visit import record_visit
from desktop.services.visits.sign_visit import sign_visit

SEAL_PASSPHRASE = "demo-leader-passphrase"  # noqa: S105  # opens the sealed missions of the demo, as the summary says
Object = tuple[str, str, str]
"""Number of the mission, unit, site: what a visit is planned for."""


def issue_missions(cast: Cast, chapter: Chapter, story: Story, report: Report) -> Mapping[Object, str]:
    """Plan the missions of a chapter, seal the covert ones and carry the packages out; {object: visit id}."""
    cast.clock.advance_to(chapter.assigned_at)
    planned: dict[Object, str] = {}
    for team, names in chapter.missions.items():
        for name in names:
            planned |= _issue_mission(cast, name, team)
    shared = planned.get(_object(read_demo_visit(story.shared_visit)))
    if shared is not None:
        number = read_demo_visit(story.shared_visit)["mission"]
        assign_visits(
            cast.office, number, find_node_by_name(cast.office, team_name(story.shared_with)), [shared]
        )
    for team, workspace in cast.teams.items():
        folder = cast.folder / "stick" / f"to-{team}"
        folder.mkdir(exist_ok=True)
        package = export_to_node(cast.office, workspace.node, PackageKind.MISSION, folder)
        merge_packages(workspace, [package.path])
        report(_("{node} has its missions: {file}").format(node=team_name(team), file=package.path.name))
    return planned


def record_visits(
    cast: Cast, chapter: Chapter, story: Story, planned: Mapping[Object, str], report: Report
) -> Mapping[str, str]:
    """Unseal what is covert, record every visit with its photos and sign it, in the order of time.

    Returns {name of the visit file: visit id}. The visit of two laptops is not signed: its leader has yet to see
    both records.
    """
    recorded: dict[str, str] = {}
    for workspace_name, name in chapter.visits:
        visit = read_demo_visit(name)
        workspace = cast.workspace(workspace_name)
        cast.clock.advance_to(visit["started_at"])
        if visit["mode"] == "暗访":
            unseal_mission(workspace, visit["mission"], SEAL_PASSPHRASE)
        cast.clock.advance_to(visit["ended_at"])
        material = cast.folder / "material" / workspace_name
        file = write_material(material, name, planned.get(_object(visit), ""))
        recorded[name] = record_visit(workspace, read_json_file(file, "visit")).id
        if _object(visit) != _object(read_demo_visit(story.shared_visit)):
            sign_visit(workspace, recorded[name])
        place = _("the office, from paper") if workspace_name == OFFICE else team_name(workspace_name)
        report(_("Recorded at {place}: {unit}").format(place=place, unit=visit["unit"]))
    return recorded


def _issue_mission(cast: Cast, name: str, team: str) -> dict[Object, str]:
    file = read_json_file(FOLDER / "missions" / f"{name}.json", "mission")
    mission = plan_mission(cast.office, file)
    if mission.is_covert:
        seal_mission(cast.office, mission.id, SEAL_PASSPHRASE)
    assign_visits(cast.office, mission.id, find_node_by_name(cast.office, team_name(team)))
    objects = file.value["objects"]
    return {
        (file.value["no"], item["unit"], item.get("site", "")): visit_id
        for visit_id, item in zip(mission.visits, objects, strict=True)
    }


def _object(visit: Mapping[str, object]) -> Object:
    site = visit.get("site", "")
    return str(visit.get("mission", "")), str(visit["unit"]), site if isinstance(site, str) else ""
