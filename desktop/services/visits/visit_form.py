"""The values of F01 现场检查表."""

from collections.abc import Mapping

from desktop.documents.form_visit_data import Mode, Occasion, Opinion, VisitForm, VisitItem
from desktop.domain.checklist import Checklist
from desktop.domain.visit_score import LineState, ScoreLine, VisitScore
from desktop.i18n import _
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.records.late_evidence import addition_mark, addition_of
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.stored_checklist import stored_checklist
from desktop.services.records.visit_values import VisitView, evidence_numbers, read_visit
from desktop.services.scoring.score_units import score_of_visit
from desktop.services.visits.paper_scan import is_from_paper, lacks_scan
from desktop.services.visits.show_signatures import shown_signatures
from desktop.services.visits.signatures_on_form import with_signatures
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row

_MODES = {"明查": Mode.OPEN, "暗访": Mode.COVERT}
_OCCASIONS = {
    "月检查": Occasion.MONTHLY,
    "季分析": Occasion.QUARTERLY,
    "半年": Occasion.HALF_YEARLY,
    "抽样": Occasion.SAMPLE,
    "专项": Occasion.SPECIAL,
}
_OPINIONS = {"属实": Opinion.TRUE, "有异议": Opinion.DISPUTED}
RECHECK = "回头看"


def visit_form(workspace: Workspace, visit_id: str, *, is_blank: bool = False) -> VisitForm:
    """The form of one visit, filled in or blank."""
    view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    checklist = stored_checklist(workspace.db, view.text("checklist_id"))
    score = score_of_visit(workspace, view)
    unit = find_row(workspace.db, "unit", view.text("unit_id"))
    site = find_row(workspace.db, "site", view.text("site_id"))
    mission = find_row(workspace.db, "mission", view.text("mission_id"))
    form = VisitForm(
        office=office_name(workspace),
        checklist_title=checklist.name,
        checklist_version=checklist.code,
        items=_items(workspace, view, score),
        record_id=view.id,
        number=str(mission["no"] or "") if mission else "",
        unit=str(unit["name"]) if unit else "",
        unit_code=str(unit["uscc"] or "") if unit else "",
        site=str(site["name"]) if site else "",
        address=str(site["address"] or "") if site else "",
        mode=_mode(view),
        occasion=_OCCASIONS.get(view.text("check_type")),
        started_at=parsed_time(view.text("started_at")),
        ended_at=parsed_time(view.text("ended_at")),
        supervision_code=str(mission["code"] or "") if mission else "",
        leader=view.text("leader"),
        members=view.team,
        present=view.text("unit_rep"),
        phone=view.text("unit_rep_phone"),
        total=score.raw if view.answers else None,
        applicable_points=score.applicable,
        converted_score=score.normalised,
        veto_findings=_vetoes(score),
        conclusion=view.text("conclusion"),
        opinion=_OPINIONS.get(view.text("unit_opinion")),
        witness=view.text("witness"),
        is_from_paper=is_from_paper(view),
        lacks_scan=lacks_scan(view),
        is_blank=is_blank,
    )
    return with_signatures(form, view, shown_signatures(workspace, view))


def _mode(view: VisitView) -> Mode | None:
    return Mode.RECHECK if view.text("check_type") == RECHECK else _MODES.get(view.text("mode"))


def blank_checklist_form(workspace: Workspace, checklist_id: str) -> VisitForm:
    """A blank form of a checklist, for a visit that is not planned."""
    checklist = stored_checklist(workspace.db, checklist_id)
    return VisitForm(
        office=office_name(workspace),
        checklist_title=checklist.name,
        checklist_version=checklist.code,
        items=_blank_items(checklist),
        is_blank=True,
    )


def _items(workspace: Workspace, view: VisitView, score: VisitScore) -> tuple[VisitItem, ...]:
    numbers = _marked_numbers(workspace, view)
    return tuple(_item(line, view, numbers) for line in score.lines)


def _marked_numbers(workspace: Workspace, view: VisitView) -> dict[str, str]:
    """{evidence id: its number}, with a word behind that of evidence a correction has added."""
    numbers = evidence_numbers(view)
    for row in view.evidence:
        added = addition_of(workspace.db, row)
        if added is not None:
            number = numbers[str(row["id"])]
            numbers[str(row["id"])] = _("{number} ({what})").format(number=number, what=addition_mark(added))
    return numbers


def _item(line: ScoreLine, view: VisitView, numbers: Mapping[str, str]) -> VisitItem:
    answer = view.answers.get(line.item.no)
    states = {LineState.ANSWERED: True, LineState.NOT_APPLICABLE: False, LineState.UNANSWERED: None}
    facts = str(answer["facts"] or "") if answer else ""
    own = [
        number
        for evidence, number in numbers.items()
        if "-" not in number and _item_of(view, evidence) == str(line.item.no)
    ]
    return VisitItem(
        number=str(line.item.no),
        title=line.item.title,
        points=line.item.points,
        criteria=line.item.criteria,
        veto_text=line.item.veto_text,
        is_applicable=states[line.state],
        deducted=line.deduct,
        score=line.score,
        facts=facts,
        evidence_numbers=tuple(own),
    )


def _blank_items(checklist: Checklist) -> tuple[VisitItem, ...]:
    return tuple(
        VisitItem(str(item.no), item.title, item.points, item.criteria, item.veto_text)
        for item in checklist.items
    )


def _item_of(view: VisitView, evidence_id: str) -> str:
    return next((str(row["item"] or "") for row in view.evidence if row["id"] == evidence_id), "")


def _vetoes(score: VisitScore) -> str:
    return "\n".join(
        _("Item {number}: {text}").format(number=veto.item_no, text=veto.text) for veto in score.vetoes
    )
