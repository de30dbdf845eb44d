"""What stands on F04 谈话（询问）记录: plain values, made by the services."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class DialogueLine:
    question: str
    answer: str = ""


@dataclass(frozen=True)
class InterviewForm:
    """One interview. Without ``dialogue`` the form is blank, for handwriting.

    ``person`` is a name, or the code of somebody who is not to be known. ``is_read_aloud``: whether the record was
    read to the person or by the person; None while neither is known.
    """

    office: str
    record_id: str = ""
    number: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    interviewers: tuple[str, ...] = ()
    recorder: str = ""
    person: str = ""
    gender: str = ""
    age: str = ""
    post: str = ""
    phone: str = ""
    matter: str = ""
    notice: str = ""
    notice_answer: str = ""
    dialogue: tuple[DialogueLine, ...] = ()
    is_read_aloud: bool | None = None
    refusal: str = ""
    witnesses: tuple[str, ...] = ()
    is_from_paper: bool = False
