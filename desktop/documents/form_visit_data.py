"""What stands on F01 现场检查表: plain values, made by the services."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum

from desktop.domain.strokes import Stroke


class Mode(Enum):
    OPEN = "open"
    COVERT = "covert"
    RECHECK = "recheck"


class Occasion(Enum):
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    SAMPLE = "sample"
    SPECIAL = "special"


class Opinion(Enum):
    """What the inspected unit says of the findings."""

    TRUE = "true"
    DISPUTED = "disputed"


@dataclass(frozen=True)
class VisitItem:
    """One line of the checklist; ``is_applicable`` is None while nobody has answered."""

    number: str
    title: str
    points: Decimal
    criteria: str
    veto_text: str = ""
    is_applicable: bool | None = None
    deducted: Decimal | None = None
    score: Decimal | None = None
    facts: str = ""
    evidence_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandSignature:
    """``version``: the one of the visit under which it stands; ``is_current``: the form shows that one."""

    name: str
    strokes: tuple[Stroke, ...]
    at: datetime | None = None
    version: int = 1
    is_current: bool = True


@dataclass(frozen=True)
class VisitForm:
    """What stands on the form; an item with a ``veto_text`` is a veto item and gets its ★.

    ``is_blank`` leaves the results empty, whatever they are, and makes rows high enough for handwriting.
    ``issued_version``: the one that was signed off, where the visit was corrected since; ``version`` is shown.
    ``lacks_scan``: the form was entered from paper, and no scan of the paper is among the evidence.
    """

    office: str
    checklist_title: str
    checklist_version: str
    items: tuple[VisitItem, ...]
    record_id: str = ""
    number: str = ""
    unit: str = ""
    unit_code: str = ""
    site: str = ""
    address: str = ""
    mode: Mode | None = None
    occasion: Occasion | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    supervision_code: str = ""
    leader: str = ""
    members: tuple[str, ...] = ()
    present: str = ""
    phone: str = ""
    total: Decimal | None = None
    applicable_points: Decimal | None = None
    converted_score: Decimal | None = None
    veto_findings: str = ""
    conclusion: str = ""
    opinion: Opinion | None = None
    opinion_text: str = ""
    issued_by: str = ""
    issued_at: datetime | None = None
    version: int = 1
    issued_version: int = 1
    unit_signatures: tuple[HandSignature, ...] = ()
    team_signatures: tuple[HandSignature, ...] = ()
    witness_signatures: tuple[HandSignature, ...] = ()
    refusal: str = ""
    refused_at: datetime | None = None
    refusal_seen_by: tuple[str, ...] = ()
    witness: str = ""
    is_from_paper: bool = False
    lacks_scan: bool = False
    is_blank: bool = False
