"""A visit nobody planned, begun on the road with a unit, a site that may be new and a checklist; it is born here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from desktop.domain.lengths import LONGEST_NAME, check_length
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.withdraw_mission import refuse_withdrawn
from desktop.services.records.open_secret import VISIT_MODES
from desktop.services.records.references import find_by_name
from desktop.services.visits.save_findings import cut_drafts, save_findings
from desktop.services.visits.visit_head import UNDER_WAY, VisitHead, head_part, now
from desktop.services.workspace.journal import birth, log_event, write_entries
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import all_rows, find_row


@dataclass(frozen=True)
class Choice:
    """Something to choose by name; ``unit_id`` of a site is that of its unit."""

    id: str
    name: str
    unit_id: str = ""


@dataclass(frozen=True)
class UnplannedChoices:
    """What this computer knows, in the order of the office."""

    units: tuple[Choice, ...]
    sites: tuple[Choice, ...]
    checklists: tuple[Choice, ...]


@dataclass(frozen=True)
class UnplannedVisit:
    """``unit`` and ``site`` are typed: a name that is known means that record, any other is new.

    ``mission_id``: the mission on whose road it was, empty for none.
    """

    unit: str
    site: str
    checklist_id: str
    mode: str
    mission_id: str = ""


def unplanned_choices(workspace: Workspace) -> UnplannedChoices:
    db = workspace.db
    return UnplannedChoices(
        tuple(Choice(str(row["id"]), str(row["name"])) for row in all_rows(db, "unit", "sort_no, id")),
        tuple(
            Choice(str(row["id"]), str(row["name"]), str(row["unit_id"] or ""))
            for row in all_rows(db, "site", "name, id")
        ),
        tuple(
            Choice(str(row["id"]), str(row["name"]))
            for row in all_rows(db, "checklist", "code, id")
            if row["items"] is not None and row["status"] in (None, "", "启用")
        ),
    )


def begin_unplanned_visit(workspace: Workspace, new: UnplannedVisit) -> str:
    """Make the visit, and its site where that is new; returns the id of the visit.

    A unit that is not on the list cannot be made here, only the office keeps that list: its name stands in that of
    the site and in the remark until the office has entered it.
    """
    unit_text, site_text = (" ".join(text.split()) for text in (new.unit, new.site))
    checklist = find_row(workspace.db, "checklist", new.checklist_id)
    if not unit_text or checklist is None or new.mode not in VISIT_MODES:
        raise UserError(
            _("A visit nobody planned needs a unit, a checklist, and whether it is open or covert."),
            _("Fill in all three; the site may stay empty."),
        )
    check_length(_("Unit"), unit_text, LONGEST_NAME)
    if new.mission_id:
        refuse_withdrawn(find_by_name(workspace.db, "mission", new.mission_id)["status"])
    unit_id = _known(workspace, "unit", unit_text)
    # Who works on a laptop inspects; who works at the office keys in what others have seen.
    leader = "" if workspace.is_office else workspace.person.name
    head = VisitHead(mode=new.mode, started_at=now(workspace), leader=leader)
    if not unit_id:
        head = replace(head, remark=_("Unit not on the list: {name}").format(name=unit_text))
        site_text = f"{unit_text} {site_text}".strip()
    check_length(_("Site"), site_text, LONGEST_NAME)
    visit_id = workspace.new_id()
    with workspace.db.atomic():
        custody: dict[str, object] = {"holders": [workspace.node], "n": 1}
        write_entries(workspace, [birth(workspace, visit_id, "visit", {"custody": custody})])
        references: Mapping[str, object] = {
            "mission_id": new.mission_id,
            "unit_id": unit_id,
            "site_id": _site(workspace, site_text, unit_id),
            "checklist_id": new.checklist_id,
            "checklist_hash": str(checklist["content_hash"] or ""),
            "status": UNDER_WAY,
            "is_from_paper": False,
        }
        save_findings(workspace, visit_id, "visit", {"header": head_part(references, head)})
        cut_drafts(workspace, visit_id)
        log_event(workspace, {"event": "unplanned"}, visit_id)
    return visit_id


def _known(workspace: Workspace, table: str, name: str, unit_id: str | None = None) -> str:
    """The id of the one record with this name or short name; empty where there is none, or more than one."""
    found = [
        str(row["id"])
        for row in all_rows(workspace.db, table)
        if name in (row["name"], row.get("short")) and unit_id in (None, row.get("unit_id"))
    ]
    return found[0] if len(found) == 1 else ""


def _site(workspace: Workspace, name: str, unit_id: str) -> str:
    """The known site of the unit, or one that is made here."""
    if not name:
        return ""
    known = _known(workspace, "site", name, unit_id)
    if known:
        return known
    site_id = workspace.new_id()
    write_entries(
        workspace, [birth(workspace, site_id, "site", {"facts": {"name": name, "unit_id": unit_id}})]
    )
    return site_id
