"""The values of F14 随机抽取记录表: one form for each draw of a mission."""

from desktop.documents.form_draw import DrawForm, PrintedLot, PrintedPlace
from desktop.domain.draw_record import DrawRecord
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.missions.draw_lots import draw_lots
from desktop.services.missions.draw_words import noted_text, outcome_text
from desktop.services.missions.mission_draws import CheckedDraw, CheckedDraws, check_draws, known_objects
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.records.references import find_by_name
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import Row


def draw_forms(workspace: Workspace, mission: str) -> tuple[DrawForm, ...]:
    """The draws of one mission, oldest first, each drawn again now; not while it is sealed."""
    row = find_by_name(workspace.db, "mission", mission)
    checked = check_draws(workspace, str(row["id"]))
    forms = tuple(
        _form(workspace, row, checked, number, record)
        for number, each in enumerate(checked.draws, start=1)
        if (record := each.draw.record) is not None
    )
    if not forms:
        raise UserError(
            _("No draw of this mission is known here."),
            _("Nothing was drawn, or the mission is sealed: then print it where it was opened."),
        )
    return forms


def _form(workspace: Workspace, row: Row, checked: CheckedDraws, number: int, record: DrawRecord) -> DrawForm:
    each = checked.draws[number - 1]
    lots = draw_lots(record)
    known = known_objects(workspace, str(row["id"]))
    return DrawForm(
        office=office_name(workspace),
        record_id=str(row["id"]),
        mission=str(known.get("title") or row["title"] or ""),
        number=str(row["no"] or ""),
        draw_number=number,
        draws=len(checked.draws),
        drawn_at=parsed_time(record.at),
        drawn_by=record.by_name,
        witness=record.witness,
        seed=record.seed,
        algorithm=record.algorithm,
        population_sha256=record.population_sha256,
        record_sha256=each.draw.sha256,
        outcome=outcome_text(each.outcome),
        noted=noted_text(each),
        places=_places(record, each),
        lots=tuple(PrintedLot(lot.number, lot.unit, lot.unit_id, lot.sites, lot.ticket) for lot in lots),
        by_hand=checked.by_hand,
    )


def _places(record: DrawRecord, checked: CheckedDraw) -> tuple[PrintedPlace, ...]:
    units = {unit.id: unit.name for unit in record.population}
    sites = {site.id: site.name for unit in record.population for site in unit.sites}
    return tuple(
        PrintedPlace(
            units.get(place.unit, place.unit),
            sites.get(place.site, place.site),
            place not in checked.left_out,
        )
        for place in record.result
    )
