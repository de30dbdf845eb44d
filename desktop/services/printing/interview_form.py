"""The values of F04 谈话（询问）记录: one form for each interview of a visit."""

from dataclasses import replace

from desktop.documents.form_interview_data import DialogueLine, InterviewForm
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.form_values import office_name, parsed_time
from desktop.services.records.open_secret import with_opened_plan
from desktop.services.records.visit_values import VisitView, read_visit
from desktop.services.visits.interview import READ_ALOUD, READ_BY_PERSON, Interview, interviews_in
from desktop.services.visits.paper_scan import is_from_paper
from desktop.services.visits.record_interview import notice_text
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row

_READ = {READ_BY_PERSON: False, READ_ALOUD: True}


def interview_forms(workspace: Workspace, visit_id: str) -> tuple[InterviewForm, ...]:
    """The interviews of one visit, oldest first."""
    view = read_visit(workspace.db, visit_id)
    head = _head(workspace, view)
    forms = tuple(_filled(head, each.interview) for each in interviews_in(workspace, view))
    if not forms:
        raise UserError(
            _("The visit {id} has no interviews.").format(id=visit_id),
            _("Print the form blank, or enter an interview on the page of the visit first."),
        )
    return forms


def blank_interview_form(workspace: Workspace, visit_id: str) -> InterviewForm:
    """With the number of the mission and the place; who is spoken with is nobody's guess."""
    view = with_opened_plan(workspace, read_visit(workspace.db, visit_id))
    site = find_row(workspace.db, "site", view.text("site_id"))
    return replace(_head(workspace, view), place=str(site["name"]) if site else "", is_from_paper=False)


def empty_interview_form(workspace: Workspace) -> InterviewForm:
    """For a visit nobody planned, to be filled in by hand."""
    return InterviewForm(office_name(workspace), notice=notice_text(workspace))


def _head(workspace: Workspace, view: VisitView) -> InterviewForm:
    mission = find_row(workspace.db, "mission", view.text("mission_id"))
    return replace(
        empty_interview_form(workspace),
        record_id=view.id,
        number=str(mission["no"] or "") if mission else "",
        is_from_paper=is_from_paper(view),
    )


def _filled(head: InterviewForm, interview: Interview) -> InterviewForm:
    return replace(
        head,
        started_at=parsed_time(interview.started_at),
        ended_at=parsed_time(interview.ended_at),
        place=interview.place,
        interviewers=interview.interviewers,
        recorder=interview.recorder,
        person=interview.person,
        gender=interview.gender,
        age=interview.age,
        post=interview.post,
        phone=interview.phone,
        matter=interview.matter,
        notice_answer=interview.notice_answer,
        dialogue=tuple(DialogueLine(spoken.question, spoken.answer) for spoken in interview.dialogue)
        or (DialogueLine(""),),
        is_read_aloud=_READ.get(interview.closing),
        refusal=interview.refusal,
        witnesses=interview.witnesses,
    )
