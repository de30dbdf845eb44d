"""Interviews while a visit is recorded: begun with what is known, saved at every change."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.entry import Ctx
from desktop.services.records.form_values import office_name
from desktop.services.records.visit_values import read_visit
from desktop.services.visits.edit_visit import check_open
from desktop.services.visits.interview import (
    INTERVIEW,
    Interview,
    NumberedInterview,
    check_interview,
    interview_part,
    interviews_in,
    missing_in_interview,
)
from desktop.services.visits.removed_interviews import removed_from_visit
from desktop.services.visits.save_findings import save_findings
from desktop.services.visits.visit_head import drafted_header, head_of, now, plan_of, started
from desktop.services.workspace.journal import record_ctx
from desktop.services.workspace.local_time import local_time
from desktop.services.workspace.workspace import Workspace
from desktop.storage.records import find_row

NOTICE = (
    "我们是{office}的工作人员，已向你出示工作证件。现依法向你了解情况，你应当如实回答，不得隐瞒或者作虚假陈述；"
    "你认为谈话人与本事项有利害关系的，可以申请回避；谈话内容予以保密。"
)
OPENING_QUESTIONS = (
    "我们的身份和以上告知事项，你是否清楚？",
    "是否申请谈话人回避？",
    "请你介绍一下姓名、单位和职务。",
    "请你说说这件事的经过。",
    "具体是什么时间、什么地点、有哪些人在场？",
    "为什么会出现这种情况？采取了哪些措施？",
    "以上情况有哪些材料可以证明？",
    "还有没有需要补充的？",
)
"""What is printed and asked is Chinese in every language of the window: it becomes part of the record."""


@dataclass(frozen=True)
class OpenedInterviews:
    """The interviews of a visit as they were saved last, and what each person is told first.

    ``removed``: those taken out of the visit. ``base_ctx``: what somebody has seen who sees all this.
    """

    notice: str
    interviews: tuple[NumberedInterview, ...]
    removed: tuple[NumberedInterview, ...]
    base_ctx: Ctx


def notice_text(workspace: Workspace) -> str:
    """What a person who is interviewed is told first; it stands on the form."""
    return NOTICE.format(office=office_name(workspace) or "督查室")


def new_interview(workspace: Workspace, visit_id: str) -> NumberedInterview:
    """An interview that begins now, with what is known already; it is stored when something is entered."""
    view = read_visit(workspace.db, visit_id)
    head = head_of(drafted_header(workspace, view))
    site = find_row(workspace.db, "site", plan_of(workspace, view)["site_id"])
    interview = Interview(
        started_at=now(workspace),
        place=str(site["name"] or "") if site else "",
        interviewers=head.inspectors,
        recorder=workspace.person.name,
    )
    return NumberedInterview(workspace.new_id(), interview, missing_in_interview(interview))


def save_interview(workspace: Workspace, visit_id: str, key: str, interview: Interview, base_ctx: Ctx) -> str:
    """Store an interview as it stands as a draft; returns the time at which it was on the disk.

    The first one also begins the visit.
    """
    check_interview(interview)
    view = read_visit(workspace.db, visit_id)
    header = drafted_header(workspace, view)
    check_open(workspace, view, header)
    parts: dict[str, Mapping[str, object]] = {f"{INTERVIEW}{key}": interview_part(interview)}
    if not header.get("started_at"):
        parts["header"] = started(workspace, header)
    save_findings(workspace, visit_id, "visit", parts, base_ctx)
    return local_time(workspace.clock_ms())[11:19]


def open_interviews(workspace: Workspace, visit_id: str) -> OpenedInterviews:
    """Every interview of the visit, whether it has been cut into an entry or not, oldest first."""
    view = read_visit(workspace.db, visit_id)
    return OpenedInterviews(
        notice_text(workspace),
        interviews_in(workspace, view),
        removed_from_visit(workspace, visit_id),
        record_ctx(workspace, visit_id),
    )
