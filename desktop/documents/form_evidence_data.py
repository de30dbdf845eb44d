"""What stands on F12 证据清单 and its photo pages: plain values, made by the services."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class EvidenceLine:
    """One piece of evidence; ``sha256`` as 64 hex digits, of which the form shows the first 16.

    ``camera_time``: how what the camera says fits the visit, in a few words.
    """

    number: str
    name: str
    kind: str
    is_original: bool | None = None
    quantity: str = ""
    taken_at: datetime | None = None
    place: str = ""
    taken_by: str = ""
    subject: str = ""
    file_name: str = ""
    sha256: str = ""
    storage: str = ""
    camera_time: str = ""


@dataclass(frozen=True)
class EvidencePhoto:
    """``image`` is a scaled, upright JPEG or PNG, or empty where none could be made."""

    number: str
    image: bytes
    taken_at: datetime | None = None
    place: str = ""
    taken_by: str = ""
    caption: str = ""


@dataclass(frozen=True)
class EvidenceForm:
    """Without lines the list is blank, for handwriting. ``photos_per_page`` is 2, 3 or 4."""

    office: str
    record_id: str = ""
    number: str = ""
    matter: str = ""
    unit: str = ""
    lines: tuple[EvidenceLine, ...] = ()
    photos: tuple[EvidencePhoto, ...] = ()
    photos_per_page: int = 4
    made_by: str = ""
    checked_by: str = ""
    made_on: date | None = None
