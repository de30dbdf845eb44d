"""谈话记录: one interview of a visit as it is written down, and what is still missing in it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from desktop.domain.canonical import Json
from desktop.domain.lengths import LONGEST_LINE, LONGEST_NAME
from desktop.errors import UserError
from desktop.i18n import _
from desktop.services.records.form_values import parsed_time
from desktop.services.records.visit_values import VisitView
from desktop.services.workspace.workspace import Workspace
from desktop.storage.drafts import drafts_of
from desktop.storage.records import Row, json_value

INTERVIEW = "interview/"
READ_BY_PERSON, READ_ALOUD = "已看过", "已宣读"
FEWEST_INTERVIEWERS = 2
_LONGEST_SPOKEN, _MOST_LINES, _MOST_NAMES = 4000, 300, 20
_LISTS = ("interviewers", "dialogue", "witnesses")


@dataclass(frozen=True)
class Spoken:
    """One question and what was answered."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Interview:
    """Times are ISO 8601 with their offset, or empty. ``person``: a name, or a code that stands for somebody.

    ``notice_answer``: what the person said when told of rights and duties. ``closing``: whether the record was read
    by the person or to the person, empty where neither. ``refusal``: why the person did not sign, empty where signed.
    """

    started_at: str = ""
    ended_at: str = ""
    place: str = ""
    interviewers: tuple[str, ...] = ()
    recorder: str = ""
    person: str = ""
    gender: str = ""
    age: str = ""
    post: str = ""
    phone: str = ""
    matter: str = ""
    notice_answer: str = ""
    dialogue: tuple[Spoken, ...] = ()
    closing: str = ""
    refusal: str = ""
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Removal:
    """When an interview was taken out of its visit, by whom, and why where that was a correction; local time."""

    at: str
    by: str
    reason: str


@dataclass(frozen=True)
class NumberedInterview:
    """An interview of a visit by its ``key``; ``missing`` says what should still be filled in.

    ``removed``: that it was taken out of the visit; what it said is then that of before.
    """

    key: str
    interview: Interview
    missing: tuple[str, ...]
    removed: Removal | None = None


def interviews_in(workspace: Workspace, view: VisitView) -> tuple[NumberedInterview, ...]:
    """The interviews of a visit as they were saved last, drafts before entries, oldest first."""
    found = {str(row["key"]): interview_of_row(row) for row in view.interviews}
    for draft in drafts_of(workspace.db, view.id):
        if draft.part.startswith(INTERVIEW):
            found[draft.part.removeprefix(INTERVIEW)] = read_interview(draft.value)
    return tuple(
        NumberedInterview(key, each, missing_in_interview(each))
        for key, each in sorted(found.items(), key=lambda pair: (pair[1].started_at, pair[0]))
    )


def interview_part(interview: Interview) -> dict[str, Json]:
    """The interview as the part ``interview/<id>`` of a visit holds it."""
    texts: dict[str, Json] = {name: getattr(interview, name) for name in _text_names()}
    return {
        **texts,
        "interviewers": list(interview.interviewers),
        "dialogue": [{"q": spoken.question, "a": spoken.answer} for spoken in interview.dialogue],
        "witnesses": list(interview.witnesses),
    }


def read_interview(part: Mapping[str, object]) -> Interview:
    """The interview in a part; what is of an odd kind, from a newer program, counts as not given."""
    dialogue = part.get("dialogue")
    spoken = [each for each in dialogue if isinstance(each, Mapping)] if isinstance(dialogue, list) else []
    return Interview(
        **{name: value for name in _text_names() if isinstance(value := part.get(name), str)},
        interviewers=_names(part.get("interviewers")),
        dialogue=tuple(Spoken(str(each.get("q") or ""), str(each.get("a") or "")) for each in spoken),
        witnesses=_names(part.get("witnesses")),
    )


def interview_of_row(row: Row) -> Interview:
    return read_interview({**row, **{name: json_value(row, name, []) for name in _LISTS}})


def check_interview(interview: Interview) -> None:
    """Refuse what may not be stored; what is only missing may be."""
    texts = [getattr(interview, name) for name in _text_names()]
    names = (*interview.interviewers, *interview.witnesses)
    spoken = [text for line in interview.dialogue for text in (line.question, line.answer)]
    if (
        any(len(text) > LONGEST_LINE for text in texts)
        or any(len(name) > LONGEST_NAME for name in names)
        or any(len(text) > _LONGEST_SPOKEN for text in spoken)
        or len(interview.dialogue) > _MOST_LINES
        or max(len(interview.interviewers), len(interview.witnesses)) > _MOST_NAMES
    ):
        raise UserError(
            _("This is more than one record of an interview can hold."),
            _(
                "A question or answer has at most {count} characters; begin another record for the rest."
            ).format(count=_LONGEST_SPOKEN),
        )
    start, end = _time(interview.started_at), _time(interview.ended_at)
    if start and end and end < start:
        raise UserError(
            _("The interview ends before it begins."), _("Check when it began and when it ended.")
        )


def missing_in_interview(interview: Interview) -> tuple[str, ...]:
    """What should still be filled in; nothing of it stops anybody."""
    missing = []
    if len(interview.interviewers) < FEWEST_INTERVIEWERS:
        missing.append(_("at least two interviewers are named"))
    if not interview.person:
        missing.append(_("who was interviewed, by name or code"))
    if not interview.notice_answer:
        missing.append(_("what the person answered when told of rights and duties"))
    if not interview.started_at or not interview.ended_at:
        missing.append(_("when it began and when it ended"))
    if not any(spoken.answer for spoken in interview.dialogue):
        missing.append(_("an answer"))
    if not interview.closing and not interview.refusal:
        missing.append(_("whether the record was read by the person or to the person"))
    if interview.refusal and len(interview.witnesses) < FEWEST_INTERVIEWERS:
        missing.append(_("two inspectors who witnessed the refusal"))
    return tuple(missing)


def _text_names() -> tuple[str, ...]:
    return tuple(each.name for each in fields(Interview) if each.name not in _LISTS)


def _names(value: object) -> tuple[str, ...]:
    return tuple(name for name in value if isinstance(name, str)) if isinstance(value, list) else ()


def _time(text: str) -> datetime | None:
    if not text:
        return None
    time = parsed_time(text)
    if time is None:
        raise UserError(
            _("“{text}” is not a time.").format(text=text[:40]), _("Write it as 2026-11-20 09:30.")
        )
    return time.replace(tzinfo=None)
