"""What stands on F02 暗访记录表 and on its version for the inspected unit: plain values, made by the services."""

from dataclasses import dataclass
from datetime import datetime

from desktop.documents.form_visit_data import Opinion


@dataclass(frozen=True)
class CovertLine:
    """One thing that was seen. ``duration_s``: how long it lasted, 0 where nobody timed it."""

    fact: str
    at: datetime | None = None
    place: str = ""
    duration_s: int = 0
    is_good: bool = False
    evidence_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class CovertFeedback:
    """What the inspected unit may be shown of a covert visit. Without lines the form is blank, for handwriting.

    There is no room here for route, team, or codes: what is not in these values cannot get onto the paper. Of a
    refusal to sign that is its reason and its time, not who saw it.
    """

    office: str
    visited_at: datetime | None = None
    unit: str = ""
    site: str = ""
    lines: tuple[CovertLine, ...] = ()
    identity_shown_at: datetime | None = None
    opinion: Opinion | None = None
    conclusion: str = ""
    refusal: str = ""
    refused_at: datetime | None = None


@dataclass(frozen=True)
class CovertRecord:
    """The record of a covert visit as the office keeps it: what the unit may see, and what it may not."""

    shown: CovertFeedback
    record_id: str = ""
    number: str = ""
    leader: str = ""
    members: tuple[str, ...] = ()
    route: str = ""
    remark: str = ""
    refusal_seen_by: tuple[str, ...] = ()
    witness: str = ""
    is_from_paper: bool = False
