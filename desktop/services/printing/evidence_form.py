"""The values of F12 证据清单 with its photo pages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from desktop.documents.form_evidence_data import EvidenceForm, EvidenceLine, EvidencePhoto
from desktop.domain.photo_time import VisitTime, fit_time
from desktop.i18n import _
from desktop.media.sniff import PREVIEWABLE
from desktop.services.records.describe_media import thumbnail
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.records.late_evidence import addition_mark, addition_of, addition_text
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.photo_times import camera_time
from desktop.services.records.time_words import printed_fit_text
from desktop.services.records.visit_times import time_of_visit
from desktop.services.records.visit_values import VisitView, derivation_text, evidence_numbers, read_visit
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.object_table import find_object
from desktop.storage.records import Row, find_row

PRINT_SIDE = 1200

# Photos on a page: one or two are printed large instead of leaving half of the page empty.
_FEW = 2
_MANY = 4
# What a kind of evidence is called that is no original (书证复印, 复制件).
_COPIES = ("复印", "复制")


def evidence_form(workspace: Workspace, visit_id: str) -> EvidenceForm:
    """The list of a visit's evidence, and its photos scaled for print."""
    view = read_visit(workspace.db, visit_id)
    numbers = evidence_numbers(view)
    photos = _photos(workspace, view)
    time = time_of_visit(workspace, view)
    return replace(
        _head(workspace, view),
        lines=tuple(_line(workspace, row, numbers, time) for row in view.evidence),
        photos=photos,
        photos_per_page=_FEW if len(photos) <= _FEW else _MANY,
        made_by=workspace.person.name,
        made_on=date.fromisoformat(local_time(workspace.clock_ms())[:10]),
    )


def blank_evidence_form(workspace: Workspace, visit_id: str) -> EvidenceForm:
    """Without a line, to be filled in by hand on site."""
    return _head(workspace, with_opened_plan(workspace, read_visit(workspace.db, visit_id)))


def empty_evidence_form(workspace: Workspace) -> EvidenceForm:
    """For a visit nobody planned."""
    return EvidenceForm(office_name(workspace))


def _head(workspace: Workspace, view: VisitView) -> EvidenceForm:
    unit = find_row(workspace.db, "unit", view.text("unit_id"))
    mission = find_row(workspace.db, "mission", view.text("mission_id"))
    site = find_row(workspace.db, "site", view.text("site_id"))
    checklist = find_row(workspace.db, "checklist", view.text("checklist_id"))
    return EvidenceForm(
        office=office_name(workspace),
        record_id=view.id,
        number=str(mission["no"] or "") if mission else "",
        matter="　".join(str(row["name"]) for row in (site, checklist) if row),
        unit=str(unit["name"]) if unit else "",
    )


def _line(workspace: Workspace, row: Row, numbers: Mapping[str, str], time: VisitTime) -> EvidenceLine:
    derived = _derived(row, numbers)
    added = addition_of(workspace.db, row)
    late = _(" ({what})").format(what=addition_text(added)) if added else ""
    return EvidenceLine(
        number=numbers[str(row["id"])],
        name=str(row["caption"] or row["name"] or "") + derived + late,
        kind=str(row["kind"] or "") or _("file"),
        is_original=not derived and not any(word in str(row["kind"] or "") for word in _COPIES),
        quantity="1",
        taken_at=_taken_at(row),
        camera_time=printed_fit_text(fit_time(camera_time(row), time)),
        place=str(row["place"] or ""),
        taken_by=str(row["taken_by"] or ""),
        subject=str(row["proves"] or ""),
        file_name=str(row["name"] or ""),
        sha256=str(row["sha256"] or ""),
        storage=_("Archive"),
    )


def _derived(row: Row, numbers: Mapping[str, str]) -> str:
    """What stands behind the name of a derivative; empty for an original."""
    how = derivation_text(row)
    if not how:
        return ""
    parent = numbers.get(str(row["parent_id"] or ""))
    if parent is None:
        return _(" (derived: {how})").format(how=how)
    return _(" (derived from {number}: {how})").format(number=parent, how=how)


def _photos(workspace: Workspace, view: VisitView) -> tuple[EvidencePhoto, ...]:
    numbers = evidence_numbers(view)
    photos = []
    for row in view.evidence:
        if row["mime"] in PREVIEWABLE:
            known = find_object(workspace.db, str(row["sha256"]))
            is_here = known is not None and known.state == "have"
            image = thumbnail(workspace, str(row["sha256"]), PRINT_SIDE) if is_here else b""
            added = addition_of(workspace.db, row)
            late = _(" ({what})").format(what=addition_mark(added)) if added else ""
            photos.append(
                EvidencePhoto(
                    number=numbers[str(row["id"])],
                    image=image,
                    taken_at=_taken_at(row),
                    place=str(row["place"] or ""),
                    taken_by=str(row["taken_by"] or ""),
                    caption=str(row["caption"] or "") + _derived(row, numbers) + late,
                )
            )
    return tuple(photos)


def _taken_at(row: Row) -> datetime | None:
    return parsed_time(str(row["taken_at"] or ""))
