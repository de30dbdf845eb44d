"""Sites that inspectors found on the road: in the list at once, and taken up when the office has looked at them.

A site that was found carries what an inspector typed in a hurry. Until the office has written to it once, it is shown
as found, with those of the list that may be the same.
"""

from dataclasses import dataclass

from desktop.domain.likeness import are_alike
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.master_data.edit_master_data import check_office
from desktop.services.workspace.journal import change, log_event, write_entries
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.master_search import sites_found_elsewhere
from desktop.storage.records import Row, all_rows, find_row

MOST_ALIKE = 5
_FACTS = ("name", "kind", "unit_id", "address", "contact", "lat_udeg", "lon_udeg")


@dataclass(frozen=True)
class FoundSite:
    """``by`` found it, ``at`` local time. ``alike``: “unit, name” of sites that may be the same."""

    id: str
    name: str
    by: str
    at: str
    has_unit: bool
    alike: tuple[str, ...]


def find_found_site(workspace: Workspace, site_id: str) -> FoundSite | None:
    """None for a site that the office made or has looked at."""
    row = next((r for r in sites_found_elsewhere(workspace.db, workspace.node) if r["id"] == site_id), None)
    if row is None:
        return None
    return FoundSite(
        site_id,
        str(row["name"] or ""),
        str(row["by_name"] or ""),
        local_time(int(str(row["at_ms"]))),
        bool(row["unit_id"]),
        _alike(workspace, row),
    )


def take_up_site(workspace: Workspace, site_id: str) -> str:
    """Take a found site into the list of the office as it stands; returns its id."""
    check_office(workspace)
    site = find_row(workspace.db, "site", site_id)
    if site is None or find_found_site(workspace, site_id) is None:
        raise UserError(_("This site is in the list of the office already."))
    if not site["unit_id"]:
        raise UserError(
            _("It is not known which unit this site belongs to."),
            _(
                "Choose its unit in the form and save; it is then taken up, and its visits count for the unit."
            ),
        )
    facts = {name: site[name] for name in _FACTS}
    with workspace.db.atomic():
        write_entries(workspace, [change(workspace, site_id, "site", {"facts": facts})])
        log_event(workspace, {"event": "site_taken_up"}, site_id)
    return site_id


def _alike(workspace: Workspace, found: Row) -> tuple[str, ...]:
    units = {str(row["id"]): str(row["short"] or row["name"] or "") for row in all_rows(workspace.db, "unit")}
    unit_id, name = str(found["unit_id"] or ""), str(found["name"] or "")
    others = (
        row for row in all_rows(workspace.db, "site", "name, id") if row["id"] != found["id"] and row["name"]
    )
    alike = [
        " · ".join(text for text in (units.get(str(row["unit_id"] or ""), ""), str(row["name"])) if text)
        for row in others
        if (not unit_id or not row["unit_id"] or row["unit_id"] == unit_id)
        and are_alike(name, str(row["name"]))
    ]
    return tuple(alike[:MOST_ALIKE])
